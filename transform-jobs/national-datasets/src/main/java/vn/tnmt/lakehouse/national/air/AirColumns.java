package vn.tnmt.lakehouse.national.air;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.transform.index.AirIndex;
import vn.tnmt.lakehouse.transform.index.Pollutant;
import vn.tnmt.lakehouse.transform.index.Values;

/** What the hourly and the daily table have in common: {@code aqi, driver, aqi_pm25 … aqi_co}. */
public final class AirColumns {
  private AirColumns() {}

  /** {@code aqi_pm25} for {@code aqi} and PM2.5. */
  public static String of(String prefix, Pollutant pollutant) {
    return prefix + "_" + pollutant.name().toLowerCase(Locale.ROOT);
  }

  public static StructType index() {
    StructType type =
        new StructType().add("aqi", DataTypes.IntegerType).add("driver", DataTypes.StringType);
    for (Pollutant p : Pollutant.values()) {
      type = type.add(of("aqi", p), DataTypes.IntegerType);
    }
    return type;
  }

  /** Parameters in one text; null without any. */
  public static @Nullable String listed(Collection<String> parameters) {
    return parameters.isEmpty() ? null : String.join(", ", parameters);
  }

  /** What {@link #listed} made. */
  public static Stream<String> unlisted(@Nullable String parameters) {
    return parameters == null ? Stream.of() : Arrays.stream(parameters.split(", ", -1));
  }

  public static void add(AirIndex index, List<Object> row) {
    row.add(Values.orNull(index.aqi()));
    row.add(index.driver().map(Pollutant::parameter).orElse(null));
    for (Pollutant p : Pollutant.values()) {
      row.add(Values.orNull(index.subIndex(p)));
    }
  }
}
