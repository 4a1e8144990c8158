package vn.tnmt.lakehouse.transform.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.transform.ParcelNights;
import vn.tnmt.lakehouse.transform.ParcelNights.Line;
import vn.tnmt.lakehouse.transform.explain.RecordStory.Place;
import vn.tnmt.lakehouse.transform.explain.RecordStory.Replacement;
import vn.tnmt.lakehouse.transform.standardise.SnapshotCheck.Snapshot;

/**
 * Four nights of a land office; the third is a snapshot that lacks a parcel, the last takes in what
 * was held before.
 */
@Tag("slow")
class ExplainTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  private static Explain explain;

  @BeforeAll
  static void fourNights() {
    // As nights too large to be compared whole are settled; others' tests have the usual way.
    ParcelNights parcels = new ParcelNights(LAKE.lakehouse(), 0);
    parcels.release(
        parcels.night(
            LocalDate.of(2026, 3, 1),
            new Line("d1", "q1/thua.csv", 2, "1", 100),
            new Line("d1", "q1/thua.csv", 3, "2", 200),
            new Line("d1", "q1/thua.csv", 4, "3", -1, "REC-04"),
            new Line("d1", "q1/thua.csv", 5, "4", 400),
            new Line("d2", "q2/thua.csv", 2, "1", 100),
            new Line("d2", "q2/thua.csv", 3, "2", 250)));
    parcels.release(
        parcels.night(LocalDate.of(2026, 3, 2), new Line("d3", "sua.csv", 9, "1", 111)));
    Feed feed =
        Feeds.of(
                Map.of(
                    "vp.yaml",
                    """
                    apiVersion: tnmt.vn/v1
                    kind: Feeds
                    publisher: {id: vp-x, nameVi: VP X, nameEn: Office X}
                    feeds:
                      - id: thua
                        dataset: land.parcel
                        transport: {type: directory, root: x, pattern: "thua.csv"}
                        format: {type: csv}
                        mapping: {parcel_number: so}
                        gate: {snapshot: {removed: 100%}}
                    """),
                Map.of(),
                CodeLists.bundled())
            .get(0);
    parcels.release(
        parcels.night(
            LocalDate.of(2026, 3, 3),
            List.of(new Snapshot("d4", feed, false)),
            new Line("d4", "het.csv", 2, "1", 111),
            new Line("d4", "het.csv", 3, "2", 250)));
    parcels.release(
        parcels
            .night(LocalDate.of(2026, 3, 6), new Line("d5", "giu.csv", 2, "9", 900))
            .collectedOn(LocalDate.of(2026, 3, 4)));
    explain = new Explain(LAKE.spark(), Contracts.bundled());
  }

  private static RecordStory one(String file, long line) {
    List<RecordStory> stories = explain.file(file, line, Within.ANYWHERE);
    assertThat(stories).hasSize(1);
    return stories.get(0);
  }

  @Test
  void aLineThatWasAcceptedAndOverwrittenLater() {
    RecordStory story = one("q1/thua.csv", 2);
    assertThat(story.outcome()).isEqualTo("accepted");
    assertThat(story.runId()).isEqualTo("2026-03-01-1");
    assertThat(story.landing()).isEqualTo("landing/vp-x/thua/2026-03-01/d1");
    assertThat(story.cells()).containsEntry("so", "1").containsEntry("dt", "100.0");
    assertThat(story.row()).containsEntry("parcel_number", "1");
    assertThat(story.replaced())
        .contains(new Replacement("2026-03-02-1", false, new Place("d3", "sua.csv", 9, 0)));
  }

  @Test
  void aLineThatWasSuperseded() {
    RecordStory story = one("q1/thua.csv", 3);
    assertThat(story.outcome()).isEqualTo("superseded");
    assertThat(story.decidedBy()).contains(new Place("d2", "q2/thua.csv", 3, 0));
    assertThat(story.replaced()).isEmpty();
  }

  @Test
  void aLineThatRepeatsAnother() {
    RecordStory story = one("q2/thua.csv", 2);
    assertThat(story.outcome()).isEqualTo("duplicate");
    assertThat(story.decidedBy()).contains(new Place("d1", "q1/thua.csv", 2, 0));
  }

  @Test
  void aLineThatIsInQuarantine() {
    RecordStory story = one("q1/thua.csv", 4);
    assertThat(story.outcome()).isEqualTo("quarantined");
    assertThat(story.breaches()).extracting("rule").containsExactly("REC-04");
    assertThat(story.decidedBy()).isEmpty();
  }

  @Test
  void aLineThatASnapshotLacksLater() {
    RecordStory story = one("q1/thua.csv", 5);
    assertThat(story.outcome()).isEqualTo("accepted");
    assertThat(story.replaced())
        .contains(new Replacement("2026-03-03-1", true, new Place("d4", "", 0, 0)));
    assertThat(story.replaced().get().by()).hasToString("delivery d4");
  }

  @Test
  void aFileByItsLastPart() {
    assertThat(explain.file("thua.csv", 2, Within.ANYWHERE))
        .extracting(RecordStory::file)
        .containsExactly("q1/thua.csv", "q2/thua.csv");
    assertThat(explain.file("q1/thua.csv", -1, Within.ANYWHERE)).hasSize(4);
  }

  @Test
  void onlyADayOrADeliveryIsSearched() {
    LocalDate first = LocalDate.of(2026, 3, 1);
    assertThat(explain.file("thua.csv", 2, new Within(first, null))).hasSize(2);
    assertThat(explain.file("thua.csv", 2, new Within(null, "d2")))
        .extracting(RecordStory::file)
        .containsExactly("q2/thua.csv");
    assertThat(explain.key("land.parcel", List.of("00004", "7", "1"), new Within(first, "d1")))
        .extracting(RecordStory::file)
        .containsExactly("q1/thua.csv");
    assertThatThrownBy(() -> explain.file("thua.csv", 2, new Within(first.plusDays(1), null)))
        .hasMessageStartingWith("TNMT-1004");
    assertThatThrownBy(() -> explain.file("thua.csv", 2, new Within(first, "d3")))
        .hasMessageStartingWith("TNMT-1004");
  }

  @Test
  void whatWasHeldIsFoundByItsDeliveryAndByEitherNight() {
    List<String> key = List.of("00004", "7", "9");
    assertThat(explain.file("giu.csv", 2, new Within(null, "d")))
        .as("the id's beginning")
        .hasSize(1);
    for (Within within :
        List.of(
            new Within(null, "d5"),
            new Within(LocalDate.of(2026, 3, 4), null),
            new Within(LocalDate.of(2026, 3, 6), null),
            new Within(LocalDate.of(2026, 3, 4), "d5"),
            new Within(LocalDate.of(2026, 3, 6), "d5"))) {
      assertThat(explain.file("giu.csv", 2, within)).as("%s", within).hasSize(1);
      assertThat(explain.key("land.parcel", key, within)).as("%s", within).hasSize(1);
    }
    assertThatThrownBy(() -> explain.file("giu.csv", 2, new Within(LocalDate.of(2026, 3, 5), null)))
        .hasMessageStartingWith("TNMT-1004");
    assertThatThrownBy(
            () -> explain.file("thua.csv", 2, new Within(LocalDate.of(2026, 3, 4), null)))
        .as("another delivery of another night")
        .hasMessageStartingWith("TNMT-1004");
  }

  @Test
  void timesAreVietnams() {
    // UTC+7 all year
    Instant five = Instant.parse("2026-03-13T22:00:00Z");
    assertThat(LocalTimes.read("2026-03-14T05:00")).isEqualTo(five);
    assertThat(LocalTimes.read("2026-03-14 05:00:00")).isEqualTo(five);
    assertThat(LocalTimes.read("2026-03-14T05:00:00+07:00")).isEqualTo(five);
    assertThat(LocalTimes.read("2026-03-14 06:00+0800")).isEqualTo(five);
    assertThat(LocalTimes.read("2026-03-13T22:00:00Z")).isEqualTo(five);
    assertThat(LocalTimes.write(five)).isEqualTo("2026-03-14 05:00:00+07:00");
    assertThatThrownBy(() -> LocalTimes.read("14/3/2026"))
        .hasMessageStartingWith("TNMT-5004")
        .hasMessageContaining("14/3/2026");
    assertThat(one("q1/thua.csv", 2).receivedAt()).endsWith("+07:00");
  }

  @Test
  void everyArrivalOfAKeyOldestFirst() {
    assertThat(explain.key("land.parcel", List.of("00004", "7", "1"), Within.ANYWHERE))
        .extracting(story -> story.file() + " " + story.outcome())
        .containsExactly(
            "q1/thua.csv accepted",
            "q2/thua.csv duplicate",
            "sua.csv accepted",
            "het.csv duplicate");
  }

  @Test
  void whatIsNotKnownIsSaid() {
    assertThatThrownBy(() -> explain.file("khong-co.csv", 2, Within.ANYWHERE))
        .hasMessageStartingWith("TNMT-1004")
        .hasMessageContaining("khong-co.csv:2");
    assertThatThrownBy(() -> explain.file("hua.csv", 2, Within.ANYWHERE))
        .as("the end of a name is not its last part")
        .hasMessageStartingWith("TNMT-1004");
    assertThatThrownBy(() -> explain.file("q1/thua.csv", 77, Within.ANYWHERE))
        .hasMessageStartingWith("TNMT-1004");
    assertThatThrownBy(
            () -> explain.key("land.parcel", List.of("00004", "7", "99"), Within.ANYWHERE))
        .hasMessageStartingWith("TNMT-1004")
        .hasMessageContaining("[00004, 7, 99]");
    assertThatThrownBy(() -> explain.key("land.parcel", List.of("1"), Within.ANYWHERE))
        .hasMessageStartingWith("TNMT-5004")
        .hasMessageContainingAll("sheet_number", "1 values were given");
    assertThatThrownBy(() -> explain.key("land.parcels", List.of("1"), Within.ANYWHERE))
        .hasMessageStartingWith("TNMT-2004");
  }
}
