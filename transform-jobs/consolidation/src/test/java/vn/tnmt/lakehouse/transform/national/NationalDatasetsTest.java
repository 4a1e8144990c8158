package vn.tnmt.lakehouse.transform.national;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.core.config.Setting;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.contract.Kind;
import vn.tnmt.lakehouse.transform.page.Words;

/** What is declared of national datasets is checked before anything runs. */
class NationalDatasetsTest {
  private static final String HOURLY = "national.air_quality_hourly";
  private static final String DAILY = "national.air_quality_daily";
  private static final String CLASS = Declared.class.getName();

  /** Nothing but a declaration. */
  private record Declared(
      String table, List<String> unit, List<Input> inputs, List<Policy<?>> policies)
      implements NationalDataset {
    static Declared of(String table, String unit, Input... inputs) {
      return new Declared(table, List.of(unit), List.of(inputs), List.of());
    }

    @Override
    public Dataset<Row> compute(Reads reads, Dataset<Row> affected, Policies policies) {
      throw new UnsupportedOperationException();
    }
  }

  private static Input whole(String dataset) {
    return Input.of(dataset, NationalDatasetsTest::none, Reach.ALL);
  }

  private static Dataset<Row> none(Changes changes, Reads reads) {
    throw new UnsupportedOperationException();
  }

  private static final Declared GOOD =
      Declared.of("national.station", "station_code", whole("monitoring.station"));

  /** The dataset among good ones, one for each other national contract. */
  private static List<NationalDataset> among(NationalDataset... datasets) {
    List<NationalDataset> all = new ArrayList<>(List.of(datasets));
    List<String> given = Stream.of(datasets).map(NationalDataset::table).toList();
    for (Contract contract : Contracts.bundled().all()) {
      if (contract.kind() == Kind.NATIONAL && !given.contains(contract.dataset())) {
        all.add(
            Declared.of(contract.dataset(), contract.key().get(0), whole("monitoring.station")));
      }
    }
    return all;
  }

  private static NationalDatasets check(NationalDataset... datasets) {
    return NationalDatasets.of(among(datasets), Contracts.bundled());
  }

  private static void refused(NationalDataset dataset, String message) {
    assertThatThrownBy(() -> check(dataset)).hasMessage("TNMT-2011 " + message);
  }

  @Test
  void eachComesAfterThoseThatItIsComputedFrom() {
    NationalDatasets datasets =
        check(
            Declared.of(DAILY, "station_code", whole(HOURLY)),
            Declared.of(HOURLY, "station_code", whole("national.station")));
    assertThat(datasets.all())
        .extracting(NationalDataset::table)
        .containsSubsequence("national.station", HOURLY, DAILY);
    assertThat(datasets.computations().get(DAILY).inputs()).containsExactly(HOURLY);
  }

  @Test
  void aCycleIsToldWithItsPath() {
    assertThatThrownBy(
            () ->
                check(
                    Declared.of(HOURLY, "station_code", whole(DAILY)),
                    Declared.of(DAILY, "station_code", whole("national.station"), whole(HOURLY))))
        .hasMessage(
            "TNMT-2011 %s is computed from itself: %s → %s → %s (%s.inputs()): take one of these inputs away",
            DAILY, DAILY, HOURLY, DAILY, CLASS);
    refused(
        Declared.of(DAILY, "station_code", whole(DAILY)),
        DAILY
            + " is computed from itself: %s → %s (%s.inputs()): take one of these inputs away"
                .formatted(DAILY, DAILY, CLASS));
  }

  @Test
  void anUnknownInputIsToldWithTheNearestName() {
    refused(
        Declared.of(DAILY, "station_code", whole("monitoring.statoin")),
        "%s has an unknown input 'monitoring.statoin' (%s.inputs()): did you mean 'monitoring.station'?"
            .formatted(DAILY, CLASS));
  }

  @Test
  void onlyStandardAndComputedTablesAreInputs() {
    refused(
        Declared.of(DAILY, "station_code", whole("ops.delivery")),
        "%s has the input ops.delivery, which is neither standard nor computed (%s.inputs()): use a standard dataset or a registered national one"
            .formatted(DAILY, CLASS));
  }

