package vn.tnmt.lakehouse.additions.toylanduse;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;
import vn.tnmt.lakehouse.core.config.Setting;
import vn.tnmt.lakehouse.transform.national.Input;
import vn.tnmt.lakehouse.transform.national.NationalDataset;
import vn.tnmt.lakehouse.transform.national.Policies;
import vn.tnmt.lakehouse.transform.national.Policy;
import vn.tnmt.lakehouse.transform.national.Reach;
import vn.tnmt.lakehouse.transform.national.Reads;
import vn.tnmt.lakehouse.transform.page.Figures;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.report.ReportSection;

/**
 * {@code national.toy_land_use}: plots and area by province and land use. Neither is part of a
 * plot's key: one that changes its use leaves a unit and comes to another.
 */
public final class ToyLandUse implements NationalDataset {
  private static final String PLOT = "toy.plot";

  private static final Policy<Double> SMALLEST_AREA =
      Policy.number(
          Policy.setting(
              "national.toy_land_use.smallestArea",
              Setting.Type.number(0, 10_000),
              "100",
              "Plots smaller than this, in m², do not count."),
          new Words("Lô nhỏ nhất được tính", "Smallest plot that counts"),
          area ->
              new Words(
                  Figures.decimal(area, 1).vi() + " m²", Figures.decimal(area, 1).en() + " m²"),
          new Words("quy ước nội bộ", "house policy"));

  @Override
  public String table() {
    return "national.toy_land_use";
  }

  @Override
  public List<String> unit() {
    return List.of("province_code", "land_use");
  }

  @Override
  public List<Input> inputs() {
    return List.of(
        Input.of(PLOT, (changes, reads) -> changes.images("province_code", "land_use"), Reach.ALL));
  }

  @Override
  public List<Policy<?>> policies() {
    return List.of(SMALLEST_AREA);
  }

  @Override
  public Optional<ReportSection> section() {
    return Optional.of(new ToyLandUseSection());
  }

  @Override
  public Dataset<Row> compute(Reads reads, Dataset<Row> affected, Policies policies) {
    return reads
        .table(PLOT)
        .where(col("area_m2").geq(policies.get(SMALLEST_AREA)))
        .join(affected, CollectionConverters.asScala(unit()).toSeq(), "left_semi")
        .groupBy("province_code", "land_use")
        .agg(count(lit(1)).as("plots"), sum("area_m2").divide(lit(10_000)).as("area_ha"));
  }
}
