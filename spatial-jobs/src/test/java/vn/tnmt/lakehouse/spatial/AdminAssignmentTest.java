package vn.tnmt.lakehouse.spatial;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.tnmt.lakehouse.spatial.Units.box;
import static vn.tnmt.lakehouse.spatial.Units.commune;
import static vn.tnmt.lakehouse.spatial.Units.province;
import static vn.tnmt.lakehouse.spatial.Units.unit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;

/** Two provinces side by side, 01 west and 24 east of 106 E; the western one has two communes. */
@Tag("slow")
class AdminAssignmentTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

  @Test
  void eachPointGetsItsProvinceAndCommune() {
    List<Row> points =
        List.of(
            RowFactory.create("west", 105.2, 20.5),
            RowFactory.create("middle", 105.7, 20.5),
            RowFactory.create("province without communes", 106.5, 20.5),
            RowFactory.create("outside", 110.0, 15.0),
            // on shared boundaries: the lowest code
            RowFactory.create("between provinces", 106.0, 20.9),
            RowFactory.create("between communes", 105.5, 20.5),
            RowFactory.create("at the edge between communes", 105.5, 20.0));
    assertThat(located(nation(), points, TODAY))
        .containsExactlyInAnyOrder(
            "west 01/00004",
            "middle 01/00008",
            "province without communes 24/null",
            "outside null/null",
            "between provinces 01/00008",
            "between communes 01/00004",
            "at the edge between communes 01/00004");
  }

  @Test
  void theCommunesProvinceWinsOverAProvinceThatIsDrawnDifferently() {
    Dataset<Row> units =
        Units.of(
            LAKE.spark(),
            province("01", box(105, 20, 106.1, 21)),
            commune("07000", "24", box(106, 20, 106.5, 21)));
    assertThat(locate(units, 106.05, 20.5)).isEqualTo("24/07000");
  }

  @Test
  void onlyUnitsInForceOnTheDateCount() {
    Dataset<Row> units =
        Units.of(
            LAKE.spark(),
            unit("15", "province", "15", "2004-01-01", "2025-06-30", box(105, 20, 106, 21)),
            unit("10", "province", "10", "2025-07-01", null, box(105, 20, 106, 21)),
            unit("99", "province", "99", "2027-01-01", null, box(105, 20, 106, 21)));
    List<Row> point = List.of(RowFactory.create("a", 105.5, 20.5));
    assertThat(located(units, point, LocalDate.of(2025, 6, 30))).containsExactly("a 15/null");
    assertThat(located(units, point, LocalDate.of(2025, 7, 1))).containsExactly("a 10/null");
    assertThat(located(units, point, LocalDate.of(2003, 1, 1))).containsExactly("a null/null");
  }

  @Test
  void everyRowIsKeptOnceWhateverItsCoordinates() {
    List<Row> points =
        List.of(
            RowFactory.create("a", 105.2, 20.5),
            RowFactory.create("same place", 105.2, 20.5),
            RowFactory.create("no lon", null, 20.5),
            RowFactory.create("no position", null, null),
            RowFactory.create("not a number", Double.NaN, 20.5),
            RowFactory.create("infinite", Double.POSITIVE_INFINITY, 20.5),
            RowFactory.create("swapped", 20.5, 105.2));
    assertThat(located(nation(), points, TODAY))
        .containsExactlyInAnyOrder(
            "a 01/00004",
            "same place 01/00004",
            "no lon null/null",
            "no position null/null",
            "not a number null/null",
            "infinite null/null",
            "swapped null/null");
  }

  @Test
  void withoutUnitsNothingIsFound() {
    assertThat(locate(Units.of(LAKE.spark()), 105.2, 20.5)).isEqualTo("null/null");
  }

  /** Beyond what is broadcast, Sedona partitions both sides: the same answers. */
  @Test
  void manyPointsAreAssignedByArithmetic() {
    Random random = new Random(34);
    List<Row> points = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      double lon = 104.5 + random.nextDouble() * 3;
      double lat = 19.5 + random.nextDouble() * 2;
      boolean inside = lat > 20 && lat < 21 && lon > 105 && lon < 107;
      String where =
          !inside ? "null/null" : lon > 106 ? "24/null" : lon > 105.5 ? "01/00008" : "01/00004";
      points.add(RowFactory.create(String.valueOf(i), lon, lat));
      expected.add(i + " " + where);
    }
    String threshold = "sedona.join.autoBroadcastJoinThreshold";
    assertThat(located(nation(), points, TODAY)).containsExactlyInAnyOrderElementsOf(expected);
    LAKE.spark().conf().set(threshold, "-1");
    try {
      assertThat(located(nation(), points, TODAY)).containsExactlyInAnyOrderElementsOf(expected);
    } finally {
      LAKE.spark().conf().unset(threshold);
    }
  }

  private static Dataset<Row> nation() {
    return Units.of(
        LAKE.spark(),
        province("01", box(105, 20, 106, 21)),
        province("24", box(106, 20, 107, 21)),
        commune("00004", "01", box(105, 20, 105.5, 21)),
        commune("00008", "01", box(105.5, 20, 106, 21)),
        commune("07000", "24", null));
  }

  private static String locate(Dataset<Row> units, double lon, double lat) {
    return located(units, List.of(RowFactory.create("p", lon, lat)), TODAY).get(0).substring(2);
  }

  private static List<String> located(Dataset<Row> units, List<Row> points, LocalDate asOf) {
    return AdminAssignment.locate(Units.points(LAKE.spark(), points), units, asOf)
        .collectAsList()
        .stream()
        .map(
            row ->
                row.getString(0)
                    + " "
                    + row.getAs("located_province_code")
                    + "/"
                    + row.getAs("located_commune_code"))
        .toList();
  }
}
