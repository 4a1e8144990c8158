package vn.tnmt.lakehouse.ingestion.collect.transfer;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.feed.Place;

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
   * {@code {env: NAME}} or {@code {file: PATH}}. A secret written down where it stands is refused.
   */
  public static Secret parse(YamlNode node) {
    if (node.isScalar()) {
      throw node.error(
          "bí mật không được viết trong nguồn cấp / a secret must not stand in a feed",
          "write {env: NAME} or {file: PATH}");
    }
    node.only(Set.of("env", "file"));
    boolean env = node.find("env").isPresent();
    if (env && node.find("file").isPresent()) {
      throw node.error("env hoặc file, không cả hai / env or file, not both", "");
    }
    YamlNode name = node.require(env ? "env" : "file");
    return new Secret(
        env ? Secret.Source.ENV : Secret.Source.FILE,
        name.text(),
        new Place(node.file(), node.line()));
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

  private TnmtException missing(String what, @Nullable Exception cause) {
    return TnmtException.of(
        ErrorCode.SETTING_INVALID, what + ": " + name, place.toString(), "set it", cause);
  }
}
