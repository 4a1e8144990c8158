package vn.tnmt.lakehouse.validator;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.ingestion.bundle.Bundle;
import vn.tnmt.lakehouse.ingestion.bundle.SigningKey;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.settle.Fate.Outcome;
import vn.tnmt.lakehouse.transform.receipt.Receipt;
import vn.tnmt.lakehouse.transform.receipt.Receipt.BrokenRule;
import vn.tnmt.lakehouse.validator.Fixtures.Fixture;

/** Rejected rows go back, are mended as a person would, and come again under the same feed. */
class MendedTest {
  @TempDir Path dir;

  private Bundle bundle(String name) throws IOException {
    Fixture fixture =
        Fixtures.all().stream().filter(f -> f.toString().equals(name)).findFirst().orElseThrow();
    return Fixtures.bundle(fixture, SigningKey.create(dir.resolve("key")), Map.of()).bundle();
  }

  private Receipt check(Bundle bundle, String feed, String path, Path file, Path out) {
    Feed found =
        bundle.feeds().stream().filter(f -> f.name().equals(feed)).findFirst().orElseThrow();
    return new Checker(bundle, Fixtures.NIGHT)
        .check(
            Map.of(found, List.of(new SubmittedFile(path, file))),
            out,
            (f, line, part, outcome, breaches) -> {})
        .get(0)
        .receipt();
  }

  @Test
  void mendedRowsAreAcceptedWithOurColumnsStillThere() throws IOException {
    Bundle bundle = bundle("so-a/formula-cells");
    Path sent = Fixtures.ROOT.resolve("so-a/formula-cells/files/tram_20260314.csv");
    Path out = dir.resolve("out");
    Receipt first = check(bundle, "station", "tram_20260314.csv", sent, out);
    assertThat(first.counts().quarantined()).isEqualTo(3);
    assertThat(first.rejects().rows()).isEqualTo(3);

    List<String> header;
    List<List<String>> rows = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder()
            .fieldSeparator(';')
            .detectBomHeader(true)
            .ofNamedCsvRecord(out.resolve("rejects.csv"))) {
      csv.forEach(row -> rows.add(new ArrayList<>(row.getFields())));
    }
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder()
            .fieldSeparator(';')
            .detectBomHeader(true)
            .ofNamedCsvRecord(out.resolve("rejects.csv"))) {
      header = csv.iterator().next().getHeader();
    }
    assertThat(header)
        .startsWith(
            "ma_tram", "ten_tram", "ma_tinh", "loai_tram", "kinh_do", "vi_do", "ngay_bat_dau");
    assertThat(rows.get(0)).startsWith("'@SUM(1+1)", "Trạm hai");
    assertThat(rows.get(1).get(4)).as("a number stays a number").isEqualTo("-105,8");
    rows.get(0).set(0, "01KK002");
    rows.get(0).set(1, "'=cmd|' /C calc'!A0");
    rows.get(1).set(2, "01");
    rows.get(1).set(4, "105,8");
    rows.get(2).set(3, "4");
    Path mended = dir.resolve("mended.csv");
    try (CsvWriter csv =
        CsvWriter.builder().fieldSeparator(';').build(Files.newBufferedWriter(mended))) {
      csv.writeRecord(header);
      rows.forEach(csv::writeRecord);
    }

    Receipt second = check(bundle, "station", "tram_20260314.csv", mended, null);
    assertThat(second.counts().accepted()).isEqualTo(3);
    assertThat(second.rules())
        .extracting(BrokenRule::rule, BrokenRule::broken)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("REC-52", 1L));
    assertThat(second.verdict()).isEqualTo(Receipt.Verdict.CLEAN);
  }

  @Test
  void rejectsSentBackAsTheyAreBreakTheSameRules() throws IOException {
    Bundle bundle = bundle("so-a/melted-flaws");
    Path sent = Fixtures.ROOT.resolve("so-a/melted-flaws/files/mau_20260314.csv");
    Path out = dir.resolve("out");
    Receipt first = check(bundle, "water-sample", "mau_20260314.csv", sent, out);
    Receipt second =
        check(bundle, "water-sample", "mau_20260314.csv", out.resolve("rejects.csv"), null);
    assertThat(second.counts().quarantined()).isEqualTo(first.counts().quarantined());
    assertThat(second.counts().accepted()).as("accepted cells are not sent twice").isZero();
    for (BrokenRule rule : first.rules()) {
      if (!rule.rule().equals("WAT-05") && !rule.rule().equals("REC-08")) {
        assertThat(second.rules())
            .anyMatch(r -> r.rule().equals(rule.rule()) && r.broken() == rule.broken());
      }
    }
  }

  @Test
  void receiptSaysWhatTheMinistryChecks() throws IOException {
    Bundle bundle = bundle("so-a/station-register");
    Path folder = Fixtures.ROOT.resolve("so-a/station-register/files");
    Feed feed =
        bundle.feeds().stream().filter(f -> f.name().equals("observation")).findFirst().get();
    List<String> seen = new ArrayList<>();
    Receipt receipt =
        new Judge(bundle, Fixtures.NIGHT)
            .judge(
                feed,
                List.of(
                    new SubmittedFile(
                        "01KK999/x_20260314100000.txt",
                        folder.resolve("01KK999/x_20260314100000.txt"))),
                null,
                (file, line, part, outcome, breaches) ->
                    seen.add(line + " " + (outcome == Outcome.ACCEPTED)));
    assertThat(seen).as("no list, no breach").containsExactly("1 true");
    assertThat(receipt.offline().atTheMinistry())
        .containsExactly(
            new Receipt.AtTheMinistry("REC-21", "station_code", "monitoring.station.station_code"));
  }
}
