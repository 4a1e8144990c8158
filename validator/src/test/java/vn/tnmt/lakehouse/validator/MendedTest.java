package vn.tnmt.lakehouse.validator;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
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

  /** Changes cells of the sheet as a person would, part by part of the zip. */
  private Path mendedWorkbook(Path rejects, Map<String, String> cells) throws IOException {
    Path mended = dir.resolve("mended.xlsx");
    try (ZipFile zip = new ZipFile(rejects.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(mended))) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        byte[] content = zip.getInputStream(entry).readAllBytes();
        if (entry.getName().startsWith("xl/worksheets/sheet")) {
          String sheet = new String(content, StandardCharsets.UTF_8);
          for (Map.Entry<String, String> cell : cells.entrySet()) {
            String changed = sheet.replaceAll(cell.getKey(), cell.getValue());
            assertThat(changed).as(cell.getKey()).isNotEqualTo(sheet);
            sheet = changed;
          }
          content = sheet.getBytes(StandardCharsets.UTF_8);
        }
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(content);
        out.closeEntry();
      }
    }
    return mended;
  }

  private Receipt rejected(Bundle bundle, String fixture, String file) {
    Receipt receipt =
        check(
            bundle,
            "sample",
            file,
            Fixtures.ROOT.resolve(fixture + "/files/" + file),
            dir.resolve("out"));
    assertThat(receipt.rejects().mended()).isTrue();
    return receipt;
  }

  @Test
  void aMendedWorkbookComesBackWhereverTheFeedsOwnHeaderStands() throws IOException {
    Bundle bundle = bundle("trung-tam-quan-trac/typed-cells");
    String file = "ket_qua_20260314.xlsx";
    assertThat(rejected(bundle, "trung-tam-quan-trac/typed-cells", file).counts().quarantined())
        .isEqualTo(8);
    Path mended =
        mendedWorkbook(
            dir.resolve("out/rejects.xlsx"),
            Map.of(
                "<t([^>]*)>=cmd[^<]*</t>", "<t$1>7.3</t>",
                "<t([^>]*)>(?i:true)</t>", "<t$1>7.4</t>",
                "<v>71</v>", "<v>7.1</v>",
                "<t([^>]*)>2026-03-15</t>", "<t$1>2026-03-13</t>",
                "<t([^>]*)>31/02/2026</t>", "<t$1>28/02/2026</t>"));
    Receipt second = check(bundle, "sample", file, mended, null);
    assertThat(second.counts().accepted()).isEqualTo(5);
    assertThat(second.rules())
        .extracting(BrokenRule::rule, BrokenRule::broken)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("REC-52", 1L),
            org.assertj.core.groups.Tuple.tuple("REC-12", 1L),
            org.assertj.core.groups.Tuple.tuple("REC-19", 1L),
            org.assertj.core.groups.Tuple.tuple("WAT-03", 1L));
  }

  /** The feed's own files are TCVN3 with two header rows and a separator that is found. */
  @Test
  void mendedRowsOfAFeedInAnOldEncodingComeBackAsUtf8AndAsAWorkbook() throws IOException {
    Bundle bundle = bundle("phong-thi-nghiem/two-header-rows");
    String file = "mau_20260314.csv";
    assertThat(rejected(bundle, "phong-thi-nghiem/two-header-rows", file).counts().quarantined())
        .isEqualTo(1);
    Path workbook =
        mendedWorkbook(
            dir.resolve("out/rejects.xlsx"),
            Map.of("<t([^>]*)>b(?:ả|&#[^;<]*;)y</t>", "<t$1>7,3</t>"));
    Receipt second = check(bundle, "sample", file, workbook, null);
    assertThat(second.counts().accepted()).isEqualTo(1);
    assertThat(second.counts().quarantined()).isZero();
    assertThat(second.rules()).extracting(BrokenRule::rule).containsExactly("REC-52");

    Path rejects = dir.resolve("out/rejects.csv");
    Path csv = dir.resolve("mended.csv");
    Files.writeString(csv, Files.readString(rejects).replace(",bảy,", ",\"7,3\","));
    Receipt third = check(bundle, "sample", file, csv, null);
    assertThat(third.counts().accepted()).isEqualTo(1);
    assertThat(third.counts().quarantined()).isZero();
    assertThat(third.rules())
        .extracting(BrokenRule::rule)
        .containsExactlyInAnyOrder("REC-22", "REC-52");
  }

  @Test
  void aMendedWorkbookComesBackUnderAFeedOfFixedWidthText() throws IOException {
    Bundle bundle = bundle("dai-khi-tuong-thuy-van/fixed-width");
    String file = "mau_20260314.txt";
    rejected(bundle, "dai-khi-tuong-thuy-van/fixed-width", file);
    Path workbook =
        mendedWorkbook(
            dir.resolve("out/rejects.xlsx"), Map.of("<t([^>]*)>bay *</t>", "<t$1>7.3</t>"));
    Receipt second = check(bundle, "sample", file, workbook, null);
    assertThat(second.counts().accepted()).isEqualTo(1);
    assertThat(second.counts().quarantined()).as("the line that could not be cut").isEqualTo(1);
  }

  /** Any other zip under the name of a text file is what it was: binary. */
  @Test
  void otherWorkbooksUnderTheNameOfATextFileAreRefused() throws IOException {
    Bundle bundle = bundle("phong-thi-nghiem/two-header-rows");
    Path other = Fixtures.ROOT.resolve("trung-tam-quan-trac/good/files/ket_qua_20260314.xlsx");
    assertThat(check(bundle, "sample", "mau_20260314.csv", other, null).rules())
        .extracting(BrokenRule::rule)
        .containsExactly("REC-02");
    Path half = dir.resolve("half.csv");
    Files.write(half, Arrays.copyOf(Files.readAllBytes(other), 500));
    assertThat(check(bundle, "sample", "mau_20260314.csv", half, null).rules())
        .extracting(BrokenRule::rule)
        .containsExactly("REC-02");
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
