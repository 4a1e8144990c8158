package vn.tnmt.lakehouse.ingestion.format.geopackage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.read;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.sample;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.verdicts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import vn.tnmt.lakehouse.ingestion.reader.GuardedReader;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.ReaderTesting;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.RowCount;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;

/** GeoPackages as GDAL writes them, and as attackers do. */
class GeoPackageReaderTest {
  @TempDir Path dir;

  private static RecordReader reader(String layer) {
    return ReaderTesting.reader(new GeoPackage(layer, ""));
  }

  private static Geometry geometry(RawRecord record) throws ParseException {
    return new WKBReader().read(WKBReader.hexToBytes(record.cells().get("$geometry")));
  }

  @Test
  void readsALayer() throws ParseException {
    List<RawRecord> records = read(reader("tinh"), sample("tinh.gpkg"));
    assertThat(verdicts(records)).containsExactly("1 ok", "2 ok", "3 ok");
    assertThat(records.get(0).cells())
        .containsEntry("fid", "1")
        .containsEntry("ma", "01")
        .containsEntry("ten", "Hà Nội")
        .containsEntry("dien_tich", "3359.84")
        .containsEntry("ngay", "2025-07-01")
        .containsEntry("dan_so", "9007199254740993");
    assertThat(geometry(records.get(0)).toText())
        .isEqualTo(
            "MULTIPOLYGON (((105 21, 106 21, 106 22, 105 22, 105 21),"
                + " (105.2 21.2, 105.4 21.2, 105.4 21.4, 105.2 21.2)))");
    assertThat(geometry(records.get(1)).getNumGeometries()).isEqualTo(2);
    assertThat(records.get(2).cells())
        .doesNotContainKey("$geometry")
        .containsEntry("ten", "")
        .containsEntry("dien_tich", "");
    Geometry point = geometry(read(reader("DIEM"), sample("tinh.gpkg")).get(0));
    assertThat(point.getCoordinate().getX()).isEqualTo(105.5);
    assertThat(point.getCoordinate().getZ()).isEqualTo(7);
  }

  @Test
  void tellsTheLayerWhereItIsAskedFor() {
    RecordReader told =
        GuardedReader.ofAnyBytes(new GeoPackageReader(new GeoPackage("TINH", ""), true));
    assertThat(read(told, sample("tinh.gpkg")))
        .hasSize(3)
        .allSatisfy(record -> assertThat(record.cells()).containsEntry("$layer", "tinh"));
  }

  @Test
  void theColumnThatTheFeedNamesIsTheGeometry() throws IOException, SQLException, ParseException {
    byte[] file =
        contents(
            "CREATE TABLE t (ma TEXT, hinh BLOB, chu TEXT)",
            "INSERT INTO t VALUES ('01', x'01010000000000000000605A400000000000803540',"
                + " '{\"type\":\"Point\"}')",
            "INSERT INTO t VALUES ('02', NULL, NULL)");
    assertThat(read(reader("t"), file).get(0).cells()).doesNotContainKey("$geometry");
    List<RawRecord> named = read(ReaderTesting.reader(new GeoPackage("t", "HINH")), file);
    assertThat(verdicts(named)).containsExactly("1 ok", "2 ok");
    assertThat(geometry(named.get(0)).toText()).isEqualTo("POINT (105.5 21.5)");
    assertThat(named.get(1).cells()).doesNotContainKey("$geometry");
    assertThat(read(ReaderTesting.reader(new GeoPackage("t", "chu")), file).get(0).cells())
        .containsEntry("$geometry", "{\"type\":\"Point\"}");
  }

  @Test
  void saysHowManyRowsTheTableAndGdalCount() throws IOException, SQLException {
    byte[] file =
        contents(
            "CREATE TABLE t (ma TEXT)",
            "INSERT INTO t VALUES ('01'), ('02')",
            "CREATE TABLE gpkg_ogr_contents (table_name TEXT, feature_count INTEGER)",
            "INSERT INTO gpkg_ogr_contents VALUES ('T', 5)");
    try (RecordReader.Records records =
        reader("t").open(new SourceFile("a", file.length, true), new ByteArrayInputStream(file))) {
      records.forEachRemaining(record -> {});
      assertThat(records.counts()).extracting(RowCount::rows).containsExactly(2L, 5L);
    }
  }

  @Test
  void readsATableOfAttributes() {
    List<RawRecord> records = read(reader("ghi_chu"), sample("tinh.gpkg"));
    assertThat(verdicts(records)).containsExactly("1 ok", "2 ok");
    assertThat(records.get(0).cells())
        .containsExactly(
            entry("id", "5"), entry("noi_dung", "Huế"), entry("anh", "00FF"), entry("so", "0.1"));
    assertThat(records.get(1).cells()).containsEntry("anh", "").containsEntry("so", "1.0E300");
  }

