package vn.tnmt.lakehouse.validator;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import vn.tnmt.lakehouse.ingestion.bundle.Bundle;
import vn.tnmt.lakehouse.ingestion.bundle.TrustedKeys;

/** Which bundle to judge by, and which keys are trusted: options of both commands. */
final class Bundles {
  @Option(
      names = "--bundle",
      paramLabel = "FILE",
      description = {
        "Gói quy chuẩn do Bộ cấp (mặc định: tnmt-bundle*.zip trong thư mục hiện tại).",
        "The ministry's contract bundle (default: the tnmt-bundle*.zip of this folder)."
      })
  private @Nullable Path bundle;

  @Option(
      names = "--trust",
      paramLabel = "FINGERPRINT",
      description = {
        "Tin cậy khoá ký gói có dấu vân tay này, và nhớ lại.",
        "Trust the key with this fingerprint, and remember it."
      })
  private @Nullable String trust;

  @Option(
      names = "--trusted-keys",
      paramLabel = "FILE",
      defaultValue = "${sys:user.home}/.tnmt-validator/trusted-keys",
      description = "Tệp nhớ các khoá tin cậy / file of trusted keys (${DEFAULT-VALUE}).")
  private Path trustedKeys;

  TrustedKeys trusted() {
    return new TrustedKeys(trustedKeys);
  }

  /** The bundle named, or the only one of this folder. */
  Optional<Path> file() throws IOException {
    if (bundle != null) {
      return Optional.of(bundle);
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> here =
        Files.newDirectoryStream(Path.of("").toAbsolutePath(), "tnmt-bundle*.zip")) {
      here.forEach(found::add);
    }
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /** Trusts the key when told to. */
  void applyTrust(Bundle.Signed signed) {
    if (trust != null) {
      trusted().trust(signed.key(), trust);
    }
  }
}
