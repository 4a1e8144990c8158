package vn.tnmt.lakehouse.national.station;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.tnmt.lakehouse.spatial.Units.box;
import static vn.tnmt.lakehouse.spatial.Units.commune;
import static vn.tnmt.lakehouse.spatial.Units.province;

import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.spatial.Units;

@Tag("slow")
class StationsTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  @Test
  void theRegistersProvinceIsComparedWithTheOneTheStationLiesIn() {
    Dataset<Row> units =
        Units.of(
            LAKE.spark(),
            province("01", box(105, 20, 106, 21)),
            commune("00004", "01", box(105, 20, 105.5, 21)));
    StructType register =
        new StructType()
            .add("station_code", DataTypes.StringType)
            .add("name", DataTypes.StringType)
            .add("province_code", DataTypes.StringType)
            .add("station_type", DataTypes.StringType)
            .add("lon", DataTypes.DoubleType)
            .add("lat", DataTypes.DoubleType)
            .add("geohash", DataTypes.StringType)
            .add("active_from", DataTypes.DateType);
    Dataset<Row> stations =
        LAKE.spark()
            .createDataFrame(
                List.of(
                    RowFactory.create(
                        "24KK001", "Bắc Ninh", "24", "ambient_air", 105.9, 20.5, "w7er", null),
                    RowFactory.create(
                        "01KK001", "Hà Nội", "01", "ambient_air", 105.2, 20.5, "w7ep", null),
                    RowFactory.create(
                        "48NM001", "Đà Nẵng", "48", "surface_water", 108.2, 16.0, "w6ug", null)),
                register);

    Dataset<Row> national = Stations.compute(stations, units, LocalDate.of(2026, 11, 22));

    assertThat(national.columns())
        .containsExactly(
            "station_code",
            "name",
            "province_code",
            "station_type",
            "lon",
            "lat",
            "geohash",
            "located_province_code",
            "located_commune_code",
            "province_agrees");
    assertThat(national.collectAsList())
        .containsExactlyInAnyOrder(
            RowFactory.create(
                "01KK001", "Hà Nội", "01", "ambient_air", 105.2, 20.5, "w7ep", "01", "00004", true),
            RowFactory.create(
                "24KK001", "Bắc Ninh", "24", "ambient_air", 105.9, 20.5, "w7er", "01", null, false),
            RowFactory.create(
                "48NM001",
                "Đà Nẵng",
                "48",
                "surface_water",
                108.2,
                16.0,
                "w6ug",
                null,
                null,
                null));
  }
}
