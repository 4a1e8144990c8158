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
import java.util.Set;
import java.util.stream.Stream;
import vn.tnmt.lakehouse.ingestion.feed.Conventions;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.Reading;
import vn.tnmt.lakehouse.tables.rule.Breach;

/** What the tests of readers share. */
public final class ReaderTesting {
  private static final KnownColumns NONE = new KnownColumns(Set.of(), Set.of(), Set.of());

  private ReaderTesting() {}

  /** For a format that does not look at the feed's columns. */
  public static RecordReader reader(Format format) {
    return reader(format, NONE);
  }

  /** Files in UTF-8, numbers with a point. */
  public static RecordReader reader(Format format, KnownColumns columns) {
    return format.reader(Reading.of(columns));
  }

  public static RecordReader reader(Format format, KnownColumns columns, Conventions conventions) {
    return reader(format, columns, conventions, false);
  }

  public static RecordReader reader(
      Format format, KnownColumns columns, Conventions conventions, boolean bytewise) {
    return format.reader(
        new Reading(columns, conventions.decimal(), conventions.encoding(), bytewise));
  }

  public static List<RawRecord> read(RecordReader reader, String content) {
    return read(reader, content.getBytes(StandardCharsets.UTF_8));
  }

  public static List<RawRecord> read(RecordReader reader, byte[] content) {
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
  public static byte[] sample(String name) {
    try (InputStream in = ReaderTesting.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Temporary files that this process has left. */
  public static long spools() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(SpooledFile.PREFIX))
          .count();
    }
  }

  /** Lines and codes, for example {@code 3 REC-05}; a record without a breach is {@code 3 ok}. */
  public static List<String> verdicts(List<RawRecord> records) {
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
