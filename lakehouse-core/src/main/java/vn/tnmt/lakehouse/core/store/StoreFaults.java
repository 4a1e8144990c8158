package vn.tnmt.lakehouse.core.store;

import java.nio.file.FileSystemException;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/** Disks and object stores that fail below other software, told in words of ours. */
public final class StoreFaults {
  static final String RUN_AGAIN =
      "kiểm tra kho, rồi chạy lại / see to the store, then run again: it carries on";

  private StoreFaults() {}

  /** What a disk or a store did, wherever it is among the causes. */
  public static Optional<TnmtException> of(Throwable failure) {
    return disk(failure).or(() -> store(failure));
  }

  /** A disk that is full or cannot be written. */
  public static Optional<TnmtException> disk(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      String where =
          cause instanceof FileSystemException file ? String.valueOf(file.getFile()) : "";
      if (isFull(message)) {
        return Optional.of(full(where, failure));
      }
      if (message.contains("Read-only file system")) {
        return Optional.of(
            TnmtException.of(
                ErrorCode.HOME_INVALID,
                "ổ đĩa chỉ cho đọc / the disk is read-only",
                where,
                "gắn lại ổ đĩa cho ghi, rồi chạy lại / mount it to be written, then run again",
                failure));
      }
    }
    return Optional.empty();
  }

  /** What a full disk or quota looks like in the operating system's words. */
  public static boolean isFull(String message) {
    return message.contains("No space left on device")
        || message.contains("Disk quota exceeded")
        || message.contains("File too large");
  }

  /** The error of a disk without room. */
  public static TnmtException full(String where, Throwable cause) {
    return TnmtException.of(
        ErrorCode.DISK_FULL,
        "ổ đĩa đã đầy / the disk is full",
        where,
        "dọn chỗ (thư mục chính, /tmp), rồi chạy lại / make room (home, /tmp), then run again: it carries on",
        cause);
  }

  private static Optional<TnmtException> store(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SdkException sdk) {
        return Optional.of(
            TnmtException.of(
                ErrorCode.STORE_FAILED,
                sdk instanceof AwsServiceException service
                    ? "kho đối tượng báo lỗi %d / the object store answered %d"
                        .formatted(service.statusCode(), service.statusCode())
                    : "kho đối tượng không trả lời / the object store does not answer",
                "",
                RUN_AGAIN,
                failure));
      }
    }
    return Optional.empty();
  }
}
