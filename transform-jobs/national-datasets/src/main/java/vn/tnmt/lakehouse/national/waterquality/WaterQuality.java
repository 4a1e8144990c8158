package vn.tnmt.lakehouse.national.waterquality;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;
import vn.tnmt.lakehouse.core.config.Setting;
import vn.tnmt.lakehouse.spatial.AdminAssignment;
import vn.tnmt.lakehouse.transform.index.NoIndexReason;
import vn.tnmt.lakehouse.transform.index.Values;
import vn.tnmt.lakehouse.transform.index.VnWqi;
import vn.tnmt.lakehouse.transform.index.WaterIndex;
import vn.tnmt.lakehouse.transform.index.Weighting;
import vn.tnmt.lakehouse.transform.index.WqiGroup;
import vn.tnmt.lakehouse.transform.index.WqiParameter;
import vn.tnmt.lakehouse.transform.national.Input;
import vn.tnmt.lakehouse.transform.national.NationalDataset;
import vn.tnmt.lakehouse.transform.national.Policies;
import vn.tnmt.lakehouse.transform.national.Policy;
import vn.tnmt.lakehouse.transform.national.Reach;
import vn.tnmt.lakehouse.transform.national.Reads;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.report.ReportSection;

/**
 * {@code national.water_quality}: VN_WQI of each sample, i.e. of each sample point and day.
 *
 * <ul>
 *   <li>A result below the detection limit ({@code qualifier '<'}) counts as the limit itself, the
 *       worst the water can be. This is house policy, on the safe side: a method too coarse for the
 *       table's first limit cannot show that water is clean. For DO, where less is worse, it counts
 *       as 0.
 *   <li>The position of a sample is that of its first parameter by name; the administrative units
 *       are those in force on {@code asOf}, not those of the day of the sample, so that old samples
 *       appear under today's provinces.
 * </ul>
 */
public final class WaterQuality implements NationalDataset {
  private static final String SAMPLE = "water.sample";
  private static final String UNIT = "admin.unit";
  private static final String TEMPERATURE = "water_temp";

  static final Policy<Weighting> WEIGHTING =
      new Policy<>(
          Policy.setting(
              "national.water_quality.weighting",
              Setting.Type.choice("unweighted", "weighted"),
              "unweighted",
              "Formula of VN_WQI over the groups (Quyết định 1460/QĐ-TCMT).",
              "water.weighting"),
          text -> Weighting.valueOf(text.toUpperCase(Locale.ROOT)),
          new Words("Công thức tổng hợp VN_WQI", "VN_WQI aggregation"),
          weighting ->
              weighting == Weighting.WEIGHTED
                  ? new Words(
                      "có trọng số (nhóm IV gấp đôi nhóm V)", "weighted (group IV twice group V)")
                  : new Words("không trọng số", "unweighted"),
          new Words(
              "Quyết định 1460/QĐ-TCMT; lựa chọn bằng cấu hình",
              "Decision 1460/QĐ-TCMT; chosen by configuration"));

  @Override
  public String table() {
    return "national.water_quality";
  }

  @Override
  public List<String> unit() {
    return List.of("sample_point", "sampled_on");
  }

  /** A corrected boundary reaches the samples within its bounds, old and new. */
  @Override
  public List<Input> inputs() {
    return List.of(
        Input.of(
            SAMPLE,
            (changes, reads) -> changes.images("sample_point", "sampled_on"),
            Reach.days("sampled_on", "sampled_on", 0, 0)),
        Input.inForce(
            UNIT,
            (changes, reads) ->
                AdminAssignment.touched(
                    reads.table(SAMPLE),
                    changes
                        .in("code", "level", "province_code", "geometry")
                        .images("xmin", "ymin", "xmax", "ymax")
                        .distinct())));
  }

  @Override
  public List<Policy<?>> policies() {
    return List.of(WEIGHTING);
  }

  @Override
  public Optional<ReportSection> section() {
    return Optional.of(new WaterQualitySection());
  }

  @Override
  public Dataset<Row> compute(Reads reads, Dataset<Row> affected, Policies policies) {
    return compute(
        reads.table(SAMPLE), reads.table(UNIT), reads.asOf(), affected, policies.get(WEIGHTING));
  }

  /**
   * The rows of the affected samples.
   *
   * @param samples {@code water.sample} of the affected days
   * @param units {@code admin.unit}
   * @param affected {@code sample_point string, sampled_on date}
   * @param weighting recorded in {@code weighting}
   * @return the columns of {@code national.water_quality}
   */
  public static Dataset<Row> compute(
      Dataset<Row> samples,
      Dataset<Row> units,
      LocalDate asOf,
      Dataset<Row> affected,
      Weighting weighting) {
    UDF1<Seq<Row>, Row> index = results -> index(results, weighting);
    Dataset<Row> indices =
        samples
            .join(
                affected.select("sample_point", "sampled_on").distinct(),
                new String[] {"sample_point", "sampled_on"},
                "leftsemi")
            .groupBy("sample_point", "sampled_on")
            .agg(
                array_sort(
                        collect_list(
                            struct(
                                col("parameter"),
                                col("value"),
                                col("qualifier"),
                                col("lon"),
                                col("lat"))))
                    .as("results"))
            .select(
                col("sample_point"),
                col("sampled_on"),
                expr("results[0].lon").as("lon"),
                expr("results[0].lat").as("lat"),
                udf(index, schema()).apply(col("results")).as("index"));
    return AdminAssignment.locate(indices, units, asOf)
        .select(
            col("sample_point"),
            col("sampled_on"),
            col("located_province_code").as("province_code"),
            col("located_commune_code").as("commune_code"),
            col("lon"),
            col("lat"),
            col("index.wqi"),
            col("index.wqi_i"),
            col("index.wqi_ii"),
            col("index.wqi_iii"),
            col("index.wqi_iv"),
            col("index.wqi_v"),
            lit(weighting.code()).as("weighting"),
            col("index.groups_present"),
            col("index.no_index_reason"));
  }

  private static StructType schema() {
    StructType type = new StructType().add("wqi", DataTypes.IntegerType);
    for (WqiGroup group : WqiGroup.values()) {
      type = type.add("wqi_" + group.name().toLowerCase(Locale.ROOT), DataTypes.DoubleType);
    }
    return type.add("groups_present", DataTypes.IntegerType)
        .add("no_index_reason", DataTypes.StringType);
  }

  private static Row index(Seq<Row> results, Weighting weighting) {
    Map<WqiParameter, Double> values = new EnumMap<>(WqiParameter.class);
    double temperature = Double.NaN;
    for (Row result : CollectionConverters.asJava(results)) {
      String parameter = result.getAs("parameter");
      Double value = result.getAs("value");
      if (value == null || !(value >= 0)) {
        continue; // before two names of one parameter are added up
      }
      if (parameter.equals(TEMPERATURE)) {
        temperature = value;
      }
      boolean belowDetection = "<".equals(result.getAs("qualifier"));
      WqiParameter.of(parameter)
          .ifPresent(
              p ->
                  values.merge(p, belowDetection && p == WqiParameter.DO ? 0 : value, Double::sum));
    }
    WaterIndex index = VnWqi.official().index(values, temperature, weighting);
    List<Object> row = new ArrayList<>();
    row.add(Values.orNull(index.wqi()));
    for (WqiGroup group : WqiGroup.values()) {
      row.add(Values.orNull(index.group(group)));
    }
    row.add(index.groups().size());
    row.add(index.reason().map(NoIndexReason::name).orElse(null));
    return RowFactory.create(row.toArray());
  }
}
