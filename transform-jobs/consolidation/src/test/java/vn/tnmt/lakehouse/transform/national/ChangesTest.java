package vn.tnmt.lakehouse.transform.national;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;

/** Parcels with a land use: what an aggregate by land use has to know of a night. */
class ChangesTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  private static Dataset<Row> parcels(String values) {
    return LAKE.spark().sql("select * from values " + values + " as t(parcel, use, area)");
  }

  private static Changes changes() {
    return Changes.between(
        "land.toy",
        parcels("('1', 'LUC', 100D), ('2', 'ODT', 50D), ('3', null, 1D), ('4', 'CLN', 7D)"),
        parcels("('1', 'ODT', 100D), ('2', 'ODT', 60D), ('3', null, 1D), ('5', 'CLN', 7D)")
            .select("area", "use", "parcel"),
        List.of("parcel"));
  }

  @Test
  void whatIsEqualHasNotChangedAndTheRestHasBothImages() {
    assertThat(
            changes()
                .rows()
                .selectExpr("change", "before.parcel", "before.use", "after.use", "after.area")
                .collectAsList())
        .extracting(Object::toString)
        .containsExactlyInAnyOrder(
            "[replaced,1,LUC,ODT,100.0]",
            "[replaced,2,ODT,ODT,60.0]",
            "[removed,4,CLN,null,null]",
            "[inserted,null,null,CLN,7.0]");
  }

  /** The parcel that became ODT touches LUC, which it left, and ODT, which it came to. */
  @Test
  void bothGroupsOfAnAttributeAreTouched() {
    assertThat(changes().in("use").images("use").distinct().collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("LUC", "ODT", "CLN");
    assertThat(
            changes()
                .in("use")
                .rows()
                .selectExpr("coalesce(after.parcel, before.parcel)")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .as("parcel 2 kept its use")
        .containsExactlyInAnyOrder("1", "4", "5");
  }

  @Test
  void beforeAndAfterAreWholeRows() {
    assertThat(changes().before().columns()).containsExactly("parcel", "use", "area");
    assertThat(changes().before().count()).isEqualTo(3);
    assertThat(changes().after().count()).isEqualTo(3);
    assertThat(
            Changes.inserted("land.toy", parcels("('1', 'LUC', 1D)"))
                .in("use")
                .images("use")
                .count())
        .isEqualTo(1);
  }
}
