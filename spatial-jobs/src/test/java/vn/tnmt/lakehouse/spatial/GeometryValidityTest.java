package vn.tnmt.lakehouse.spatial;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.tnmt.lakehouse.spatial.Units.box;
import static vn.tnmt.lakehouse.spatial.Units.polygon;
import static vn.tnmt.lakehouse.spatial.Units.province;

import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;

@Tag("slow")
class GeometryValidityTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  /** {@link Units} writes the bounds 105 20 106 21 for every unit. */
  @Test
  void namesWhatIsWrong() {
    Dataset<Row> table =
        Units.of(
            LAKE.spark(),
            province("good", box(105, 20, 106, 21)),
            province("none", null),
            province("bow tie", polygon(105, 20, 106, 21, 106, 20, 105, 21, 105, 20)),
            province("empty", polygon()),
            province("bounds", box(105, 20, 106, 21.5)));

    Map<String, String> problems =
        GeometryValidity.problems(table).collectAsList().stream()
            .collect(Collectors.toMap(row -> row.getAs("code"), row -> row.getAs("problem")));

    assertThat(problems).containsOnlyKeys("bow tie", "empty", "bounds");
    assertThat(problems.get("bow tie")).startsWith("INVALID: Self-intersection");
    assertThat(problems).containsEntry("empty", "EMPTY").containsEntry("bounds", "BOUNDS");
  }

  @Test
  void aUnitOutsideOfVietnamIsNamed() {
    Dataset<Row> table =
        Units.of(LAKE.spark(), province("far", box(10, 50, 11, 51)))
            .selectExpr(
                "code", "geometry", "10D AS xmin", "50D AS ymin", "11D AS xmax", "51D AS ymax");
    assertThat(GeometryValidity.problems(table).first().<String>getAs("problem"))
        .isEqualTo("OUTSIDE");
  }
}
