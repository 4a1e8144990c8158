package vn.tnmt.lakehouse.transform.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StatementTablesTest {
  @Test
  void findsTablesWhereverAQueryReadsThem() {
    StatementTables tables =
        StatementTables.of(
            """
            WITH w AS (SELECT a FROM pinned.x.in_with)
            SELECT (SELECT max(b) FROM pinned.x.in_column) AS m
            FROM pinned.x.in_from f
            LEFT JOIN pinned.x.in_join j ON j.a = f.a
            JOIN w ON w.a = f.a
            WHERE f.a IN (SELECT a FROM pinned.x.in_where)
              AND EXISTS (SELECT 1 FROM (SELECT a FROM pinned.x.in_depth) d)
            UNION ALL SELECT a FROM pinned.x.in_union VERSION AS OF 3
            """);
    assertThat(tables.pinned())
        .containsExactlyInAnyOrder(
            "x.in_with",
            "x.in_column",
            "x.in_from",
            "x.in_join",
            "x.in_where",
            "x.in_depth",
            "x.in_union");
    assertThat(tables.direct()).isEmpty();
  }

  @Test
  void aTableThatIsNamedWithoutAHoleIsTold() {
    assertThat(StatementTables.of("SELECT 1 FROM lake.land.parcel, pinned.a.b").direct())
        .containsExactly("lake.land.parcel");
    assertThat(StatementTables.of("SELECT 1 FROM parquet.`/tmp/x`").direct()).hasSize(1);
  }

  @Test
  void onlyQueriesAreStatements() {
    assertThatThrownBy(() -> StatementTables.of("DROP TABLE pinned.a.b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is a query");
    assertThatThrownBy(() -> StatementTables.of("SELEC 1"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