  @Test
  void tellsAnotherCoordinateSystem() {
    List<RawRecord> records = read(reader(""), sample("tinh_vn2000.gpkg"));
    assertThat(verdicts(records)).containsExactly("1 REC-36", "2 REC-36", "3 ok");
    assertThat(records.get(0).breaches().get(0).value()).isEqualTo("EPSG:3405");
  }

  @Test
  void tellsAMissingLayerAndAnotherFile() throws IOException, SQLException {
    List<RawRecord> records = read(reader("xa"), sample("tinh.gpkg"));
    assertThat(verdicts(records)).containsExactly("0 REC-35");
    assertThat(records.get(0).breaches().get(0).value()).isEqualTo("diem, ghi_chu, tinh");
    assertThat(verdicts(read(reader(""), sample("tinh.gpkg")))).containsExactly("0 REC-35");
    assertThat(verdicts(read(reader(""), "không phải".getBytes(StandardCharsets.UTF_8))))
        .containsExactly("0 REC-34");
    assertThat(verdicts(read(reader(""), new byte[0]))).containsExactly("0 REC-01");
    byte[] plain = database("CREATE TABLE t (a)", "INSERT INTO t VALUES (1)");
    assertThat(verdicts(read(reader("t"), plain))).containsExactly("0 REC-34");
  }

  private byte[] database(String... statements) throws IOException, SQLException {
    Path file = Files.createTempFile(dir, "x", ".gpkg");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return Files.readAllBytes(file);
  }

  private byte[] contents(String... statements) throws IOException, SQLException {
    String[] all = Arrays.copyOf(statements, statements.length + 2);
    all[statements.length] = "CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT)";
    all[statements.length + 1] = "INSERT INTO gpkg_contents VALUES ('t', 'attributes')";
    return database(all);
  }

  @Test
  void aDatabaseThatComputesIsNotRun() throws IOException, SQLException {
    assertThat(
            verdicts(
                read(
                    reader("t"),
                    contents(
                        "CREATE VIEW t AS WITH RECURSIVE n(i) AS"
                            + " (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"))))
        .containsExactly("0 REC-35");
    assertThat(verdicts(read(reader("t"), contents("CREATE VIRTUAL TABLE t USING fts5(a)"))))
        .containsExactly("0 REC-35");
    byte[] huge =
        contents("CREATE TABLE t (a, b AS (zeroblob(900000000)))", "INSERT INTO t (a) VALUES (1)");
    assertThat(verdicts(read(reader("t"), huge)).get(0)).startsWith("0 REC-3");
    byte[] cyclic =
        database(
            "CREATE TABLE t (a)",
            "CREATE VIEW gpkg_contents AS WITH RECURSIVE n(i) AS"
                + " (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 't', 'x' || i FROM n");
    assertThat(verdicts(read(reader("t"), cyclic))).containsExactly("0 REC-34");
  }

  @Test
  void readsOddTables() throws IOException, SQLException {
    byte[] odd =
        contents(
            "CREATE TABLE t (k TEXT PRIMARY KEY, v) WITHOUT ROWID",
            "INSERT INTO t VALUES ('b', 9223372036854775807), ('a', CAST(x'48B5' AS TEXT))");
    List<RawRecord> records = read(reader("t"), odd);
    assertThat(verdicts(records)).containsExactly("1 REC-06", "2 ok");
    assertThat(records.get(0).cells()).containsEntry("v", "H\u00B5");
    assertThat(records.get(1).cells()).containsEntry("v", "9223372036854775807");
    byte[] shadowed =
        contents(
            "CREATE TABLE t (rowid TEXT, _rowid_ TEXT, oid TEXT)",
            "INSERT INTO t VALUES ('b', 1, 2), ('a', 1, 2)");
    assertThat(verdicts(read(reader("t"), shadowed))).containsExactly("1 ok", "2 ok");
    byte[] named = contents("CREATE TABLE t (rowid TEXT)", "INSERT INTO t VALUES ('b'), ('a')");
    assertThat(read(reader("t"), named).get(0).cells()).containsExactly(entry("rowid", "b"));
  }

  @Test
  void aDamagedFileIsToldAndNeverThrows() throws IOException {
    byte[] good = sample("tinh.gpkg");
    assertThat(verdicts(read(reader("tinh"), Arrays.copyOf(good, 5_000))))
        .last()
        .asString()
        .contains("REC-34");
    Random random = new Random(20260101);
    for (int round = 0; round < 300; round++) {
      byte[] bytes =
          Arrays.copyOf(good, round % 3 == 0 ? random.nextInt(good.length) : good.length);
      for (int i = random.nextInt(30); i > 0 && bytes.length > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      assertThat(read(reader(round % 2 == 0 ? "tinh" : ""), bytes)).isNotEmpty();
    }
    assertThat(ReaderTesting.spools()).isZero();
  }
}
