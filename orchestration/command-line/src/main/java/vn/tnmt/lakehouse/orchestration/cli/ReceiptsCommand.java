package vn.tnmt.lakehouse.orchestration.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/** {@code tnmt receipts list|show|export}: what publishers were answered. Reads the outbox only. */
@Command(
    name = "receipts",
    description = "List, show and export the receipts and letters in the outbox.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./tnmt receipts list --date 2026-03-14",
      "  ./tnmt receipts show 3f2a90c1d47b",
      "  ./tnmt receipts export --publisher snnmt-ha_noi --out ha_noi.zip"
    })
final class ReceiptsCommand implements Runnable {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Which receipts. */
  static final class Selection {
    @Option(names = "--publisher", paramLabel = "ID", description = "Of this publisher.")
    private @Nullable String publisher;

    @Option(names = "--date", paramLabel = "DATE", description = "Of this business date.")
    private @Nullable LocalDate date;

    boolean takes(Path outbox, Path file) {
      Path below = outbox.relativize(file);
      return below.getNameCount() == 3
          && (publisher == null || below.getName(0).toString().equals(publisher))
          && (date == null || below.getName(1).toString().equals(date.toString()));
    }
  }

  /** A receipt in the outbox. */
  private record Found(Path json, JsonNode content) {
    String text(String field) {
      return content.path(field).asText();
    }

    long count(String field) {
      return content.path("counts").path(field).asLong();
    }

    /** A letter about a delivery that no release has counts no records. */
    boolean isLetter() {
      return !content.has("counts");
    }

    /** Vietnamese first, English beside it. */
    static String both(JsonNode words) {
      return words.path("vi").asText() + " / " + words.path("en").asText();
    }

    /** All files that begin with the receipt's name. */
    List<Path> files() throws IOException {
      String stem = json.getFileName().toString().replaceFirst("\\.json$", "");
      try (Stream<Path> beside = Files.list(json.getParent())) {
        return beside
            .filter(
                file -> {
                  String name = file.getFileName().toString();
                  return name.startsWith(stem + ".") || name.startsWith(stem + "-rejects.");
                })
            .sorted()
            .toList();
      }
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = {
        "List receipts, one line a delivery; also letters about deliveries that are held, wait or",
        "were refused, and that no release has yet."
      })
  int list(@Mixin HomeOptions options, @Mixin Selection selection) throws IOException {
    TextTable table =
        new TextTable("DATE", "FEED", "DELIVERY", "VERDICT", "RECEIVED", "ACCEPTED", "QUARANTINED");
    List<Found> found = find(options, selection);
    for (Found receipt : found) {
      table.row(
          receipt.text("businessDate"),
          receipt.text("feed"),
          receipt.text("deliveryId"),
          receipt.text("verdict"),
          receipt.isLetter() ? "-" : receipt.count("received"),
          receipt.isLetter() ? "-" : receipt.count("accepted"),
          receipt.isLetter() ? "-" : receipt.count("quarantined"));
    }
    long letters = found.stream().filter(Found::isLetter).count();
    PrintWriter out = spec.commandLine().getOut();
    out.print(table.render());
    out.printf(
        "%d receipts%s in %s%n",
        found.size() - letters, letters == 0 ? "" : ", " + letters + " letters", outbox(options));
    return 0;
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description =
          "Show the receipt of a delivery, or the letter about it, and where its files are.")
  int show(
      @Mixin HomeOptions options,
      @Parameters(paramLabel = "DELIVERY", description = "Its id, or the first digits of it.")
          String delivery)
      throws IOException {
    List<Found> found =
        find(options, new Selection()).stream()
            .filter(receipt -> receipt.text("deliveryId").startsWith(delivery))
            .toList();
    if (found.isEmpty()) {
      throw TnmtException.of(
          ErrorCode.NOT_FOUND_IN_LEDGER,
          "no receipt of a delivery '" + delivery + "'",
          outbox(options).toString(),
          "./tnmt receipts list");
    }
    PrintWriter out = spec.commandLine().getOut();
    for (Found receipt : found) {
      out.printf(
          "%s, %s, %s: %s%n",
          receipt.text("feed"),
          receipt.text("businessDate"),
          receipt.text("deliveryId"),
          receipt.text("verdict"));
      if (receipt.isLetter()) {
        for (String part : List.of("statement", "meaning", "next", "advice")) {
          out.println(Found.both(receipt.content().path(part)));
        }
      } else {
        showCounts(receipt, out);
      }
      showGate(receipt.content().path("gate"), out);
      receipt.files().forEach(out::println);
    }
    return 0;
  }

  private static void showCounts(Found receipt, PrintWriter out) {
    out.printf(
        "received %d = accepted %d + quarantined %d + duplicate %d + superseded %d%n",
        receipt.count("received"),
        receipt.count("accepted"),
        receipt.count("quarantined"),
        receipt.count("duplicate"),
        receipt.count("superseded"));
    TextTable table = new TextTable("RULE", "SEVERITY", "RECORDS", "WHAT");
    receipt
        .content()
        .path("rules")
        .forEach(
            rule ->
                table.row(
                    rule.path("rule").asText(),
                    rule.path("severity").asText(),
                    rule.path("broken").asLong(),
                    rule.path("title").path("vi").asText()));
    out.print(table.render());
  }

  /** What the gate found, and what was decided; nothing when the delivery does not depart. */
  private static void showGate(JsonNode gate, PrintWriter out) {
    for (JsonNode finding : gate.path("findings")) {
      out.printf(
          "%s %s: %s%n",
          finding.path("code").asText(),
          finding.path("severity").asText(),
          Found.both(finding.path("what")));
    }
    JsonNode decision = gate.path("decision");
    if (!decision.isMissingNode()) {
      out.printf(
          "%s by %s at %s: %s%n",
          gate.path("state").asText().toLowerCase(Locale.ROOT),
          decision.path("by").asText(),
          decision.path("at").asText(),
          decision.path("why").asText());
    }
  }

  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = "Write receipts and their rejected rows to one zip, to hand over.")
  int export(
      @Mixin HomeOptions options,
      @Mixin Selection selection,
      @Option(names = "--out", required = true, paramLabel = "FILE", description = "The zip.")
          Path zip)
      throws IOException {
    Path outbox = outbox(options);
    List<Found> found = find(options, selection);
    int files = 0;
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (Found receipt : found) {
        for (Path part : receipt.files()) {
          ZipEntry entry = new ZipEntry(outbox.relativize(part).toString().replace('\\', '/'));
          entry.setLastModifiedTime(Files.getLastModifiedTime(part));
          out.putNextEntry(entry);
          Files.copy(part, out);
          out.closeEntry();
          files++;
        }
      }
    }
    spec.commandLine().getOut().printf("%s: %d receipts, %d files%n", zip, found.size(), files);
    return 0;
  }

  private static Path outbox(HomeOptions options) {
    return options.settings().path("report.outbox");
  }

  /** In the order of publisher, date and name. */
  private static List<Found> find(HomeOptions options, Selection selection) throws IOException {
    Path outbox = outbox(options);
    List<Found> found = new ArrayList<>();
    if (!Files.isDirectory(outbox)) {
      return found;
    }
    List<Path> files;
    try (Stream<Path> below = Files.walk(outbox, 3)) {
      files =
          below
              .filter(file -> file.toString().endsWith(".json") && selection.takes(outbox, file))
              .sorted()
              .toList();
    }
    for (Path file : files) {
      found.add(new Found(file, JSON.readTree(Files.readAllBytes(file))));
    }
    return found;
  }
}
