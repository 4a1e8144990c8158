package vn.tnmt.lakehouse.ingestion.collect.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Secret;
import vn.tnmt.lakehouse.ingestion.collect.transfer.TransferPolicy;
import vn.tnmt.lakehouse.ingestion.feed.Place;

class JdbcTypeTest {
  private static final String LEAST =
      """
      type: jdbc
      url: jdbc:postgresql://db.example/tnmt?sslmode=require
      user: reader
      password: {env: DB_PASSWORD}
      table: public.tram_do
      key: id
      """;

  @Test
  void everyKeyArrives() throws Exception {
    Jdbc table =
        parse(
            LEAST
                + """
                name: tram
                mode: incremental
                incrementColumn: cap_nhat
                partition: {column: id, parts: 8}
                geometry: geom
                fetchSize: 50
                statementSeconds: 30
                limits: {retries: 1}
                """);
    assertThat(table)
        .isEqualTo(
            new Jdbc(
                "jdbc:postgresql://db.example/tnmt?sslmode=require",
                "reader",
                new Secret(Secret.Source.ENV, "DB_PASSWORD", new Place("f.yaml", 4)),
                List.of("public", "tram_do"),
                "",
                "tram",
                List.of("id"),
                "cap_nhat",
                new Jdbc.Partition("id", 8),
                "geom",
                50,
                Duration.ofSeconds(30),
                new TransferPolicy(
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(60),
                    1,
                    20L << 30)));
    assertThat(table.pattern()).hasToString("tram_{day}/part-{part}.ndjson");
    assertThat(table.pattern().dated()).isFalse();
    assertThat(table.pattern().match("tram_20260310_002/part-0001.ndjson").orElseThrow().groups())
        .containsEntry("day", "20260310_002");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(table);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(table);
    }
  }

  @Test
  void theRestHasItsUsualValue() {
    Jdbc table = parse(LEAST);
    assertThat(table.incremental()).isFalse();
    assertThat(table.partition()).isEqualTo(Jdbc.Partition.NONE);
    assertThat(table.geometry()).isEmpty();
    assertThat(table.fetchSize()).isEqualTo(1000);
    assertThat(table.statement()).isEqualTo(Duration.ofMinutes(10));
    assertThat(table.limits()).isEqualTo(TransferPolicy.USUAL);
    assertThat(table.pattern()).hasToString("tram_do.ndjson");
    assertThat(table.location())
        .isEqualTo("jdbc:postgresql://db.example/tnmt?sslmode=require#public.tram_do");
    assertThat(parse(LEAST.replace("public.tram_do", "'x.Trạm {1}/*'")).pattern())
        .hasToString("Trạm__1___.ndjson");
    Jdbc query =
        parse(
            LEAST
                .replace("table: public.tram_do", "query: \"select ';' as a, 1 as id\"")
                .replace("key: id", "key: [a, id]"));
    assertThat(query.table()).isEmpty();
    assertThat(query.key()).containsExactly("a", "id");
    assertThat(query.pattern()).hasToString("rows.ndjson");
  }

  /** What is written in place of what, and what the error says. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "password: {env: DB_PASSWORD}|password: geheim|a secret must not stand",
        "password: {env: DB_PASSWORD}||password",
        "tnmt?sslmode=require|tnmt?password=geheim|must not stand in the address",
        "tnmt?sslmode=require|tnmt?a=b&user=u|must not stand in the address",
        "tnmt?sslmode=require|tnmt?sslpassword=geheim|must not stand in the address",
        "//db.example|//u:geheim@db.example|must not stand in the address",
        "jdbc:postgresql:|jdbc:oracle:|not a JDBC address that is supported",
        "jdbc:postgresql:|https:|not a JDBC address that is supported",
        "table: public.tram_do|table: a.b.c.d|not a table's name",
        "table: public.tram_do|table: public.|not a table's name",
        "table: public.tram_do|query: delete from t|one SELECT is expected",
        "table: public.tram_do|query: select 1; drop table t|one SELECT is expected",
        "key: id|key: id\\nquery: select 1 as id|table or query, not both",
        "key: id|key: []|different key columns",
        "key: id|key: [a, a]|different key columns",
        "key: id||key",
        "key: id|key: id\\nmode: incremental|incrementColumn",
        "key: id|key: id\\nincrementColumn: t|only with mode: incremental",
        "key: id|key: id\\nmode: full|full",
        "key: id|key: id\\npartition: {column: id}|parts",
        "key: id|key: id\\npartition: {column: id, parts: 1}|at least 2",
        "key: id|key: id\\npartition: {column: id, parts: 5000}|at most 1000",
        "key: id|key: id\\nfetchSize: 0|at least 1",
        "key: id|key: id\\nname: ../x|not fit for a file name",
        "key: id|key: id\\nnmae: x|name",
      })
  void whatIsWrongIsSaid(String found, String put, String says) {
    String text =
        LEAST.replace(found.replace("\\n", "\n"), put == null ? "" : put.replace("\\n", "\n"));
    assertThatThrownBy(() -> parse(text))
        .hasMessageContaining("f.yaml:")
        .hasMessageContaining(says)
        .hasMessageNotContaining("geheim");
  }

  private static Jdbc parse(String text) {
    return new JdbcType().parse(YamlNode.parse("f.yaml", text, ErrorCode.FEED_INVALID));
  }
}
