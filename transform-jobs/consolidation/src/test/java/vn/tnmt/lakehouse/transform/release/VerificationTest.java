package vn.tnmt.lakehouse.transform.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.ExpireSnapshots.CleanupLevel;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.store.ObjectStore;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.transform.ParcelNights;
import vn.tnmt.lakehouse.transform.ParcelNights.Line;
import vn.tnmt.lakehouse.transform.release.Release.PinnedTable;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("slow")
class VerificationTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  private static final TableIdentifier PARCEL = TableIdentifier.parse("land.parcel");
  private static Verification verification;
  private static Release first;
  private static Release second;

  @BeforeAll
  static void twoReleases() {
    ParcelNights parcels = new ParcelNights(LAKE.lakehouse());
    verification = new Verification(LAKE.lakehouse());
    first = release(parcels, 1, "1", "2");
    second = release(parcels, 2, "3");
  }

  private static Release release(ParcelNights parcels, int day, String... numbers) {
    return parcels.release(
        parcels.night(
            LocalDate.of(2026, 3, day),
            Arrays.stream(numbers)
                .map(number -> new Line("d" + day, "a.csv", 1, number, 100))
                .toArray(Line[]::new)));
  }

  private static PinnedTable parcel(Release release) {
    return release.tables().stream()
        .filter(table -> table.name().equals("land.parcel"))
        .findFirst()
        .orElseThrow();
  }

  private static Table table() {
    return LAKE.lakehouse().catalog().loadTable(PARCEL);
  }

  private static void speaks(Release release, String... what) {
    assertThatThrownBy(() -> verification.require(release))
        .hasMessageStartingWith("TNMT-6005")
        .hasMessageContaining("releases/" + release.releaseId() + ".json")
        .hasMessageContainingAll(what);
  }

  @Test
  @Order(1)
  void whatWasNotTouchedIsAsItWasMade() {
    assertThat(parcel(first).records()).isEqualTo(2);
    assertThat(parcel(second).records()).isEqualTo(3);
    assertThat(verification.require(first))
        .as("raw and standard table, ops.delivery")
        .isGreaterThanOrEqualTo(3);
    verification.require(second);
  }

  @Test
  @Order(2)
  void anotherRecordCountIsTold() {
    Release claims =
        with(
            second,
            new PinnedTable(
                "land.parcel",
                parcel(second).snapshotId(),
                parcel(second).manifestListSha256(),
                4,
                "",
                ""));
    speaks(claims, "land.parcel: its files have 3 rows, pinned were 4");
  }

  @Test
  @Order(3)
  void aTableThatIsGoneIsTold() {
    speaks(
        with(second, new PinnedTable("land.parcels", 1, "", 0, "", "")),
        "land.parcels: the table is gone");
  }

  private static Release with(Release release, PinnedTable table) {
    return new Release(
        release.releaseId(),
        release.runId(),
        release.businessDate(),
        release.startedAt(),
        release.createdAt(),
        release.softwareVersion(),
        release.definitions(),
        release.lineage(),
        List.of(table));
  }

  @Test
  @Order(4)
  void aChangedManifestListIsTold() {
    String location = table().snapshot(parcel(second).snapshotId()).manifestListLocation();
    ObjectStore store = LAKE.lakehouse().store();
    String key = URI.create(location).getPath().substring(1);
    byte[] bytes = store.get(key);
    byte[] changed = Arrays.copyOf(bytes, bytes.length + 1);
    store.put(key, changed);
    speaks(second, "land.parcel: the manifest list", location, parcel(second).manifestListSha256());
    store.delete(key);
    speaks(second, "land.parcel: a file is gone", location);
    store.put(key, bytes);
    verification.require(second);
  }

  @Test
  @Order(5)
  void aTagThatIsMovedAndASnapshotThatIsMissingAreTold() {
    long pinned = parcel(first).snapshotId();
    table().manageSnapshots().replaceTag(first.releaseId(), parcel(second).snapshotId()).commit();
    speaks(first, "land.parcel: tag R20260301-1 does not name snapshot " + pinned);
    table().updateProperties().set(TableProperties.GC_ENABLED, "true").commit();
    table().expireSnapshots().expireSnapshotId(pinned).cleanupLevel(CleanupLevel.NONE).commit();
    speaks(first, "land.parcel: snapshot " + pinned + " is gone");
    verification.require(second);
  }
}
