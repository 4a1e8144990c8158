package vn.tnmt.lakehouse.orchestration.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.receipt.GateAnswer;
import vn.tnmt.lakehouse.transform.receipt.Letter;
import vn.tnmt.lakehouse.transform.receipt.Receipt;

/** A delivery has one answer, wherever a process died on the way to it. */
class OutboxTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 3, 4);

  @TempDir Path dir;
  private Outbox outbox;

  @BeforeEach
  void letterOfAHeldDelivery() {
    outbox = new Outbox(dir);
    outbox.write(letter(GateAnswer.State.HELD));
  }

  private static Letter letter(GateAnswer.State state) {
    return new Letter(
        "aaaa1111",
        "x",
        Words.same("X"),
        new FeedId("x", "f"),
        "water.sample",
        Words.same("d"),
        NIGHT,
        Instant.parse("2026-03-04T18:00:00Z"),
        1,
        10,
        "00",
        GateAnswer.of(state, List.of(), null),
        null);
  }

  private static Receipt receipt() {
    return new Receipt(
        "aaaa1111",
        "x",
        Words.same("X"),
        new FeedId("x", "f"),
        "water.sample",
        // what a letter has as a field, a publisher may have as a column
        Words.same("\"advice\" : {"),
        "1.0.0",
        "2026-03-05-1",
        NIGHT,
        Instant.parse("2026-03-04T18:00:00Z"),
        1,
        10,
        "00",
        new Receipt.Counts(1, 1, 0, 0, 0, 0),
        List.of());
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(dir)) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        files.put(dir.relativize(file).toString(), Files.readString(file));
      }
    }
    return files;
  }

  @Test
  void aReceiptOfALaterNightTakesTheLetterAway() throws IOException {
    outbox.write(receipt(), "2026-03-05");
    Map<String, String> once = files();
    assertThat(once)
        .containsOnlyKeys("x/2026-03-05/f-aaaa1111.html", "x/2026-03-05/f-aaaa1111.json");
    outbox.write(receipt(), "2026-03-05");
    assertThat(files()).isEqualTo(once);
  }

  @Test
  void aProcessThatDiedInBetweenIsCarriedToTheSameEnd() throws IOException {
    outbox.write(receipt(), "2026-03-05");
    Map<String, String> end = files();
    outbox.write(letter(GateAnswer.State.HELD)); // died before the letter was taken away
    outbox.write(receipt(), "2026-03-05");
    assertThat(files()).isEqualTo(end);
    outbox.write(letter(GateAnswer.State.HELD)); // died when half of it was
    Files.delete(dir.resolve("x/2026-03-04/f-aaaa1111.html"));
    outbox.write(receipt(), "2026-03-05");
    assertThat(files()).isEqualTo(end);
  }

  @Test
  void aReceiptOfTheSameNightIsInItsPlaceAndStays() throws IOException {
    outbox.write(receipt(), NIGHT.toString());
    outbox.write(receipt(), NIGHT.toString());
    assertThat(files())
        .containsOnlyKeys("x/2026-03-04/f-aaaa1111.html", "x/2026-03-04/f-aaaa1111.json");
    assertThat(files().get("x/2026-03-04/f-aaaa1111.json")).contains("\"counts\"");
    outbox.write(receipt(), "2026-03-05");
    assertThat(files()).as("a receipt is no letter").hasSize(4);
  }

  @Test
  void aLetterThatSaysTheSameIsNotWrittenAgain() throws IOException {
    Path html = dir.resolve("x/2026-03-04/f-aaaa1111.html");
    FileTime before = FileTime.from(Instant.parse("2026-03-05T00:00:00Z"));
    Files.setLastModifiedTime(html, before);
    outbox.write(letter(GateAnswer.State.HELD));
    assertThat(Files.getLastModifiedTime(html)).isEqualTo(before);
    outbox.write(letter(GateAnswer.State.REJECTED));
    assertThat(Files.readString(html)).contains("bị từ chối");
  }
}
