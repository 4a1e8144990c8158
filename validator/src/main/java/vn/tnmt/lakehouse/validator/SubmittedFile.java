package vn.tnmt.lakehouse.validator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Comparator;

/**
 * One file to be checked.
 *
 * @param path as the publisher would deliver it, below the feed's folder, {@code /}-separated, NFC
 * @param file where it is
 */
public record SubmittedFile(String path, Path file) {
  /** The order in which the platform takes files: that of their paths' bytes. */
  static final Comparator<SubmittedFile> ORDER =
      (a, b) -> Arrays.compareUnsigned(utf8(a.path), utf8(b.path));

  public SubmittedFile {
    path = Normalizer.normalize(path.replace('\\', '/'), Normalizer.Form.NFC);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  InputStream open() throws IOException {
    return Files.newInputStream(file);
  }

  long size() throws IOException {
    return Files.size(file);
  }
}
