package vn.tnmt.lakehouse.orchestration.nightly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.transform.receipt.Letter;
import vn.tnmt.lakehouse.transform.receipt.LetterPage;
import vn.tnmt.lakehouse.transform.receipt.Receipt;
import vn.tnmt.lakehouse.transform.receipt.ReceiptPage;

/**
 * Where publishers find what they are answered: {@code
 * <outbox>/<publisher>/<date>/<feed>-<delivery>} with {@code .html} and {@code .json}. A delivery
 * has one answer: a letter of its own night while no release has it, then the receipt of that
 * release's night.
 */
final class Outbox {
  /** In a letter's JSON and in no receipt's: no text of the publisher's can look so in JSON. */
  private static final String LETTER = "\"advice\" : {";

  private final Path root;

  Outbox(Settings settings) {
    this(settings.path("report.outbox"));
  }

  Outbox(Path root) {
    this.root = root;
  }

  /**
   * The folder of a night.
   *
   * @param date ISO date
   */
  Path folder(String publisher, String date) {
    return root.resolve(publisher).resolve(date);
  }

  static String name(FeedId feed, String deliveryId) {
    return feed.name() + "-" + deliveryId;
  }

  /** Writes a letter, unless it is there as it is. */
  void write(Letter letter) {
    Path folder = folder(letter.publisher(), letter.businessDate().toString());
    String name = name(letter.feed(), letter.deliveryId());
    writeNew(folder.resolve(name + ".html"), LetterPage.render(letter));
    writeNew(folder.resolve(name + ".json"), letter.toJson());
  }

  private static void writeNew(Path file, String text) {
    if (!Arrays.equals(read(file), text.getBytes(StandardCharsets.UTF_8))) {
      Outputs.write(file, text);
    }
  }

  /**
   * Writes a receipt; the letter that it takes the place of goes.
   *
   * @param date of the release, ISO
   */
  void write(Receipt receipt, String date) {
    Path folder = folder(receipt.publisher(), date);
    String name = name(receipt.feed(), receipt.deliveryId());
    Outputs.write(folder.resolve(name + ".html"), ReceiptPage.render(receipt));
    Outputs.write(folder.resolve(name + ".json"), receipt.toJson());
    Path night = folder(receipt.publisher(), receipt.businessDate().toString());
    Path letter = night.resolve(name + ".json");
    if (!night.equals(folder)
        && new String(read(letter), StandardCharsets.UTF_8).contains(LETTER)) {
      delete(night.resolve(name + ".html"));
      delete(letter); // last: it tells that there is a letter to be taken away
    }
  }

  /** What a delivery was answered: receipt or letter, and its rejected rows. */
  List<Path> answers(FeedId feed, String deliveryId, String date) {
    Path folder = folder(feed.publisher(), date);
    String name = name(feed, deliveryId);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(
              file -> {
                String found = file.getFileName().toString();
                return found.startsWith(name + ".") || found.startsWith(name + "-rejects.");
              })
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing when there is no such file. */
  private static byte[] read(Path file) {
    try {
      return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
