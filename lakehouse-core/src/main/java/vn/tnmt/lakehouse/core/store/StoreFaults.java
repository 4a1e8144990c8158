package vn.tnmt.lakehouse.core.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.apache.iceberg.exceptions.NotFoundException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/** Disks and object stores that fail below other software, told in words of ours. */
public final class StoreFaults {
  static final String RUN_AGAIN =
      "kiểm tra kho, rồi chạy lại / see to the store, then run again: it carries on";

  /** With less than this no file of a usual size could be written. */
  private static final long ROOM = 64L << 20;

  private static volatile @Nullable Path embedded;

  private StoreFaults() {}

  /**
   * Where the embedded store of this process's home keeps its objects: on a full disk it answers
   * its clients with nothing but an internal error.
   */
  public static void keepsIn(Path folder) {
    embedded = folder;
  }

  /** What a disk or a store did, wherever it is among the causes. */
  public static Optional<TnmtException> of(Throwable failure) {
    return disk(failure).or(() -> store(failure).map(known -> roomless(failure).orElse(known)));
  }

  /**
   * The coded error for a request that failed.
   *
   * @param where the object
   */
  public static TnmtException failed(Exception failure, String where) {
    return disk(failure)
        .or(() -> roomless(failure))
        .orElseGet(
            () ->
                TnmtException.of(
                    ErrorCode.STORE_FAILED,
                    "kho đối tượng báo lỗi / the object store failed",
                    where,
                    RUN_AGAIN,
                    failure));
  }

  /** Whether an object was not there, in the words of Iceberg or of the client below it. */
  public static boolean isMissing(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof NotFoundException || (cause instanceof NoSuchKeyException)) {
        return true;
      }
    }
    return false;
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

  /** The embedded store's disk, when it is as good as full. */
  public static Optional<TnmtException> roomless(Throwable failure) {
    Path folder = embedded;
    try {
      return folder != null && Files.getFileStore(folder).getUsableSpace() < ROOM
          ? Optional.of(full(folder.toString(), failure))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
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
      String what = told(cause);
      if (!what.isEmpty()) {
        return Optional.of(TnmtException.of(ErrorCode.STORE_FAILED, what, "", RUN_AGAIN, failure));
      }
    }
    return Optional.empty();
  }

  /** What a client of the store says; empty when it is none. */
  private static String told(Throwable cause) {
    if (cause instanceof AwsServiceException service) {
      return "kho đối tượng báo lỗi %d / the object store answered %d"
          .formatted(service.statusCode(), service.statusCode());
    }
    if (cause instanceof SdkException) {
      return "kho đối tượng không trả lời / the object store does not answer";
    }
    return cause instanceof IOException && isWithinAnAnswer(cause)
        ? "kho đối tượng cắt ngang câu trả lời / the object store broke off in its answer"
        : "";
  }

  /** Once an answer has begun the SDK passes on what its connection throws, as it is. */
  private static boolean isWithinAnAnswer(Throwable cause) {
    return Arrays.stream(cause.getStackTrace())
        .anyMatch(frame -> frame.getClassName().startsWith("software.amazon.awssdk."));
  }
}
