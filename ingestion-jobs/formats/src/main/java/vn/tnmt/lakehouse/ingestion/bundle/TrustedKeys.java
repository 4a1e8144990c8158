package vn.tnmt.lakehouse.ingestion.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/**
 * The keys that this PC trusts: one fingerprint a line in a file. Whoever trusts a key compares its
 * fingerprint with the one that the ministry made known by another way.
 */
public final class TrustedKeys {
  private final Path file;

  public TrustedKeys(Path file) {
    this.file = file;
  }

  public boolean contains(PublicKeyText key) {
    return lines().stream().anyMatch(key::hasFingerprint);
  }

  /**
   * Remembers a key.
   *
   * @param fingerprint as the person typed it
   * @throws TnmtException {@code TNMT-2010} when it is not the key's fingerprint
   */
  public void trust(PublicKeyText key, String fingerprint) {
    if (!key.hasFingerprint(fingerprint)) {
      throw TnmtException.of(
          ErrorCode.BUNDLE_KEY_UNKNOWN,
          "dấu vân tay không khớp với khoá của gói"
              + " / the fingerprint is not that of the bundle's key, which is "
              + key.fingerprint(),
          "",
          "do not use the bundle; ask the ministry");
    }
    if (contains(key)) {
      return;
    }
    try {
      if (file.toAbsolutePath().getParent() != null) {
        Files.createDirectories(file.toAbsolutePath().getParent());
      }
      Files.writeString(
          file, key.fingerprint() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.ARGUMENT_INVALID,
          "không ghi được tệp khoá tin cậy / the file of trusted keys cannot be written",
          file.toString(),
          "give another one with --trusted-keys FILE",
          e);
    }
  }

  /** {@code TNMT-2010} with the fingerprint, unless the key is trusted. */
  public void require(PublicKeyText key, String where) {
    if (!contains(key)) {
      throw TnmtException.of(
          ErrorCode.BUNDLE_KEY_UNKNOWN,
          "chưa tin cậy khoá đã ký gói / the key that signed the bundle is not trusted yet",
          where,
          "compare its fingerprint with the one that the ministry made known, then repeat with"
              + " --trust "
              + key.fingerprint());
    }
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.SOURCE_UNREADABLE,
          "không đọc được tệp khoá tin cậy / the file of trusted keys cannot be read",
          file.toString(),
          "",
          e);
    }
  }
}
