package vn.tnmt.lakehouse.ingestion.feed;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/**
 * Where a secret stands, never the secret itself: {@code {env: NAME}} or {@code {file: PATH}} in a
 * feed. It is read when it is used, so that it is in no feed, plan or task.
 *
 * @param source an environment variable or a file whose text, without the last line end, it is
 */
public record Secret(Source source, String name, Place place) implements Serializable {
  /** Kinds of places. */
  public enum Source {
    ENV,
    FILE
  }

  /**
   * The secret.
   *
   * @throws TnmtException {@code TNMT-5002} when the variable is not set or the file not readable
   */
  public String read() {
    return read(System::getenv);
  }

  String read(Function<String, String> environment) {
    if (source == Source.ENV) {
      String value = environment.apply(name);
      if (value == null || value.isEmpty()) {
        throw missing("biến môi trường không có / the environment variable is not set", null);
      }
      return value;
    }
    try {
      return Files.readString(Path.of(name)).stripTrailing();
    } catch (IOException e) {
      throw missing("không đọc được tệp bí mật / the file of the secret cannot be read", e);
    }
  }

  private TnmtException missing(String what, Exception cause) {
    return TnmtException.of(
        ErrorCode.SETTING_INVALID, what + ": " + name, place.toString(), "set it", cause);
  }
}
