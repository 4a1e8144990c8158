package vn.tnmt.lakehouse.orchestration.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.rest.RESTCatalog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.store.ObjectStore;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;

/** What analysts' statements may do, and what they are told of those that fail. */
@Tag("slow")
class SqlSessionTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  @TempDir static Path dir;
  private static Lakehouse reading;

  @BeforeAll
  static void someRows() {
    LAKE.spark().sql("create namespace sea");
    LAKE.spark().sql("create table sea.level (id bigint, cm double, text string) using iceberg");
    LAKE.spark().sql("insert into sea.level values (1, 10.5, 'a'), (2, 0, 'b')");
    reading = Lakehouse.openToRead(LAKE.lakehouse().home(), LAKE.lakehouse().settings());
  }

  @AfterAll
  static void close() {
    reading.close();
  }

  private static String ask(String sql) {
    StringWriter out = new StringWriter();
    new SqlSession(reading.spark(), "Asia/Ho_Chi_Minh")
        .run(sql, false, SqlCommand.Format.CSV, 100, new PrintWriter(out));
    return out.toString();
  }

  private static long rows() {
    return LAKE.spark().table("sea.level").count();
  }

  @Test
  void questionsAreAnswered() {
    assertThat(
            ask(
                "with l as (select * from sea.level) select sum(cm) as cm from l where id in (select 1)"))
        .contains("10.5");
    assertThat(ask("show tables")).contains("level");
    assertThat(ask("describe sea.level")).contains("cm");
    assertThat(ask("explain delete from sea.level")).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete from sea.level",
        "update sea.level set cm = 1",
        "truncate table sea.level",
        "drop table sea.level",
        "alter table sea.level add column x int",
        "insert into sea.level values (3, 1, 'c')",
        "with n as (select 3L, 1D, 'c') insert into sea.level select * from n",
        "from sea.level insert into sea.level select id, cm, text where id = 1 insert into sea.level"
            + " select id, cm, text where id = 2",
        "merge into sea.level t using (select 1L as id) s on t.id = s.id when matched then delete",
        "call lake.system.expire_snapshots('sea.level')",
        "create table sea.copy as select * from sea.level",
        "insert overwrite directory '%DIR%' using csv select * from sea.level",
        "with n as (select 1) insert overwrite local directory '%DIR%' using csv select * from n",
        "select transform(id) using 'touch %DIR%/touched' as (x) from sea.level",
        "set spark.sql.catalog.lake.token = x",
        "cache table sea.level",
        "create temporary view v as select 1",
        "execute immediate 'delete from sea.level'",
        "add jar '%DIR%/x.jar'"
      })
  void whateverCouldChangeSomethingIsRefused(String sql) {
    assertThatThrownBy(() -> ask(sql.replace("%DIR%", dir.resolve("out").toString())))
        .isInstanceOf(TnmtException.class)
        .hasMessageStartingWith("TNMT-4005")
        .hasMessageContaining("--write");
    assertThat(rows()).isEqualTo(2);
    assertThat(dir.resolve("out")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from csv.`%DIR%/secret.csv`",
        "select * from TEXT.`file://%DIR%/secret.csv`",
        "select * from binaryFile.`%DIR%/secret.csv`",
        "select * from json.`secret.csv`",
        "select * from `org.apache.spark.sql.execution.datasources.text.TextFileFormat`.`secret.csv`",
        "select * from lake.`%DIR%`",
        "select * from iceberg.`file://%DIR%`",
        "select * from `%DIR%/secret.csv`",
        "table csv.`%DIR%/secret.csv`",
        "with s as (select * from csv.`%DIR%/secret.csv`) select count(*) from s",
        "select id from sea.level where text in (select value from text.`%DIR%/secret.csv`)",
        "select * from sea.level join text.`%DIR%/secret.csv` on true"
      })
  void filesThatAreNoTableOfTheLakeAreNotRead(String sql) throws Exception {
    Files.writeString(dir.resolve("secret.csv"), "s3cret\n");
    assertThatThrownBy(() -> ask(sql.replace("%DIR%", dir.toString())))
        .isInstanceOf(TnmtException.class)
        .hasMessageStartingWith("TNMT-4005")
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "explain extended select * from csv.`%DIR%/secret.csv`",
        "describe query select * from csv.`%DIR%/secret.csv`",
        "describe table csv.`%DIR%/secret.csv`",
        "show columns in csv.`%DIR%/secret.csv`",
        "select * from read_files('%DIR%/secret.csv')"
      })
  void norIsAnythingToldOfThem(String sql) throws Exception {
    Files.writeString(dir.resolve("secret.csv"), "s3cret\n");
    String said;
    try {
      said = ask(sql.replace("%DIR%", dir.toString()));
    } catch (TnmtException e) {
      said = e.getMessage();
    }
    assertThat(said).doesNotContain("s3cret").containsPattern("TNMT-400[45]|NOT_FOUND");
  }

  /** Should a name pass the guard of words: what is asked is looked at, too. */
  @Test
  void rowsOfAFileAreRefusedHoweverTheyCame() throws Exception {
    Files.writeString(dir.resolve("secret.csv"), "s3cret\n");
    assertThatThrownBy(
            () ->
                ReadOnlySql.requireOfLake(
                    LAKE.spark().read().text(dir.resolve("secret.csv").toString()).limit(1)))
        .hasMessageStartingWith("TNMT-4005");
    ReadOnlySql.requireOfLake(LAKE.spark().sql("select count(*) from sea.level, range(2)"));
    ReadOnlySql.requireOfLake(LAKE.spark().sql("select * from sea.level.snapshots"));
  }

  @Test
  void aTextThatASpreadsheetWouldRunIsShownByIt() {
    assertThat(
            ask(
                "select '=1+1' as a, '\ufeff@x' as b, '-9999' as c, -9999 as d, double('-Infinity') as e,"
                    + " '-' as f"))
        .isEqualToIgnoringNewLines("a,b,c,d,e,f\r\n'=1+1,'\ufeff@x,-9999,-9999,-Infinity,-\r\n");
  }

  @Test
  void noFunctionReachesOutOfSpark() {
    assertThatThrownBy(() -> ask("select reflect('java.lang.System', 'getProperty', 'user.home')"))
        .hasMessageStartingWith("TNMT-4004")
        .hasMessageContaining("reflect");
  }

  /**
   * The guard of words may be passed by one day: then there is nothing behind it to change with.
   */
  @Test
  void theSessionItselfCannotChangeAnything() {
    for (String sql :
        List.of("delete from lake.sea.level", "insert into lake.sea.level values (3, 1, 'c')")) {
      assertThatThrownBy(() -> reading.spark().sql(sql)).isInstanceOf(Exception.class);
      assertThat(rows()).isEqualTo(2);
    }
    assertThatThrownBy(() -> reading.spark().sql("alter table lake.sea.level add column x int"))
        .hasStackTraceContaining("this session reads only");
    assertThatThrownBy(() -> reading.catalog().dropTable(TableIdentifier.of("sea", "level"), false))
        .isInstanceOf(ForbiddenException.class);
    assertThat(rows()).isEqualTo(2);
  }

  /** A client of somebody's own, with the reader's token. */
  @Test
  void theCatalogueRefusesTheReadersToken() throws Exception {
    try (RESTCatalog client = new RESTCatalog()) {
      Map<String, String> properties = new HashMap<>(reading.access().properties());
      client.initialize("theirs", properties);
      assertThat(client.listTables(Namespace.of("sea"))).hasSize(1);
      assertThatThrownBy(() -> client.createNamespace(Namespace.of("land")))
          .isInstanceOf(ForbiddenException.class)
          .hasMessageContaining("reads only");
      assertThatThrownBy(
              () ->
                  client
                      .loadTable(TableIdentifier.of("sea", "level"))
                      .updateProperties()
                      .set("a", "b")
                      .commit())
          .isInstanceOf(ForbiddenException.class);
    }
  }

  @Test
  void theStoreRefusesTheReadersKey() {
    String key = "warehouse/note.txt";
    LAKE.lakehouse().store().put(key, new byte[] {1, 2});
    try (ObjectStore readers = ObjectStore.open(reading.access().store())) {
      assertThat(readers.get(key)).containsExactly(1, 2);
      assertThatThrownBy(() -> readers.put(key, new byte[] {3}))
          .isInstanceOf(RuntimeException.class);
      assertThatThrownBy(() -> readers.put("warehouse/new.txt", new byte[] {3}))
          .isInstanceOf(RuntimeException.class);
    }
    assertThat(LAKE.lakehouse().store().get(key)).containsExactly(1, 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "select 1/0                                      | DIVIDE_BY_ZERO     | try_divide",
        "select cast(text as int) from sea.level         | CAST_INVALID_INPUT | try_cast",
        "select cm / (id - 1) from sea.level             | DIVIDE_BY_ZERO     | try_divide",
        "select date '31/12/2026'                        | DATE               | YYYY-MM-DD",
        "select ST_GeomFromWKT('POINT (1')               | geometry           | WKT",
        "select ST_Transform(ST_Point(105, 21), 'EPSG:4326', 'EPSG:3405') | library | ST_Transform",
        "select ST_Transform(ST_Point(cm, 21), 'EPSG:4326', 'EPSG:3405') from sea.level | library | ST_Transform",
        "select RS_Width(RS_MakeEmptyRaster(1, 1, 1, 0, 0, 1)) | library | RS_",
        "select * from sea.level version as of 'R1'      | R1                 | ./tnmt releases",
        "select * from sea.levels                        | sea                | show tables",
        "select cmm from sea.level                       | cm                 | describe",
        "select from where                               | line 1             | ''",
        "select nothing(1)                               | nothing            | show functions",
        "show tables in nowhere                          | nowhere            | ''"
      })
  void aMistakeOfTheUserIsACodedError(String sql, String says, String hint) {
    assertThatThrownBy(() -> ask(sql))
        .isInstanceOf(TnmtException.class)
        .hasMessageStartingWith("TNMT-4004")
        .hasMessageContaining(says)
        .hasMessageContaining(hint.equals("''") ? "" : hint)
        .hasMessageNotContaining("\tat ");
  }
}
