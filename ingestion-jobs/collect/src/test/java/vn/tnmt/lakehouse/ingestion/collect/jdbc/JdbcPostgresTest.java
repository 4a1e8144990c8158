package vn.tnmt.lakehouse.ingestion.collect.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.io.WKBWriter;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.collect.CollectResult;
import vn.tnmt.lakehouse.ingestion.collect.jdbc.JdbcTesting.Wanted;
import vn.tnmt.lakehouse.ingestion.collect.transfer.TransferPolicy;

/** Against a real PostgreSQL with PostGIS. */
@Tag("slow")
class JdbcPostgresTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path shared;
  private static DatabaseServer server;

  @TempDir Path dir;
  private JdbcTesting testing;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    server = DatabaseServer.postgres(shared);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void testing() throws IOException {
    testing = new JdbcTesting(dir);
    server.run("drop schema if exists s cascade", "create schema s");
  }

  @Test
  void everyTypeArrivesWithoutLoss() throws IOException {
    server.run(
        "create type s.mau as enum ('xanh', 'đỏ')",
        """
        create table s.t (
          id bigserial primary key, i2 smallint, i4 int, n numeric, n2 numeric(38,10),
          f4 real, f8 double precision, b boolean, d date, ts timestamp, tz timestamptz,
          ti time, tt timetz, iv interval, u uuid, j json, jb jsonb, by bytea, te text,
          vc varchar(9), ch char(4), en s.mau, ai int[], at text[], an numeric[], az timestamptz[],
          ab bytea[], aj jsonb[], r int4range, ip inet, x xml)""",
        """
        insert into s.t values (9007199254740993, -32768, 2147483647,
          123456789012345678901234567890.12345678901234567890, 0.1, 16777216.5, 0.1, true,
          '2026-02-28', '2026-02-28 01:02:03.000004', '2026-02-28 01:02:03.5+07', '23:59:59.999999',
          '12:00+07', '1 year 2 mons 3 days 04:05:06', '123e4567-e89b-12d3-a456-426614174000',
          E'{"a": 1.10,\\n "a": [null]}', '{"b":1.10,"a":"Hà"}', '\\x00ff10',
          E'a"b\\\\c\\n\\t\\x01 Hà Nội 😀', 'xx', 'ab', 'đỏ', '{{1,2},{3,NULL}}',
          '{"a,b","q\\"\\\\",NULL,"NULL",""}', '{1.10,NaN}', '{"2026-01-01 00:00+00"}',
          '{"\\\\x00ff"}', '{"{\\"k\\": 1}"}', '[1,5)', '10.0.0.0/8', '<a/>')""",
        """
        insert into s.t (id, n, f4, f8, d, ts, tz, te, ai) values (1, 'NaN', 'Infinity', '1e-30',
          '0044-03-15 BC', 'infinity', '20000-01-01 00:00+00', '', '[5:6]={7,8}')""",
        "insert into s.t (id) values (2)");
    List<String> lines =
        testing.lines(testing.collect(Wanted.table(server, "s", "t"), JdbcTesting.NIGHT));
    assertThat(lines.get(0))
        .isEqualTo(
            "{\"id\":\"1\",\"i2\":null,\"i4\":null,\"n\":\"NaN\",\"n2\":null,\"f4\":\"Infinity\","
                + "\"f8\":1e-30,\"b\":null,\"d\":\"-0043-03-15\",\"ts\":\"infinity\","
                + "\"tz\":\"20000-01-01T00:00:00Z\",\"ti\":null,\"tt\":null,\"iv\":null,\"u\":null,"
                + "\"j\":null,\"jb\":null,\"by\":null,\"te\":\"\",\"vc\":null,\"ch\":null,"
                + "\"en\":null,\"ai\":[7,8],\"at\":null,\"an\":null,\"az\":null,\"ab\":null,"
                + "\"aj\":null,\"r\":null,\"ip\":null,\"x\":null}");
    assertThat(lines.get(1)).startsWith("{\"id\":\"2\",\"i2\":null").contains("\"te\":null");
    JsonNode row = JSON.readTree(lines.get(2));
    assertThat(lines.get(2))
        .contains("\"i2\":-32768,\"i4\":2147483647,")
        .contains("\"f4\":1.6777216e+07,\"f8\":0.1,\"b\":true,")
        .contains("\"j\":{\"a\": 1.10,  \"a\": [null]},")
        .contains("\"jb\":{\"a\": \"Hà\", \"b\": 1.10},");
    Map<String, String> texts =
        Map.ofEntries(
            Map.entry("id", "9007199254740993"),
            Map.entry("n", "123456789012345678901234567890.12345678901234567890"),
            Map.entry("n2", "0.1000000000"),
            Map.entry("d", "2026-02-28"),
            Map.entry("ts", "2026-02-28T01:02:03.000004"),
            Map.entry("tz", "2026-02-27T18:02:03.5Z"),
            Map.entry("ti", "23:59:59.999999"),
            Map.entry("tt", "12:00:00+07:00"),
            Map.entry("iv", "P1Y2M3DT4H5M6S"),
            Map.entry("u", "123e4567-e89b-12d3-a456-426614174000"),
            Map.entry("by", "AP8Q"),
            Map.entry("te", "a\"b\\c\n\t\u0001 Hà Nội 😀"),
            Map.entry("vc", "xx"),
            Map.entry("ch", "ab  "),
            Map.entry("en", "đỏ"),
            Map.entry("r", "[1,5)"),
            Map.entry("ip", "10.0.0.0/8"),
            Map.entry("x", "<a/>"));
    texts.forEach((column, text) -> assertThat(row.get(column).textValue()).isEqualTo(text));
    assertThat(row.get("ai").toString()).isEqualTo("[[1,2],[3,null]]");
    assertThat(row.get("at").toString()).isEqualTo("[\"a,b\",\"q\\\"\\\\\",null,\"NULL\",\"\"]");
    assertThat(row.get("an").toString()).isEqualTo("[\"1.10\",\"NaN\"]");
    assertThat(row.get("az").toString()).isEqualTo("[\"2026-01-01T00:00:00Z\"]");
    assertThat(row.get("ab").toString()).isEqualTo("[\"AP8=\"]");
    assertThat(row.get("aj").toString()).isEqualTo("[{\"k\":1}]");
  }

  @Test
  void geometriesArriveAsEwkb() throws IOException {
    server.run(
        "create table s.g (id int primary key, geom geometry, geog geography, a geometry[])",
        """
        insert into s.g values
          (1, 'SRID=4326;POINT(105.5 21.25)', 'POINT(105.5 21.25)', null),
          (2, 'SRID=3405;POLYGON((0 0, 1 0, 1 1, 0 0))', null, array['POINT(1 2)'::geometry]),
          (3, null, null, null)""");
    List<String> lines =
        testing.lines(
            testing.collect(Wanted.table(server, "s", "g").geometry("geom"), JdbcTesting.NIGHT));
    GeometryFactory factory = new GeometryFactory();
    String point = ewkb(factory.createPoint(new Coordinate(105.5, 21.25)), 4326);
    String polygon =
        ewkb(
            factory.createPolygon(
                new Coordinate[] {
                  new Coordinate(0, 0),
                  new Coordinate(1, 0),
                  new Coordinate(1, 1),
                  new Coordinate(0, 0)
                }),
            3405);
    String plain = ewkb(factory.createPoint(new Coordinate(1, 2)), 0);
    assertThat(lines)
        .containsExactly(
            "{\"id\":1,\"$geometry\":\"" + point + "\",\"geog\":\"" + point + "\",\"a\":null}",
            "{\"id\":2,\"$geometry\":\"" + polygon + "\",\"geog\":null,\"a\":[\"" + plain + "\"]}",
            "{\"id\":3,\"$geometry\":null,\"geog\":null,\"a\":null}");
  }

  private static String ewkb(Geometry geometry, int srid) {
    geometry.setSRID(srid);
    return WKBWriter.toHex(new WKBWriter(2, 2, srid != 0).write(geometry));
  }

  @Test
  void theSameRowsAreNotStoredTwice() {
    server.run("create table s.t (id text primary key, v int)");
    server.run("insert into s.t values ('b', 1), ('B', 2), ('ă', 3), ('a', 4)");
    Wanted wanted = Wanted.table(server, "s", "t");
    CollectResult first = testing.collect(wanted, JdbcTesting.NIGHT);
    // In the order of bytes, whatever the database's language.
    assertThat(testing.files(first.delivery().orElseThrow()))
        .containsExactly(
            Map.entry(
                "rows.ndjson",
                """
                {"id":"B","v":2}
                {"id":"a","v":4}
                {"id":"b","v":1}
                {"id":"ă","v":3}
                """));
    CollectResult same = testing.collect(wanted, JdbcTesting.NIGHT.plusDays(1));
    assertThat(same.delivery()).isEmpty();
    assertThat(same.counts().alreadyReceived()).isEqualTo(1);
    server.run("update s.t set v = 9 where id = 'a'");
    assertThat(testing.collect(wanted, JdbcTesting.NIGHT.plusDays(2)).delivery()).isPresent();
    server.run("truncate s.t");
    CollectResult empty = testing.collect(wanted, JdbcTesting.NIGHT.plusDays(3));
    assertThat(testing.files(empty.delivery().orElseThrow()))
        .containsExactly(Map.entry("rows.ndjson", ""));
  }

  @Test
  void aKeyThatIsNotUniqueIsTold() {
    server.run("create table s.t (id int, v int)", "insert into s.t values (1, 1), (1, 2), (2, 1)");
    CollectResult result = testing.collect(Wanted.table(server, "s", "t"), JdbcTesting.NIGHT);
    assertThat(result.notes()).singleElement().asString().contains("not unique: 1 rows");
  }

  @Test
  void partsSideBySideSeeOneStateWhileOthersWrite() throws Exception {
    server.run(
        "create table s.t (id int primary key, v bigint)",
        "insert into s.t select i, 1000 from generate_series(1, 20000) i");
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger moves = new AtomicInteger();
    Thread writer =
        new Thread(
            () -> {
              Random random = new Random(7);
              try (Connection connection = server.connect();
                  Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                while (!done.get()) {
                  // From one end of the table to the other.
                  statement.executeUpdate(
                      "update s.t set v = v - 7 where id = " + (1 + random.nextInt(5000)));
                  statement.executeUpdate(
                      "update s.t set v = v + 7 where id = " + (15000 + random.nextInt(5000)));
                  connection.commit();
                  moves.incrementAndGet();
                }
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    writer.start();
    try {
      Wanted wanted = Wanted.table(server, "s", "t").parts("id", 8).fetch(20);
      CollectResult result = testing.collect(wanted, JdbcTesting.NIGHT);
      Map<String, String> files = testing.files(result.delivery().orElseThrow());
      assertThat(files.keySet())
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, 8).mapToObj("rows/part-%04d.ndjson"::formatted).toList());
      // 1 … 20000 in ranges of 4096, the least power of two that makes 8 of them or fewer.
      assertThat(files.values().stream().map(text -> text.lines().count()))
          .containsExactly(4095L, 4096L, 4096L, 4096L, 3617L, 0L, 0L, 0L);
      long sum = 0;
      int id = 0;
      for (String line : testing.lines(result)) {
        JsonNode row = JSON.readTree(line);
        assertThat(row.get("id").intValue()).isEqualTo(++id);
        sum += Long.parseLong(row.get("v").textValue());
      }
      assertThat(sum).isEqualTo(20_000_000L);
      assertThat(moves.get()).isGreaterThan(10);
    } finally {
      done.set(true);
      writer.join();
    }
  }

  @Test
  void aKilledReaderBeginsItsPartAnew() throws Exception {
    killed("query not like '%pg_export_snapshot%'");
  }

  @Test
  void whenAllAreKilledEverythingBeginsAnew() throws Exception {
    killed("true");
  }

  private void killed(String which) throws Exception {
    server.run(
        "create table s.t (id int primary key, v text)",
        "insert into s.t select i, repeat('x', 100) from generate_series(1, 40000) i");
    AtomicInteger killed = new AtomicInteger();
    AtomicBoolean done = new AtomicBoolean();
    Thread killer =
        new Thread(
            () -> {
              // Only when some rows have been read.
              while (!done.get() && testing.spooled() == 0) {
                Thread.onSpinWait();
              }
              killed.set(
                  Integer.parseInt(
                      server.ask(
                          "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                              + " where application_name = 'tnmt-lakehouse x/f' and "
                              + which)));
            });
    killer.start();
    try {
      List<String> lines =
          testing.lines(
              testing.collect(
                  Wanted.table(server, "s", "t").parts("id", 3).fetch(5), JdbcTesting.NIGHT));
      assertThat(killed.get()).isPositive();
      assertThat(lines).hasSize(40_000).doesNotHaveDuplicates();
    } finally {
      done.set(true);
      killer.join();
    }
  }

  @Test
  void onlyNewRowsAreTaken() {
    server.run(
        "create table s.t (id int primary key, at timestamptz)",
        "insert into s.t values (1, '2026-03-01 00:00+00'), (2, '2026-03-02 00:00:00.000001+00')");
    Wanted wanted = Wanted.table(server, "s", "t").above("at");
    CollectResult first = testing.collect(wanted, JdbcTesting.NIGHT);
    assertThat(testing.files(first.delivery().orElseThrow()).keySet())
        .containsExactly("rows_20260310.ndjson");
    assertThat(testing.lines(first)).hasSize(2);
    assertThat(testing.collect(wanted, JdbcTesting.NIGHT).delivery()).isEmpty();

    server.run("insert into s.t values (3, '2026-03-02 00:00:00.000002+00')");
    CollectResult again = testing.collect(wanted, JdbcTesting.NIGHT);
    assertThat(testing.files(again.delivery().orElseThrow()))
        .containsExactly(
            Map.entry(
                "rows_20260310_002.ndjson", "{\"id\":3,\"at\":\"2026-03-02T00:00:00.000002Z\"}\n"));

    // An earlier night that is done later goes on where the newest delivery ended.
    server.run("insert into s.t values (4, '2026-03-03 00:00+00')");
    CollectResult earlier = testing.collect(wanted, JdbcTesting.NIGHT.minusDays(5));
    assertThat(testing.files(earlier.delivery().orElseThrow()).keySet())
        .containsExactly("rows_20260305.ndjson");
    assertThat(testing.lines(earlier)).hasSize(1);
    assertThat(testing.collect(wanted, JdbcTesting.NIGHT.plusYears(1)).delivery()).isEmpty();

    // What is not complete does not count.
    server.run("insert into s.t values (5, '2026-03-04 00:00+00')");
    testing.store.failAt(14);
    assertThat(testing.tried(wanted, JdbcTesting.NIGHT.plusDays(1)).failure()).isPresent();
    testing.store.heal();
    assertThat(testing.lines(testing.collect(wanted, JdbcTesting.NIGHT.plusDays(1)))).hasSize(1);
  }

  @Test
  void rowsThatTheIncrementCannotSeeAreTold() {
    server.run(
        "create table s.t (id int primary key, n int)", "insert into s.t values (1, 1), (2, null)");
    Wanted wanted = Wanted.table(server, "s", "t").above("n");
    CollectResult result = testing.collect(wanted, JdbcTesting.NIGHT);
    assertThat(testing.lines(result)).containsExactly("{\"id\":1,\"n\":1}");
    assertThat(result.notes()).singleElement().asString().contains("column n are never taken");
    server.run("delete from s.t where n is null", "alter table s.t alter n set not null");
    assertThat(testing.collect(wanted, JdbcTesting.NIGHT).notes()).isEmpty();
  }

  @Test
  void newRowsMayComeInPartsToo() {
    server.run(
        "create table s.t (id numeric primary key)",
        "insert into s.t select i from generate_series(1, 100) i");
    Wanted wanted = Wanted.table(server, "s", "t").above("id").parts("id", 4);
    assertThat(testing.lines(testing.collect(wanted, JdbcTesting.NIGHT))).hasSize(100);
    server.run("insert into s.t values (100.5), (101), (1e20)");
    CollectResult more = testing.collect(wanted, JdbcTesting.NIGHT.plusDays(1));
    // Ranges of 2^65: 1e20 is in the third.
    assertThat(testing.files(more.delivery().orElseThrow()))
        .containsExactly(
            Map.entry("rows_20260311/part-0001.ndjson", "{\"id\":\"100.5\"}\n{\"id\":\"101\"}\n"),
            Map.entry("rows_20260311/part-0003.ndjson", "{\"id\":\"100000000000000000000\"}\n"));
  }

  @Test
  void partsOfTimesAndOfNothingToDivide() throws IOException {
    server.run(
        "create table s.t (id int primary key, d date, at timestamp, n numeric)",
        """
        insert into s.t select i, date '2026-01-01' + i, timestamp '2026-01-01' + i * interval '1 h',
          'NaN' from generate_series(1, 100) i""",
        "insert into s.t values (101, null, null, null)");
    for (String column : List.of("d", "at", "n")) {
      testing = new JdbcTesting(Files.createDirectory(dir.resolve(column)));
      CollectResult result =
          testing.collect(Wanted.table(server, "s", "t").parts(column, 3), JdbcTesting.NIGHT);
      assertThat(testing.lines(result)).hasSize(101).doesNotHaveDuplicates();
      assertThat(testing.files(result.delivery().orElseThrow())).hasSize(3);
    }
  }

  @Test
  void namesAreQuotedWhateverTheyAre() {
    server.run(
        "create table s.\"Trạm \"\"1\"\"; drop table x\" (\"Mã'số\" int primary key, \"Tên\" text)",
        "insert into s.\"Trạm \"\"1\"\"; drop table x\" values (1, 'Hà Nội')");
    CollectResult result =
        testing.collect(
            Wanted.table(server, "s", "Trạm \"1\"; drop table x").key("Mã'số"), JdbcTesting.NIGHT);
    assertThat(testing.lines(result)).containsExactly("{\"Mã'số\":1,\"Tên\":\"Hà Nội\"}");
  }

  @Test
  void aQueryIsReadAsATableIs() {
    server.run(
        "create table s.t (id int primary key, v int)", "insert into s.t values (1, 2), (2, 3)");
    CollectResult result =
        testing.collect(
            Wanted.query(
                server, "with w as (select * from s.t) select id, v * 2 as twice from w -- x"),
            JdbcTesting.NIGHT);
    assertThat(testing.lines(result))
        .containsExactly("{\"id\":1,\"twice\":4}", "{\"id\":2,\"twice\":6}");
  }

  @Test
  void nothingIsWritten() {
    server.run(
        "create table s.t (id int primary key)",
        """
        create function s.f() returns int language sql volatile
          as 'insert into s.t values (1) returning id'""");
    for (String query :
        List.of(
            "select s.f() as id",
            "with w as (insert into s.t values (2) returning id) select id from w",
            "select 1 as id) q; commit; insert into s.t values (3); select * from (select 1 as id",
            "select nextval('s.q') as id")) {
      server.run("create sequence if not exists s.q");
      assertThat(testing.failure(Wanted.query(server, query)))
          .as(query)
          .hasMessageStartingWith("TNMT-1001")
          .satisfies(JdbcPostgresTest::tellsNoPassword);
    }
    assertThat(server.ask("select count(*) from s.t")).isEqualTo("0");
  }

  @Test
  void whatIsWrongIsSaid() throws IOException {
    server.run("create table s.t (id int primary key, v text)", "insert into s.t values (1, 'x')");
    assertThat(testing.failure(Wanted.table(server, "s", "nope")))
        .hasMessageStartingWith("TNMT-1002")
        .hasMessageContaining("nope")
        .hasMessageContaining("feeds.yaml:1");
    assertThat(testing.failure(Wanted.table(server, "s", "t").key("ix")))
        .hasMessageStartingWith("TNMT-1002")
        .hasMessageContaining("no column 'ix'")
        .hasMessageContaining("'id'");
    assertThat(testing.failure(Wanted.table(server, "s", "t").geometry("geom")))
        .hasMessageContaining("no column 'geom'");
    assertThat(testing.failure(Wanted.table(server, "s", "t").above("v")))
        .hasMessageStartingWith("TNMT-2006")
        .hasMessageContaining("text");
    assertThat(testing.failure(Wanted.table(server, "s", "t").parts("v", 2)))
        .hasMessageStartingWith("TNMT-2006");
    assertThat(testing.failure(Wanted.query(server, "select 1 as id, 2 as id")))
        .hasMessageContaining("two columns are named 'id'");
    assertThat(
            testing.failure(
                Wanted.query(server, "select 1 as id, pg_sleep(30)::text as s")
                    .statement(Duration.ofSeconds(1))))
        .hasMessageStartingWith("TNMT-1001")
        .hasMessageContaining("statementSeconds");
    assertThat(testing.failure(Wanted.table(server, "s", "t").url("jdbc:mysql://127.0.0.1:1/d")))
        .hasMessageStartingWith("TNMT-5007")
        .hasMessageContaining("jdbc:mysql:")
        .hasMessageContaining("jars/");
    assertThat(
            testing.failure(
                Wanted.query(
                        server, "select i as id, repeat('x', 1000) from generate_series(1, 2000) i")
                    .policy(
                        new TransferPolicy(
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(5),
                            Duration.ofMinutes(1),
                            0,
                            1 << 20))))
        .hasMessageStartingWith("TNMT-1001")
        .hasMessageContaining("maxFileMB");
    testing.password("wrong but secret");
    TnmtException wrong = testing.failure(Wanted.table(server, "s", "t"));
    assertThat(wrong.code()).isEqualTo(ErrorCode.SOURCE_UNREADABLE);
    assertThat(wrong).hasMessageContaining("28P01");
    assertThat(JdbcTesting.trace(wrong)).doesNotContain("wrong but secret");
    assertThat(testing.spooled()).isZero();
  }

  @Test
  void aServerThatIsNotThereIsTriedAFewTimes() {
    TnmtException failure =
        testing.failure(
            Wanted.table(server, "s", "t")
                .url("jdbc:postgresql://127.0.0.1:1/postgres")
                .policy(
                    new TransferPolicy(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(1),
                        1,
                        1)));
    assertThat(failure)
        .hasMessageStartingWith("TNMT-1001")
        .satisfies(JdbcPostgresTest::tellsNoPassword);
  }

  private static void tellsNoPassword(Throwable failure) {
    assertThat(JdbcTesting.trace(failure)).doesNotContain(DatabaseServer.PASSWORD);
  }
}
