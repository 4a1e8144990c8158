package vn.tnmt.lakehouse.ingestion.collect.transfer;

import java.io.IOException;
import java.time.Duration;
import vn.tnmt.lakehouse.base.error.ErrorCode;

/** What a publisher's server did not do, Vietnamese / English. Holds no secret. */
public final class RemoteFault extends IOException {
  private static final long serialVersionUID = 1L;

  /** What may come of trying again. */
  public enum Kind {
    /** It may pass by itself. */
    PASSING,
    /** Trying again is of no use tonight. */
    LASTING,
    /** There is no such thing. */
    MISSING,
    /** The server does not accept who we are. */
    DENIED
  }

  private final Kind kind;
  private final Duration after;

  public RemoteFault(Kind kind, String message) {
    this(kind, message, Duration.ZERO);
  }

  /**
   * @param after how long the server asked to wait before the next try
   */
  public RemoteFault(Kind kind, String message, Duration after) {
    super(message);
    this.kind = kind;
    this.after = after;
  }

  public Kind kind() {
    return kind;
  }

  Duration after() {
    return after;
  }

  /** What it is called when it makes a whole offer impossible. */
  public static ErrorCode code(IOException failure) {
    return failure instanceof RemoteFault fault && fault.kind == Kind.MISSING
        ? ErrorCode.SOURCE_MISSING
        : ErrorCode.SOURCE_UNREADABLE;
  }
}
