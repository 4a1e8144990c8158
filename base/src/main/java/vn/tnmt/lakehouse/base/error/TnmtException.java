package vn.tnmt.lakehouse.base.error;

import org.jspecify.annotations.Nullable;

/**
 * A failure that says what went wrong, where (file and line when there is one) and what to do.
 *
 * <p>The message reads {@code TNMT-2002 what (where): remedy}.
 */
public final class TnmtException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  private TnmtException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** An error without a place or a known remedy. */
  public static TnmtException of(ErrorCode code, String what) {
    return of(code, what, "", "", null);
  }

  /**
   * An error without an exception below it.
   *
   * @param what what happened, one clause, no full stop
   * @param where file, file:line, table or setting; empty when there is none
   * @param remedy what the reader can do; empty when there is nothing to advise
   */
  public static TnmtException of(ErrorCode code, String what, String where, String remedy) {
    return of(code, what, where, remedy, null);
  }

  /** As {@link #of(ErrorCode, String, String, String)}, keeping the cause. */
  public static TnmtException of(
      ErrorCode code, String what, String where, String remedy, @Nullable Throwable cause) {
    StringBuilder message = new StringBuilder(code.id()).append(' ').append(what);
    if (!where.isEmpty()) {
      message.append(" (").append(where).append(')');
    }
    if (!remedy.isEmpty()) {
      message.append(": ").append(remedy);
    }
    return new TnmtException(code, message.toString(), cause);
  }

  public ErrorCode code() {
    return code;
  }
}
