package vn.tnmt.lakehouse.core.lake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;

@Tag("slow")
final class LakehouseTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  @Test
  void createsAndMergesATableThroughSpark() {
    LAKE.sql("create namespace if not exists t");
    LAKE.sql("create table t.a using iceberg as select id, id * 2 as twice from range(3)");
    LAKE.sql(
        """
        merge into t.a using (select 2L as id, 40L as twice union all select 9L, 90L) s
        on a.id = s.id when matched then update set twice = s.twice
        when not matched then insert *""");
    assertThat(LAKE.sql("select * from t.a order by id"))
        .containsExactly(
            RowFactory.create(0L, 0L),
            RowFactory.create(1L, 2L),
            RowFactory.create(2L, 40L),
            RowFactory.create(9L, 90L));
  }

  @Test
  void storesObjects() {
    LAKE.lakehouse().store().put("landing/a/b.txt", "chào".getBytes(UTF_8));
    assertThat(new String(LAKE.lakehouse().store().get("landing/a/b.txt"), UTF_8))
        .isEqualTo("chào");
  }
}
