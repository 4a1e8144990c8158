package vn.tnmt.lakehouse.transform.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.transform.ParcelNights;
import vn.tnmt.lakehouse.transform.ParcelNights.Line;
import vn.tnmt.lakehouse.transform.ParcelNights.Night;

/** A record that is lost on its way into the tables is found out, and so is one too many. */
@Tag("slow")
class LedgerTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  private static ParcelNights parcels;

  @BeforeAll
  static void tables() {
    parcels = new ParcelNights(LAKE.lakehouse());
  }

  private static Night night(int day) {
    return parcels.night(
        LocalDate.of(2026, 3, day),
        new Line("d1", "a.csv", 2, "1", 100),
        new Line("d1", "a.csv", 3, "2", 200),
        new Line("d1", "a.csv", 4, "3", -1, "PAR-03"),
        new Line("d2", "b.csv", 2, "1", 100), // as d1 says
        new Line("d2", "b.csv", 3, "2", 250)); // corrects d1
  }

  @Test
  void everyRecordIsInOnePlace() {
    Night night = night(1);
    assertThat(new Ledger(night.tables()).record(List.of(night.settled()), night.deliveries()))
        .containsOnlyKeys("d1", "d2")
        .containsEntry("d1", new Counts(3, 1, 1, 0, 1, 0))
        .containsEntry("d2", new Counts(2, 1, 0, 1, 0, 0));
    assertThat(
            night
                .tables()
                .read("ops.delivery")
                .where("run_id = '2026-03-01-1'")
                .selectExpr("delivery_id", "received", "string(business_date)", "bytes")
                .orderBy("delivery_id")
                .collectAsList())
        .extracting(Object::toString)
        .containsExactly("[d1,3,2026-03-01,100]", "[d2,2,2026-03-01,100]");
  }

  @Test
  void whatIsQuarantinedKeepsItsKey() {
    Night night = night(5);
    new Ledger(night.tables()).record(List.of(night.settled()), night.deliveries());
    assertThat(
            night
                .tables()
                .read("ops.quarantine")
                .where("run_id = '2026-03-05-1'")
                .select("record_key")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .singleElement()
        .asString()
        .contains(
            "\"commune_code\":\"00004\"", "\"sheet_number\":\"7\"", "\"parcel_number\":\"3\"");
  }

  @Test
  void aRowTakenFromTheStandardTableIsMissed() {
    Night night = night(2);
    LAKE.sql("DELETE FROM " + night.tables().name("land.parcel") + " WHERE parcel_number = '2'");
    missed(night, "thua d2: received 2 ≠ accepted 0 + quarantined 0 + duplicate 1");
  }

  @Test
  void aRowThatIsInTheStandardTableTwiceIsOneTooMany() {
    Night night = night(3);
    String parcels = night.tables().name("land.parcel");
    LAKE.sql("INSERT INTO " + parcels + " SELECT * FROM " + parcels + " WHERE parcel_number = '1'");
    missed(night, "thua d1: received 3 ≠ accepted 2 + quarantined 1 + duplicate 0 + superseded 1");
  }

  @Test
  void aDeliveryWithoutAnyRecordIsMissed() {
    Night night = night(4);
    List<DeliveryFacts> deliveries = new ArrayList<>(night.deliveries());
    deliveries.add(ParcelNights.facts("d3", night.run().businessDate()));
    missed(
        new Night(night.tables(), night.settled(), deliveries),
        "thua d3: received 0 = accepted 0 + quarantined 0");
  }

  private static void missed(Night night, String... what) {
    assertThatThrownBy(
            () -> new Ledger(night.tables()).record(List.of(night.settled()), night.deliveries()))
        .hasMessageStartingWith("TNMT-6001")
        .hasMessageContainingAll(what);
    assertThat(night.tables().read("ops.delivery").where("run_id = '" + night.run() + "'").count())
        .as("the run took nothing")
        .isZero();
  }
}
