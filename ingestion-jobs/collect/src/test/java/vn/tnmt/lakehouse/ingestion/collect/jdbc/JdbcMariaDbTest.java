package vn.tnmt.lakehouse.ingestion.collect.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.io.WKBWriter;
import vn.tnmt.lakehouse.ingestion.collect.CollectResult;
import vn.tnmt.lakehouse.ingestion.collect.jdbc.JdbcTesting.Wanted;
import vn.tnmt.lakehouse.ingestion.collect.transfer.TransferPolicy;

/** Against a real MariaDB. */
@Tag("slow")
class JdbcMariaDbTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path shared;
  private static DatabaseServer server;

  @TempDir Path dir;
  private JdbcTesting testing;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    server = DatabaseServer.mariaDb(shared);
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
    server.run("drop database d", "create database d character set utf8mb4", "use d");
  }

  @Test
  void everyTypeArrivesWithoutLoss() throws IOException {
    server.run(
        """
        create table d.t (id bigint unsigned primary key, a tinyint(1), i int, f float, dd double,
          n decimal(40,10), d date, dt datetime(6), ts timestamp(3) null, tm time(2), y year,
          b bit(12), bl blob, vb varbinary(10), j json, e enum('x','y'), s text, c varchar(9),
          u uuid, i4 inet4)""",
        """
        insert into d.t values (18446744073709551615, 2, -2147483648, 16777217.5, 1e300,
          123456789012345678901234567890.0123456789, '2026-02-28', '2026-02-28 01:02:03.000004',
          from_unixtime(1772215323.5), '-838:59:59.5', 2026, b'101', x'00ff10', x'01',
          '{"a": 1.10}', 'x', concat('a', char(0), 'b\\n" Hà Nội 😀'), '',
          '123e4567-e89b-12d3-a456-426614174000', '1.2.3.4')""",
        "set sql_mode = ''",
        "insert into d.t (id, d, dt) values (1, '0000-00-00', '0000-00-00 00:00:00')");
    List<String> lines =
        testing.lines(testing.collect(Wanted.table(server, "t"), JdbcTesting.NIGHT));
    assertThat(lines.get(0))
        .isEqualTo(
            "{\"id\":\"1\",\"a\":null,\"i\":null,\"f\":null,\"dd\":null,\"n\":null,"
                + "\"d\":\"0000-00-00\",\"dt\":\"0000-00-00T00:00:00.000000\",\"ts\":null,"
                + "\"tm\":null,\"y\":null,\"b\":null,\"bl\":null,\"vb\":null,\"j\":null,"
                + "\"e\":null,\"s\":null,\"c\":null,\"u\":null,\"i4\":null}");
    assertThat(lines.get(1))
        .contains("\"a\":2,\"i\":-2147483648,")
        .contains("\"y\":2026,\"b\":\"5\",\"bl\":\"AP8Q\",\"vb\":\"AQ==\",\"j\":{\"a\": 1.10},")
        .contains("\"s\":\"a\\u0000b\\n\\\" Hà Nội 😀\",\"c\":\"\",");
    JsonNode row = JSON.readTree(lines.get(1));
    Map.of(
            "id", "18446744073709551615",
            "n", "123456789012345678901234567890.0123456789",
            "d", "2026-02-28",
            "dt", "2026-02-28T01:02:03.000004",
            // 1772215323 by date -u
            "ts", "2026-02-27T18:02:03.500000Z",
            "tm", "-838:59:59.500000",
            "e", "x",
            "u", "123e4567-e89b-12d3-a456-426614174000",
            "i4", "1.2.3.4")
        .forEach((column, text) -> assertThat(row.get(column).textValue()).isEqualTo(text));
    // All 24 bits of the nearest float, of which the server would show six digits.
    assertThat(row.get("f").floatValue()).isEqualTo(16777218f);
    assertThat(row.get("dd").doubleValue()).isEqualTo(1e300);
  }

  @Test
  void geometriesArriveAsEwkb() throws IOException {
    server.run(
        "create table d.g (id int primary key, geom geometry, p point)",
        """
        insert into d.g values (1, ST_GeomFromText('POINT(105.5 21.25)', 4326), null),
          (2, ST_GeomFromText('POINT(1 2)'), ST_GeomFromText('POINT(105.5 21.25)', 3405))""");
    Point point = new GeometryFactory().createPoint(new Coordinate(105.5, 21.25));
    point.setSRID(4326);
    String lonLat = WKBWriter.toHex(new WKBWriter(2, 2, true).write(point));
    point.setSRID(3405);
    String vn2000 = WKBWriter.toHex(new WKBWriter(2, 2, true).write(point));
    Point plain = new GeometryFactory().createPoint(new Coordinate(1, 2));
    String none = WKBWriter.toHex(new WKBWriter(2, 2, false).write(plain));
    assertThat(
            testing.lines(
                testing.collect(
                    Wanted.table(server, "d", "g").geometry("geom"), JdbcTesting.NIGHT)))
        .containsExactly(
            "{\"id\":1,\"$geometry\":\"" + lonLat + "\",\"p\":null}",
            "{\"id\":2,\"$geometry\":\"" + none + "\",\"p\":\"" + vn2000 + "\"}");
  }

  @Test
  void partsSeeOneStateWhileOthersWrite() throws Exception {
    server.run(
        "create table d.t (id int primary key, v bigint)",
        "insert into d.t select seq, 1000 from seq_1_to_20000");
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger moves = new AtomicInteger();
    Thread writer =
        new Thread(
            () -> {
              try (Connection connection = server.connect();
                  Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                for (int i = 1; !done.get(); i++) {
                  // From one end of the table to the other.
                  statement.executeUpdate("update d.t set v = v - 7 where id = " + (1 + i % 5000));
                  statement.executeUpdate(
                      "update d.t set v = v + 7 where id = " + (15000 + i % 5000));
                  connection.commit();
                  moves.incrementAndGet();
                }
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    writer.start();
    try {
      CollectResult result =
          testing.collect(Wanted.table(server, "t").parts("id", 5).fetch(20), JdbcTesting.NIGHT);
      assertThat(testing.files(result.delivery().orElseThrow()).keySet())
          .hasSize(5)
          .allMatch(path -> path.matches("rows/part-000[1-5]\\.ndjson"));
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
  void onlyNewRowsAreTaken() {
    server.run(
        "create table d.t (id int primary key, at datetime(6), n bigint)",
        "insert into d.t values (1, '2026-03-01', 9007199254740992), (2, '2026-03-02', 5)");
    Wanted byTime = Wanted.table(server, "t").above("at");
    assertThat(testing.lines(testing.collect(byTime, JdbcTesting.NIGHT))).hasSize(2);
    assertThat(testing.collect(byTime, JdbcTesting.NIGHT).delivery()).isEmpty();
    server.run("insert into d.t values (3, '2026-03-02 00:00:00.000001', 9007199254740993)");
    CollectResult more = testing.collect(byTime, JdbcTesting.NIGHT);
    assertThat(testing.lines(more))
        .containsExactly(
            "{\"id\":3,\"at\":\"2026-03-02T00:00:00.000001\",\"n\":\"9007199254740993\"}");
    // Another column begins from the start.
    Wanted byNumber = Wanted.table(server, "t").above("n");
    assertThat(testing.lines(testing.collect(byNumber, JdbcTesting.NIGHT.plusDays(1)))).hasSize(3);
    server.run("insert into d.t values (4, null, 9007199254740993), (5, null, 9007199254740994)");
    assertThat(testing.lines(testing.collect(byNumber, JdbcTesting.NIGHT.plusDays(2))))
        .containsExactly("{\"id\":5,\"at\":null,\"n\":\"9007199254740994\"}");
  }

  @Test
  void aKilledConnectionBeginsAnew() throws Exception {
    server.run(
        "create table d.t (id int primary key, v text)",
        "insert into d.t select seq, repeat('x', 100) from seq_1_to_60000");
    AtomicInteger killed = new AtomicInteger();
    AtomicBoolean done = new AtomicBoolean();
    Thread killer =
        new Thread(
            () -> {
              try (Connection connection = server.connect();
                  Statement statement = connection.createStatement()) {
                while (!done.get() && testing.spooled() == 0) {
                  Thread.onSpinWait();
                }
                List<String> others = new ArrayList<>();
                try (ResultSet rows =
                    statement.executeQuery(
                        "select id from information_schema.processlist"
                            + " where user = 'u' and id <> connection_id()")) {
                  while (rows.next()) {
                    others.add(rows.getString(1));
                  }
                }
                for (String id : others) {
                  statement.execute("kill connection " + id);
                  killed.incrementAndGet();
                }
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    killer.start();
    try {
      List<String> lines =
          testing.lines(
              testing.collect(
                  Wanted.table(server, "t").parts("id", 4).fetch(2), JdbcTesting.NIGHT));
      assertThat(killed.get()).isPositive();
      assertThat(lines).hasSize(60_000).doesNotHaveDuplicates();
    } finally {
      done.set(true);
      killer.join();
    }
  }

  @Test
  void nothingIsWrittenAndWhatIsWrongIsSaid() throws IOException {
    server.run(
        "create table d.t (id int primary key)",
        "create function d.f() returns int modifies sql data"
            + " begin insert into d.t values (1); return 1; end");
    assertThat(testing.failure(Wanted.query(server, "select d.f() as id")))
        .hasMessageStartingWith("TNMT-1001")
        .hasMessageContaining("READ ONLY");
    assertThat(server.ask("select count(*) from d.t")).isEqualTo("0");
    assertThat(testing.failure(Wanted.table(server, "nope")))
        .hasMessageStartingWith("TNMT-1002")
        .hasMessageContaining("nope");
    assertThat(testing.failure(Wanted.table(server, "t").key("x")))
        .hasMessageContaining("no column 'x'");
    assertThat(
            testing.failure(
                Wanted.query(server, "select seq as id, sleep(1) as s from seq_1_to_100")
                    .policy(
                        new TransferPolicy(
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(2),
                            0,
                            1 << 20))))
        .hasMessageStartingWith("TNMT-1001")
        .hasMessageContaining("deadlineMinutes");
    testing.password("sai mà bí mật");
    assertThat(JdbcTesting.trace(testing.failure(Wanted.table(server, "t"))))
        .contains("TNMT-1001")
        .contains("28000")
        .doesNotContain("sai mà bí mật");
  }
}
