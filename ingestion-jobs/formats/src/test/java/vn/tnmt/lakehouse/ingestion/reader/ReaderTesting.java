package vn.tnmt.lakehouse.ingestion.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import vn.tnmt.lakehouse.tables.rule.Breach;

/** What the tests of readers share. */
final class ReaderTesting {
  private ReaderTesting() {}

  static List<RawRecord> read(RecordReader reader, String content) {
    return read(reader, content.getBytes(StandardCharsets.UTF_8));
  }

  static List<RawRecord> read(RecordReader reader, byte[] content) {
    SourceFile file =
        new SourceFile("TR01/2026/01/01/HN_ABCD_TR01_20260101120000.txt", content.length, true);
    List<RawRecord> records = new ArrayList<>();
    Watched bytes = new Watched(content);
    try (RecordReader.Records found = reader.open(file, bytes)) {
      found.forEachRemaining(records::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(bytes.closed).as("the stream is the caller's, who may read on").isFalse();
    return records;
  }

  /** Knows whether somebody closed it. */
  private static final class Watched extends ByteArrayInputStream {
    private boolean closed;

    Watched(byte[] content) {
      super(content);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** A file that make_samples.py made. */
  static byte[] sample(String name) {
    try (InputStream in = ReaderTesting.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Temporary files that this process has left. */
  static long spools() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(SpooledFile.PREFIX))
          .count();
    }
  }

  /** Lines and codes, for example {@code 3 REC-05}; a record without a breach is {@code 3 ok}. */
  static List<String> verdicts(List<RawRecord> records) {
    return records.stream()
        .map(
            record ->
                record.line()
                    + " "
                    + (record.breaches().isEmpty()
                        ? "ok"
                        : String.join(" ", record.breaches().stream().map(Breach::rule).toList())))
        .toList();
  }
}
