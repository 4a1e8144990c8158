package vn.tnmt.lakehouse.ingestion.reader.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.read;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.sample;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.file;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.zip;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.Reading;
import vn.tnmt.lakehouse.ingestion.format.dbf.Dbf;
import vn.tnmt.lakehouse.ingestion.format.geojson.GeoJson;
import vn.tnmt.lakehouse.ingestion.format.geopackage.GeoPackage;
import vn.tnmt.lakehouse.ingestion.format.parquet.Parquet;
import vn.tnmt.lakehouse.ingestion.format.shapefile.Shapefile;
import vn.tnmt.lakehouse.ingestion.reader.FileLimits;
import vn.tnmt.lakehouse.ingestion.reader.FoundRecords;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.RowCount;
import vn.tnmt.lakehouse.tables.rule.Breach;

/** Whoever loses a row of a file that says how many it has, the ledger speaks. */
class WholeFileReaderTest {
  private static final KnownColumns ANY = new KnownColumns(Set.of(), Set.of(), Set.of());

  static Stream<Arguments> files() {
    return Stream.of(
        arguments(new Dbf(false, FileLimits.USUAL), file("db3.dbf")),
        arguments(new Dbf(true, FileLimits.USUAL), file("vfp.dbf")),
        arguments(new Shapefile("", "", FileLimits.USUAL), file("thua.zip")),
        arguments(new Shapefile("*", "", FileLimits.USUAL), file("lop.zip")),
        arguments(new Parquet(""), sample("kieu_none.parquet")),
        arguments(new Parquet(""), sample("nhieu_nhom.parquet")),
        arguments(new GeoPackage("tinh", ""), sample("tinh.gpkg")),
        arguments(new GeoJson(), served("\"numberReturned\":2,", "")),
        arguments(new GeoJson(), served("", ",\"numberMatched\":9,\"numberReturned\":2")));
  }

  /** Two features, and what a web feature service says before or behind them. */
  private static byte[] served(String before, String behind) {
    String feature = "{\"type\":\"Feature\",\"properties\":{\"ma\":1},\"geometry\":null}";
    String collection = features(feature, feature);
    return collection
        .replace("\"features\"", before + "\"features\"")
        .replaceFirst("}$", behind + "}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Loses one row, with all its records, between the reader and us. */
  private static RecordReader losing(RecordReader reader, long line, int part) {
    return (file, bytes) -> {
      RecordReader.Records records = reader.open(file, bytes);
      return new FoundRecords() {
        @Override
        protected RawRecord find() {
          while (records.hasNext()) {
            RawRecord record = records.next();
            if (record.line() != line || record.part() != part) {
              return record;
            }
          }
          return null;
        }

        @Override
        public List<RowCount> counts() throws IOException {
          return records.counts();
        }

        @Override
        public void close() throws IOException {
          records.close();
        }
      };
    };
  }

  private static RecordReader whole(RecordReader reader) {
    return new WholeFileReader(reader, false, false);
  }

  private static List<String> told(List<RawRecord> records) {
    return records.stream().flatMap(r -> r.breaches().stream()).map(Breach::rule).toList();
  }

  @ParameterizedTest
  @MethodSource("files")
  void aLossIsToldWhereverItHappens(Format format, byte[] bytes) {
    RecordReader reader = format.reader(Reading.of(ANY));
    List<RawRecord> all = read(whole(reader), bytes);
    assertThat(told(all)).doesNotContain("REC-61");
    assertThat(all).hasSizeGreaterThan(1);
    int step = Math.max(1, all.size() / 7);
    for (int i = 0; i < all.size(); i += step) {
      RawRecord lost = all.get(i);
      List<RawRecord> rest = read(whole(losing(reader, lost.line(), lost.part())), bytes);
      assertThat(rest).hasSameSizeAs(all);
      RawRecord file = rest.get(rest.size() - 1);
      assertThat(file.line()).isZero();
      assertThat(told(List.of(file))).containsOnly("REC-61");
    }
  }

  @Test
  void theCountIsThatOfRowsAlsoWhereColumnsAreMelted() {
    KnownColumns melted = new KnownColumns(Set.of(), Set.of(), Set.of("DT", "MA"));
    RecordReader reader =
        new Shapefile("*", "EPSG:4326", FileLimits.USUAL).reader(Reading.of(melted));
    List<RawRecord> all = read(new WholeFileReader(reader, true, false), file("thua.zip"));
    assertThat(all).hasSize(7);
    assertThat(told(all)).doesNotContain("REC-61");
  }

  @Test
  void bothNumbersAreTold() {
    RecordReader reader = new Dbf(false, FileLimits.USUAL).reader(Reading.of(ANY));
    byte[] bytes = file("db3.dbf");
    bytes[4] = 7;
    List<RawRecord> all = read(whole(reader), bytes);
    Breach breach = all.get(all.size() - 1).breaches().get(0);
    assertThat(breach.value()).isEqualTo("nhận / received: 3");
    assertThat(breach.expected()).isEqualTo("đầu tệp DBF / DBF header: 7");
  }

  @Test
  void anIndexThatSaysAnotherNumberIsABreachOfItsLayer() {
    byte[] zip = file("lop.zip");
    RecordReader reader = new Shapefile("*", "", FileLimits.USUAL).reader(Reading.of(ANY));
    List<RawRecord> all = read(whole(reader), patched(zip, "diem.shx", 27, 58));
    assertThat(all.get(all.size() - 1).breaches())
        .extracting(breach -> breach.value() + " " + breach.expected())
        .containsExactly("nhận / received: 1 .shx: 2");
  }

  @Test
  void aCutOffFileIsNotToldTwice() {
    RecordReader reader = new Dbf(false, FileLimits.USUAL).reader(Reading.of(ANY));
    byte[] bytes = file("db3.dbf");
    List<RawRecord> all = read(whole(reader), Arrays.copyOf(bytes, bytes.length - 10));
    assertThat(told(all)).contains("REC-04").doesNotContain("REC-61");
  }

  @Test
  void aFileWithoutTheGeometryThatTheFeedTakesIsTold() {
    RecordReader reader = new Parquet("").reader(Reading.of(ANY));
    List<RawRecord> all =
        read(new WholeFileReader(reader, false, true), sample("kieu_none.parquet"));
    assertThat(told(all)).containsOnlyOnce("REC-63");
    RecordReader other = new GeoPackage("tinh", "").reader(Reading.of(ANY));
    assertThat(told(read(new WholeFileReader(other, false, true), sample("tinh.gpkg"))))
        .doesNotContain("REC-63");
    RecordReader features = new GeoJson().reader(Reading.of(ANY));
    String none = "{\"type\":\"Feature\",\"properties\":{\"ma\":\"1\"},\"geometry\":null}";
    String some = none.replace("null", "{\"type\":\"Point\",\"coordinates\":[105,21]}");
    assertThat(told(read(new WholeFileReader(features, false, true), features(none, none))))
        .containsExactly("REC-63");
    assertThat(told(read(new WholeFileReader(features, false, true), features(none, some))))
        .isEmpty();
  }

  private static String features(String... features) {
    return "{\"type\":\"FeatureCollection\",\"features\":[" + String.join(",", features) + "]}";
  }

  /** A zip with one byte of a part changed. */
  private static byte[] patched(byte[] zip, String part, int at, int value) {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        byte[] bytes = in.readAllBytes();
        if (entry.getName().equals(part)) {
          bytes[at] = (byte) value;
        }
        parts.put(entry.getName(), bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zip(parts);
  }
}
