package vn.tnmt.lakehouse.core.lake;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.exceptions.RESTException;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/**
 * What the embedded catalogue refuses in words of its own comes through Iceberg's client as text.
 */
public final class CatalogueFaults {
  private static final Pattern CODED = Pattern.compile("(TNMT-\\d{4}) (.*)", Pattern.DOTALL);

  private CatalogueFaults() {}

  /** The coded error that the catalogue answered with, wherever it is among the causes. */
  public static Optional<TnmtException> of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TnmtException known) {
        return Optional.of(known);
      }
      Matcher coded = CODED.matcher(String.valueOf(cause.getMessage()));
      if (cause instanceof RESTException && coded.find()) {
        return Arrays.stream(ErrorCode.values())
            .filter(code -> code.id().equals(coded.group(1)))
            .findFirst()
            .map(code -> TnmtException.of(code, coded.group(2), "", "", failure));
      }
    }
    return Optional.empty();
  }
}