  @Test
  void inputsAreThereAndNamedOnce() {
    refused(
        Declared.of(DAILY, "station_code"),
        "%s has no input (%s.inputs()): name the tables it is computed from"
            .formatted(DAILY, CLASS));
    refused(
        Declared.of(
            DAILY, "station_code", whole("monitoring.station"), whole("monitoring.station")),
        "%s names monitoring.station twice (%s.inputs()): name it once".formatted(DAILY, CLASS));
  }

  @Test
  void aUnitIsNeverNull() {
    assertThatThrownBy(() -> check(Declared.of(DAILY, "driver", whole(HOURLY))))
        .hasMessageStartingWith("TNMT-2011 " + DAILY + " may be null in 'driver'")
        .hasMessageContaining(CLASS + ".unit()");
  }

  @Test
  void unitsAreColumns() {
    refused(
        Declared.of(DAILY, "station_cod", whole("monitoring.station")),
        "%s has no column 'station_cod' (%s.unit()): did you mean 'station_code'?"
            .formatted(DAILY, CLASS));
    refused(
        new Declared(DAILY, List.of(), List.of(whole("monitoring.station")), List.of()),
        "%s has no unit (%s.unit()): name the columns it is computed by".formatted(DAILY, CLASS));
  }

  @Test
  void aReachIsByAColumnOfTheInputAndOneOfTheUnit() {
    refused(
        Declared.of(
            DAILY,
            "local_date",
            Input.of(
                "monitoring.observation",
                NationalDatasetsTest::none,
                Reach.days("observed_no", "local_date", 1, 0))),
        "%s needs the column 'observed_no' of monitoring.observation, which has none (%s.inputs()): did you mean 'observed_on'?"
            .formatted(DAILY, CLASS));
    refused(
        Declared.of(
            DAILY,
            "station_code",
            Input.of(
                "monitoring.observation",
                NationalDatasetsTest::none,
                Reach.days("observed_on", "local_date", 1, 0))),
        "%s reaches monitoring.observation by 'local_date', no unit column (%s.inputs()): use one of [station_code]"
            .formatted(DAILY, CLASS));
  }

  @Test
  void whatIsInForceHasAValidity() {
    assertThatThrownBy(
            () ->
                check(
                    Declared.of(
                        DAILY,
                        "station_code",
                        Input.inForce("monitoring.station", NationalDatasetsTest::none))))
        .hasMessageStartingWith(
            "TNMT-2011 %s needs the column 'valid_from' of monitoring.station, which has none (%s.inputs())",
            DAILY, CLASS);
  }

  @Test
  void aPolicyBeginsWithItsDataset() {
    Policy<Integer> policy =
        Policy.integer(
            Policy.setting("air.hours", Setting.Type.integer(1, 24), "18", "Hours."),
            Words.NONE,
            hours -> Words.NONE,
            Words.NONE);
    refused(
        new Declared(
            DAILY, List.of("station_code"), List.of(whole("monitoring.station")), List.of(policy)),
        "%s has a policy 'air.hours' (%s.policies()): begin its key with '%s.'"
            .formatted(DAILY, CLASS, DAILY));
  }

  @Test
  void oneTableHasOneClass() {
    assertThatThrownBy(() -> check(GOOD, GOOD))
        .hasMessage(
            "TNMT-2011 national.station is computed by %s, too (%s.table()): keep one",
            CLASS, CLASS);
  }

  @Test
  void aNationalContractIsComputedBySomebody() {
    List<NationalDataset> without =
        among(GOOD).stream().filter(dataset -> !dataset.table().equals(DAILY)).toList();
    assertThatThrownBy(() -> NationalDatasets.of(without, Contracts.bundled()))
        .hasMessageStartingWith("TNMT-2011 " + DAILY + " has a contract, but nobody computes it")
        .hasMessageContaining("contracts/national/air_quality_daily.yaml");
  }

  @Test
  void aTableHasANationalContract() {
    refused(
        Declared.of("national.sttion", "station_code", whole("monitoring.station")),
        "national.sttion has no contract (%s.table()): did you mean 'national.station'?"
            .formatted(CLASS));
    assertThatThrownBy(
            () -> check(Declared.of("water.sample", "sample_point", whole("monitoring.station"))))
        .hasMessageStartingWith("TNMT-2011 water.sample is not of zone national in ")
        .hasMessageContaining("contracts/water/sample.yaml");
  }
}
