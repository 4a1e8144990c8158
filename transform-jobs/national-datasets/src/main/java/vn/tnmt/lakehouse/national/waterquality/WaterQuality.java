package vn.tnmt.lakehouse.national.waterquality;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;
import vn.tnmt.lakehouse.core.config.Setting;
import vn.tnmt.lakehouse.national.Quarantined;
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
 *   <li>A result that was not detected is one fact, whether the laboratory writes {@code <0.01} or
 *       {@code KPH}, of which nobody knows the limit. Both count alike, by policy ({@link
 *       NotDetected}).
 *   <li>{@code quarantined} counts the parameters that are in quarantine and in whose place nothing
 *       was accepted.
 *   <li>The position of a sample is that of its first parameter by name; the administrative units
 *       are those in force on {@code asOf}, not those of the day of the sample, so that old samples
 *       appear under today's provinces.
 * </ul>
 */
public final class WaterQuality implements NationalDataset {
  private static final String SAMPLE = "water.sample";
  private static final String UNIT = "admin.unit";
  private static final String TEMPERATURE = "water_temp";

  /** What bears on an index. */
  private static final String[] PARAMETERS =
      Stream.concat(
              Stream.of(TEMPERATURE),
              Arrays.stream(WqiParameter.values()).flatMap(p -> p.parameters().stream()))
          .toArray(String[]::new);

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

  static final Policy<NotDetected> NOT_DETECTED =
      new Policy<>(
          Policy.setting(
              "national.water_quality.notDetected",
              Setting.Type.choice("zero", "missing"),
              "zero",
              "What a result that was not detected counts as, '<limit' and KPH alike: zero, or not at"
                  + " all (house policy)."),
          text -> NotDetected.valueOf(text.toUpperCase(Locale.ROOT)),
          new Words(
              "Kết quả không phát hiện (<giới hạn, KPH)", "Results not detected (<limit, KPH)"),
          choice ->
              choice == NotDetected.ZERO
                  ? new Words("tính là 0, như nhau", "count as 0, alike")
                  : new Words("không tính, như nhau", "do not count, alike"),
          new Words(
              "Quy ước nội bộ; toàn văn quyết định chưa được đối chiếu",
              "House policy; the decision's full text was not compared"));

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
        Input.quarantine(
            "sampled_on", (changes, reads) -> quarantined(Quarantined.images(changes))),
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

  private static Dataset<Row> quarantined(Dataset<Row> quarantine) {
    return Quarantined.keys(
            quarantine,
            SAMPLE,
            "sample_point STRING, sampled_on DATE, parameter STRING",
            "sampled_on")
        .where(col("parameter").isin((Object[]) PARAMETERS));
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public List<Policy<?>> policies() {
    return List.of(WEIGHTING, NOT_DETECTED);
  }

  @Override
  public Optional<ReportSection> section() {
    return Optional.of(new WaterQualitySection());
  }

  @Override
  public Dataset<Row> compute(Reads reads, Dataset<Row> affected, Policies policies) {
    return compute(
        reads.table(SAMPLE),
        reads.table(Input.QUARANTINE),
        reads.table(UNIT),
        reads.asOf(),
        affected,
        policies.get(WEIGHTING),
        policies.get(NOT_DETECTED));
  }

  /**
   * The rows of the affected samples.
   *
   * @param samples {@code water.sample} of the affected days
   * @param quarantine {@code ops.quarantine}
   * @param units {@code admin.unit}
   * @param affected {@code sample_point string, sampled_on date}
   * @param weighting recorded in {@code weighting}
   * @return the columns of {@code national.water_quality}
   */
  public static Dataset<Row> compute(
      Dataset<Row> samples,
      Dataset<Row> quarantine,
      Dataset<Row> units,
      LocalDate asOf,
      Dataset<Row> affected,
      Weighting weighting,
      NotDetected notDetected) {
    UDF1<Seq<Row>, Row> index = results -> index(results, weighting, notDetected);
    Dataset<Row> indices =
        samples
            .select("sample_point", "sampled_on", "parameter", "value", "qualifier", "lon", "lat")
            .withColumn("kept_back", lit(false))
            .unionByName(quarantined(quarantine).withColumn("kept_back", lit(true)), true)
            .join(
                affected.select("sample_point", "sampled_on").distinct(),
                new String[] {"sample_point", "sampled_on"},
                "leftsemi")
            .groupBy("sample_point", "sampled_on")
            .agg(
                array_sort(
                        collect_list(
                            when(
                                not(col("kept_back")),
                                struct(
                                    col("parameter"),
                                    col("value"),
                                    col("qualifier"),
                                    col("lon"),
                                    col("lat")))))
                    .as("results"),
                collect_set(when(col("kept_back"), col("parameter"))).as("kept_back"))
            .where("size(results) > 0") // a sample of which nothing was accepted has no place
            .select(
                col("sample_point"),
                col("sampled_on"),
                expr("get(results, 0).lon").as("lon"),
                expr("get(results, 0).lat").as("lat"),
                udf(index, schema()).apply(col("results")).as("index"),
                expr("size(array_except(kept_back, transform(results, r -> r.parameter)))")
                    .as("quarantined"));
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
            col("index.no_index_reason"),
            lit(notDetected.code()).as("not_detected"),
            col("quarantined"));
  }

  private static StructType schema() {
    StructType type = new StructType().add("wqi", DataTypes.IntegerType);
    for (WqiGroup group : WqiGroup.values()) {
      type = type.add("wqi_" + group.name().toLowerCase(Locale.ROOT), DataTypes.DoubleType);
    }
    return type.add("groups_present", DataTypes.IntegerType)
        .add("no_index_reason", DataTypes.StringType);
  }

  private static Row index(Seq<Row> results, Weighting weighting, NotDetected notDetected) {
    Map<WqiParameter, Double> values = new EnumMap<>(WqiParameter.class);
    double temperature = Double.NaN;
    for (Row result : CollectionConverters.asJava(results)) {
      String parameter = result.getAs("parameter");
      Double value =
          NotDetected.qualifies(result.getAs("qualifier"))
              ? notDetected.of(parameter)
              : result.<Double>getAs("value");
      if (value == null || !(value >= 0)) {
        continue; // before two names of one parameter are added up
      }
      if (parameter.equals(TEMPERATURE)) {
        temperature = value;
      }
      WqiParameter.of(parameter).ifPresent(p -> values.merge(p, value, Double::sum));
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
