package vn.tnmt.lakehouse.ingestion.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.read;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.sample;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.format.toy.ToyType;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.TablesTesting;
import vn.tnmt.lakehouse.tables.rule.Breach;

/** What every registered format declares is what its reader does. */
class TraitsTest {
  /**
   * A file of a format; its texts are Vietnamese.
   *
   * @param keys of the feed
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Example(String keys, byte[] file) {
    Format format() {
      return Formats.parse(YamlNode.parse("f.yaml", keys, ErrorCode.FEED_INVALID));
    }

    @Override
    public String toString() {
      return keys;
    }
  }

  private static Example of(String keys, String text) {
    return new Example(keys, text.getBytes(StandardCharsets.UTF_8));
  }

  static Stream<Example> examples() {
    return Stream.of(
        of("{type: csv}", "a,b\n1,Hồ\n"),
        of("{type: fixed-width, columns: {a: [1, 2], b: [3, 9]}}", "1 Hồ\n"),
        of("{type: ndjson}", "{\"a\":\"Hồ\"}\n"),
        of("{type: json}", "[{\"a\":\"Hồ\"}]"),
        of("{type: xml, record: r}", "<x><r><a>Hồ</a></r></x>"),
        of(
            "{type: geojson}",
            "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":"
                + "{\"a\":\"Hồ\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[105,21]}}]}"),
        of("{type: station-text}", "Bụi\t7,33\tmg/L\t20230509153800\t00\n"),
        new Example("{type: kml}", sample("tinh.kml")),
        new Example("{type: gpkg, layer: tinh}", sample("tinh.gpkg")),
        new Example("{type: parquet}", sample("tinh.parquet")),
        new Example("{type: xlsx, headerLine: 3}", TablesTesting.file("abc.xlsx")),
        new Example("{type: xls, headerLine: 3}", TablesTesting.file("bieu.xls")),
        new Example("{type: dbf}", table("Hồ")),
        new Example("{type: shapefile}", TablesTesting.file("thua.zip")));
  }

  /** A dBase III table of one field MA C(6) and one record. */
  private static byte[] table(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(65 + 7 + 1).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 3).put(new byte[3]).putInt(1).putShort((short) 65).putShort((short) 7);
    bytes.put(32, new byte[] {'M', 'A'}).put(43, (byte) 'C').put(48, (byte) 6).put(64, (byte) 13);
    bytes.put(65, "       ".getBytes(StandardCharsets.US_ASCII));
    bytes.put(66, text.getBytes(StandardCharsets.UTF_8)).put(72, (byte) 0x1A);
    return bytes.array();
  }

  private static Reading reading(Set<String> required, boolean bytewise) {
    Set<String> known = new TreeSet<>(required);
    known.addAll(Set.of(Cells.SHEET, Cells.LAYER));
    return new Reading(
        new KnownColumns(required, known, Set.of()), '.', bytewise ? "auto" : "UTF-8", bytewise);
  }

  private static List<RawRecord> records(Example example, Set<String> required, boolean bytewise) {
    return read(example.format().reader(reading(required, bytewise)), example.file);
  }

  private static boolean anyHas(List<RawRecord> records, String cell) {
    return records.stream().anyMatch(record -> record.cells().containsKey(cell));
  }

  @Test
  void everyRegisteredFormatIsLookedAt() {
    Set<String> names = new TreeSet<>(Formats.names());
    names.removeAll(new ToyType().names());
    assertThat(examples().map(example -> example.keys.replaceAll("\\{type: ([a-z0-9-]+).*", "$1")))
        .containsExactlyInAnyOrderElementsOf(names);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void whatRecordsHaveIsDeclared(Example example) {
    Format format = example.format();
    List<RawRecord> records = records(example, Set.of(), false);
    assertThat(records).isNotEmpty();
    assertThat(records).noneMatch(record -> record.cells().isEmpty());
    assertThat(anyHas(records, Cells.GEOMETRY)).isEqualTo(format.has(Trait.GEOMETRY));
    assertThat(anyHas(records, Cells.SHEET)).isEqualTo(format.has(Trait.SHEETS));
    assertThat(anyHas(records, Cells.LAYER)).isEqualTo(format.has(Trait.LAYERS));
    format
        .cells()
        .ifPresent(
            cells ->
                assertThat(records)
                    .allSatisfy(
                        record -> assertThat(cells.names()).containsAll(record.cells().keySet())));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void aTableTellsTheColumnsThatItLacks(Example example) {
    boolean told =
        records(example, Set.of("không có"), false).stream()
            .flatMap(record -> record.breaches().stream())
            .map(Breach::rule)
            .anyMatch("REC-07"::equals);
    assertThat(told).isEqualTo(example.format().has(Trait.TABLE));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void textsAreHandedOutBytewiseWhereTheyAreBytes(Example example) {
    List<Map<String, String>> plain = cells(records(example, Set.of(), false));
    List<Map<String, String>> bytewise = cells(records(example, Set.of(), true));
    boolean differ = !plain.equals(bytewise);
    // A workbook's texts are Unicode, but may be those of an old font.
    boolean fonts = example.format().has(Trait.SHEETS);
    assertThat(differ && !fonts).isEqualTo(example.format().has(Trait.BYTES));
  }

  private static List<Map<String, String>> cells(List<RawRecord> records) {
    return records.stream().<Map<String, String>>map(record -> Map.copyOf(record.cells())).toList();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void whatIsCutGivesCuts(Example example) throws IOException {
    Format format = example.format();
    RecordReader reader = format.reader(reading(Set.of(), false));
    assertThat(reader.resumes()).isEqualTo(format.has(Trait.CUT));
    if (format.has(Trait.CUT)) {
      // Just under four times the step.
      byte[] large =
          new String(example.file, StandardCharsets.UTF_8)
              .repeat((1 << 18) / example.file.length)
              .getBytes(StandardCharsets.UTF_8);
      assertThat(reader.cuts(new ByteArrayInputStream(large), 1 << 16)).hasSize(3);
      assertThat(format.cutBy(new KnownColumns(Set.of(), Set.of(), Set.of()))).isNotEmpty();
    }
    Example packed = new Example(example.keys.replace("}", ", archive: zip}"), example.file);
    if (!example.keys.contains("columns")) {
      assertThat(packed.format().has(Trait.CUT)).isFalse();
      assertThat(packed.format().rejects()).isEmpty();
      assertThat(packed.format().parts()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void rowsOfADatabaseAreReadWhereThatIsDeclared(Example example) {
    byte[] landed = "{\"a\":\"1\"}\n{\"a\":\"2\"}\n".getBytes(StandardCharsets.UTF_8);
    List<RawRecord> records = read(example.format().reader(reading(Set.of(), false)), landed);
    boolean both = cells(records).equals(List.of(Map.of("a", "1"), Map.of("a", "2")));
    assertThat(both).isEqualTo(example.format().has(Trait.DATABASE_ROWS));
  }

  @Test
  void twoFormatsOfOneNameAreRefused() {
    assertThatThrownBy(() -> Formats.byName(List.of(new ToyType(), new ToyType())))
        .isInstanceOf(TnmtException.class)
        .hasMessageContaining("'toy'");
  }
}
