package vn.tnmt.lakehouse.national;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.Settings;

/** The policies of national datasets are settings like others. */
class PolicySettingsTest {
  @TempDir Path dir;

  @Test
  void withoutAFileTheyHaveTheirDefaults() {
    Settings settings = Settings.load(Home.of(dir), Optional.empty());
    assertThat(settings.integer("national.air_quality_daily.hoursPer8")).isEqualTo(6);
    assertThat(settings.integer("national.air_quality_daily.hoursPerDay")).isEqualTo(18);
    assertThat(settings.number("national.air_quality_hourly.minutesPerHour")).isEqualTo(0.75);
    assertThat(settings.text("national.water_quality.weighting")).isEqualTo("unweighted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          air_quality_daily.hoursPer8: 9           | must lie between 1 and 8
          air_quality_daily.hoursPerDay: 0         | must lie between 1 and 24
          air_quality_daily.hoursPerDay: 17.5      | not a whole number
          air_quality_hourly.minutesPerHour: most  | not a number
          air_quality_hourly.minutesPerHour: 1.01  | must lie between
          water_quality.weighting: heavy           | must be one of unweighted, weighted
          """)
  void aValueOutOfItsRangeIsToldWithFileAndLine(String line, String complaint) {
    assertThatThrownBy(() -> load("spark.ui: false\nnational:\n  " + line + "\n"))
        .hasMessageStartingWith("TNMT-5002")
        .hasMessageContaining(line.substring(0, line.indexOf(':')))
        .hasMessageContaining(complaint)
        .hasMessageContaining("tnmt.yaml:3");
  }

  @ParameterizedTest
  @CsvSource({
    "air.completeness.hoursPer8: 6, national.air_quality_daily.hoursPer8",
    "air.completeness.hoursPerDay: 18, national.air_quality_daily.hoursPerDay",
    "air.completeness.minutesPerHour: 0.75, national.air_quality_hourly.minutesPerHour",
    "water.weighting: weighted, national.water_quality.weighting"
  })
  void aSettingOfTheOldFormIsToldWhatReplacedIt(String line, String now) {
    assertThatThrownBy(() -> load("spark.ui: false\n" + line + "\n"))
        .hasMessage(
            "TNMT-5001 không có tham số / there is no setting '%s' (%s:2): đã thay bằng / it was replaced by '%s'",
            line.substring(0, line.indexOf(':')), dir.resolve("tnmt.yaml"), now);
  }

  private Settings load(String text) throws IOException {
    return Settings.load(
        Home.of(dir.resolve("home")),
        Optional.of(Files.writeString(dir.resolve("tnmt.yaml"), text)));
  }
}
