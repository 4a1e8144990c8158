package vn.tnmt.lakehouse.ingestion.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.read;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.reader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;
import vn.tnmt.lakehouse.ingestion.format.archive.Archive;
import vn.tnmt.lakehouse.ingestion.format.archive.Archived;
import vn.tnmt.lakehouse.ingestion.format.csv.Csv;
import vn.tnmt.lakehouse.ingestion.format.dbf.Dbf;
import vn.tnmt.lakehouse.ingestion.format.fixedwidth.FixedWidth;
import vn.tnmt.lakehouse.ingestion.format.geojson.GeoJson;
import vn.tnmt.lakehouse.ingestion.format.json.Json;
import vn.tnmt.lakehouse.ingestion.format.kml.Kml;
import vn.tnmt.lakehouse.ingestion.format.ndjson.NdJson;
import vn.tnmt.lakehouse.ingestion.format.xml.Xml;
import vn.tnmt.lakehouse.ingestion.reader.text.RowLimits;

/**
 * Files that are longer than any head that is looked at: every reader gives all records, and leaves
 * the caller's stream open ({@link ReaderTesting#read} looks).
 */
class LargeFilesTest {
  private static final int RECORDS = 20_000;
  private static final KnownColumns COLUMNS = new KnownColumns(Set.of(), Set.of("a"), Set.of());

  private static byte[] text(
      String before, IntFunction<String> record, String between, String end) {
    return IntStream.range(0, RECORDS)
        .mapToObj(record)
        .collect(Collectors.joining(between, before, end))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  /** A dBase III table of one field, by the published layout of its header. */
  private static byte[] dbf() {
    StringBuilder file = new StringBuilder("\u0003~\u0003\u000E");
    file.append((char) (RECORDS & 0xFF)).append((char) (RECORDS >> 8)).append("\0\0");
    file.append((char) 65).append("\0").append((char) 7).append("\0").append("\0".repeat(20));
    file.append("A").append("\0".repeat(10)).append("C\0\0\0\0").append((char) 6);
    file.append("\0".repeat(15)).append("\r");
    IntStream.range(0, RECORDS).forEach(i -> file.append(" ").append("%6d".formatted(i)));
    return file.append((char) 0x1A).toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  static Stream<Arguments> files() {
    byte[] csv = text("a\n", i -> "" + i, "\n", "\n");
    Csv csvFormat = new Csv(',', '"', 1);
    Archive gz = new Archive(Archive.Kind.GZ, FilePattern.parse("**/*"), Archive.Limits.USUAL);
    return Stream.of(
        Arguments.of("csv", reader(csvFormat, COLUMNS), csv),
        Arguments.of(
            "gz", new Archived(csvFormat, gz).unpacking(reader(csvFormat, COLUMNS)), gzip(csv)),
        Arguments.of(
            "fixed-width",
            reader(
                new FixedWidth(
                    Map.of("a", new FixedWidth.Span(1, 6)),
                    0,
                    List.of(),
                    List.of(),
                    RowLimits.USUAL),
                COLUMNS),
            text("", i -> "" + i, "\n", "\n")),
        Arguments.of(
            "ndjson", reader(new NdJson(false)), text("", i -> "{\"a\":" + i + "}", "\n", "\n")),
        Arguments.of(
            "json", reader(new Json("", false)), text("[", i -> "{\"a\":" + i + "}", ",", "]")),
        Arguments.of(
            "geojson",
            reader(new GeoJson()),
            text(
                "{\"type\":\"FeatureCollection\",\"features\":[",
                i -> "{\"type\":\"Feature\",\"properties\":{\"a\":" + i + "},\"geometry\":null}",
                ",",
                "]}")),
        Arguments.of(
            "xml",
            reader(new Xml("r", Set.of())),
            text("<d>", i -> "<r><a>" + i + "</a></r>", "", "</d>")),
        Arguments.of(
            "kml",
            reader(new Kml()),
            text("<kml>", i -> "<Placemark><name>" + i + "</name></Placemark>", "", "</kml>")),
        Arguments.of(
            "dbf",
            reader(new Dbf(false, FileLimits.USUAL), COLUMNS, TablesTesting.CONVENTIONS, false),
            dbf()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void allRecordsAreReadAndTheStreamStaysOpen(String name, RecordReader reader, byte[] content) {
    List<RawRecord> records = read(reader, content);
    assertThat(records).hasSize(RECORDS);
    RawRecord last = records.get(RECORDS - 1);
    assertThat(last.cells()).anySatisfy((cell, text) -> assertThat(text).endsWith("19999"));
  }
}
