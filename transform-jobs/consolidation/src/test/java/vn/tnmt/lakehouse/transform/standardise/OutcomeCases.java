package vn.tnmt.lakehouse.transform.standardise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What becomes of records that meet others: the tests that Spark's form and the offline form of the
 * rules share. Expected outcomes are worked out by hand from the rule that {@link RowOutcomes}
 * states.
 */
abstract class OutcomeCases {
  /** A record of the night; {@code blocked} by its own rules with {@code rule}. */
  record Given(
      String delivery,
      int sequence,
      String file,
      long line,
      String station,
      int at,
      long hash,
      String rule) {}

  /**
   * What was decided.
   *
   * @param by {@code delivery/file:line}; empty when there is none
   */
  record Decided(String outcome, String by, List<String> rules) {}

  private final List<Given> given = new ArrayList<>();

  /**
   * Decides by the key (station, at).
   *
   * @param stations those that exist; null when the station is no reference
   * @return {@code delivery/file:line} → what was decided
   */
  abstract Map<String, Decided> decide(List<Given> records, Set<String> stations);

  @Test
  void newRecordsAreAccepted() {
    record("d1", 0, "a.txt", 1, "S1", 5, 100);
    record("d1", 0, "a.txt", 2, "S1", 10, 100);

    assertThat(decide(given, null).values())
        .extracting(Decided::outcome)
        .containsExactly("accepted", "accepted");
  }

  @Test
  void aRepetitionInTheSameFileIsADuplicateOfTheOneBefore() {
    record("d1", 0, "a.txt", 1, "S1", 5, 100);
    record("d1", 0, "a.txt", 2, "S1", 5, 100);
    record("d1", 0, "a.txt", 3, "S1", 5, 100);

    Map<String, Decided> decided = decide(given, null);
    assertThat(decided)
        .containsEntry("d1/a.txt:1", new Decided("accepted", "", List.of()))
        .containsEntry("d1/a.txt:2", new Decided("duplicate", "d1/a.txt:1", List.of()))
        .containsEntry("d1/a.txt:3", new Decided("duplicate", "d1/a.txt:2", List.of()));
  }

  @Test
  void contradictionsInsideOneFileAreAllQuarantinedAndOthersOfTheKeyAreNot() {
    record("d1", 0, "a.txt", 1, "S1", 5, 100);
    record("d1", 0, "a.txt", 2, "S1", 5, 200);
    record("d1", 0, "a.txt", 3, "S1", 5, 200);
    record("d1", 0, "b.txt", 1, "S1", 5, 300);

    Decided contradiction = new Decided("quarantined", "", List.of("REC-20"));
    assertThat(decide(given, null))
        .containsEntry("d1/a.txt:1", contradiction)
        .containsEntry("d1/a.txt:2", contradiction)
        .containsEntry("d1/a.txt:3", contradiction)
        .containsEntry("d1/b.txt:1", new Decided("accepted", "", List.of()));
  }

  @Test
  void aLaterFileSupersedesAnEarlierOneOfTheSameNight() {
    record("d1", 0, "a.txt", 1, "S1", 5, 100);
    record("d1", 0, "b.txt", 1, "S1", 5, 200);
    record("d2", 1, "a.txt", 1, "S1", 5, 300);

    assertThat(decide(given, null))
        .containsEntry("d1/a.txt:1", new Decided("superseded", "d2/a.txt:1", List.of()))
        .containsEntry("d1/b.txt:1", new Decided("superseded", "d2/a.txt:1", List.of()))
        .containsEntry("d2/a.txt:1", new Decided("accepted", "", List.of()));
  }

  @Test
  void aCorrectionTakenBackLeavesTheLastWord() {
    record("d1", 0, "a.txt", 1, "S1", 5, 100);
    record("d1", 0, "b.txt", 1, "S1", 5, 200);
    record("d1", 0, "c.txt", 1, "S1", 5, 100);

    assertThat(decide(given, null))
        .containsEntry("d1/a.txt:1", new Decided("superseded", "d1/c.txt:1", List.of()))
        .containsEntry("d1/b.txt:1", new Decided("superseded", "d1/c.txt:1", List.of()))
        .containsEntry("d1/c.txt:1", new Decided("accepted", "", List.of()));
  }

  @Test
  void filesCountInTheOrderOfTheirNamesBytes() {
    // U+FF5E is EF BD 9E in UTF-8 and comes before U+1F30A, F0 9F 8C 8A; in UTF-16 it is after.
    record("d1", 0, "\uD83C\uDF0A.txt", 1, "S1", 5, 200);
    record("d1", 0, "\uFF5E.txt", 1, "S1", 5, 100);

    assertThat(decide(given, null))
        .containsEntry("d1/\uD83C\uDF0A.txt:1", new Decided("accepted", "", List.of()));
  }

  @Test
  void blockedRecordsStayQuarantinedAndTouchNoKey() {
    given.add(new Given("d1", 0, "a.txt", 1, "S1", 5, 0, "REC-11"));
    record("d1", 0, "a.txt", 2, "S1", 5, 100);

    assertThat(decide(given, null))
        .containsEntry("d1/a.txt:1", new Decided("quarantined", "", List.of("REC-11")))
        .containsEntry("d1/a.txt:2", new Decided("accepted", "", List.of()));
  }

  @Test
  void anUnknownReferenceIsQuarantinedWithItsRuleAndContradictsNobody() {
    record("d1", 0, "a.txt", 1, "S1", 5, 100);
    record("d1", 0, "a.txt", 2, "S9", 5, 100);
    record("d1", 0, "a.txt", 3, "S9", 5, 200);

    assertThat(decide(given, Set.of("S1")))
        .containsEntry("d1/a.txt:1", new Decided("accepted", "", List.of()))
        .containsEntry("d1/a.txt:2", new Decided("quarantined", "", List.of("REC-21")))
        .containsEntry("d1/a.txt:3", new Decided("quarantined", "", List.of("REC-21")));
  }

  @Test
  void everyRecordHasExactlyOneOutcomeAndEveryKeyOneAcceptedRecordAtMost() {
    for (int i = 0; i < 200; i++) {
      record("d" + i % 3, i % 3, "f" + i % 7 + ".txt", i, "S" + i % 5, i % 11, i % 4);
    }
    Map<String, Decided> decided = decide(given, null);
    assertThat(decided).hasSize(200);
    assertThat(
            given.stream()
                .filter(
                    g ->
                        decided
                            .get(g.delivery() + "/" + g.file() + ":" + g.line())
                            .outcome()
                            .equals("accepted"))
                .map(g -> g.station() + " " + g.at()))
        .doesNotHaveDuplicates()
        .isNotEmpty();
  }

  void record(
      String delivery, int sequence, String file, long line, String station, int at, long hash) {
    given.add(new Given(delivery, sequence, file, line, station, at, hash, ""));
  }
}
