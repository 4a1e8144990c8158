package vn.tnmt.lakehouse.ingestion.reader;

import java.io.EOFException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is wrong with content over which a library fell, in words that publishers understand. */
public final class Damage {
  private Damage() {}

  /** Vietnamese and English, whatever the library says. */
  public static String words(Throwable failure) {
    if (isCut(failure)) {
      return "bị cắt giữa chừng / cut off";
    }
    String says = says(failure);
    return says.contains("crc") || says.contains("checksum") || says.contains("gzip trailer")
        ? "sai tổng kiểm tra / wrong checksum"
        : "không giải nén được / cannot be unpacked";
  }

  /** Whether the content ends before its end. */
  public static boolean isCut(Throwable failure) {
    String says = says(failure);
    return failure instanceof EOFException
        || says.contains("truncated")
        || says.contains("unexpected end");
  }

  private static String says(@Nullable Throwable failure) {
    String message = failure == null ? null : failure.getMessage();
    return message == null ? "" : message.toLowerCase(Locale.ROOT);
  }
}
