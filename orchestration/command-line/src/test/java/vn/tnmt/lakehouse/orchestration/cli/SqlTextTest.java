package vn.tnmt.lakehouse.orchestration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;

/** Times as people in Vietnam read them: 22:00 UTC is 05:00 of the next day. */
@Tag("slow")
class SqlTextTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  private static String csv(String sql) {
    StringWriter out = new StringWriter();
    new SqlSession(LAKE.spark(), "Asia/Ho_Chi_Minh")
        .run(sql, false, SqlCommand.Format.CSV, 10, new PrintWriter(out));
    return out.toString().split("\r?\n", -1)[1];
  }

  @Test
  void timesHaveTheirOffset() {
    assertThat(csv("SELECT TIMESTAMP'2026-03-13T22:00:00Z' AS t"))
        .isEqualTo("2026-03-14 05:00:00+07:00");
    assertThat(csv("SELECT TIMESTAMP'2026-03-13T22:00:00.25Z' AS t"))
        .isEqualTo("2026-03-14 05:00:00.25+07:00");
    assertThat(csv("SELECT CAST(NULL AS TIMESTAMP) AS t, DATE'2026-03-14' AS d, X'0aff' AS b"))
        .isEqualTo(",2026-03-14,0AFF");
  }

  @Test
  void timesWithinOtherValuesToo() {
    assertThat(csv("SELECT array(struct(1 AS n, TIMESTAMP'2026-03-13T22:00:00Z' AS t)) AS a"))
        .isEqualTo("\"[{1, 2026-03-14 05:00:00+07:00}]\"");
    assertThat(csv("SELECT map('k', TIMESTAMP'2026-03-13T22:00:00Z') AS m"))
        .isEqualTo("{k -> 2026-03-14 05:00:00+07:00}");
    assertThat(csv("SELECT if(false, struct(TIMESTAMP'2026-03-13T22:00:00Z' AS t), null) AS s"))
        .isEmpty();
  }

  @Test
  void aTimeIsReadInVietnamsZone() {
    assertThat(csv("SELECT TIMESTAMP'2026-03-14 05:00' = TIMESTAMP'2026-03-13T22:00:00Z' AS same"))
        .isEqualTo("true");
  }
}
