package vn.tnmt.lakehouse.ingestion.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.feed.Readers;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;

/** Numbers from a file's bytes to the contract's column, plain ones and those that need a text. */
class RowMappingTest {
  private static final Contract STATION = Contracts.bundled().contract("monitoring.station");
  private static final int LON = STATION.index("lon");

  private static List<Outcome> map(String conventions, byte[] content) {
    Feed feed =
        Feeds.of(
                Map.of(
                    "feed.yaml",
                    """
                    apiVersion: tnmt.vn/v1
                    kind: Feeds
                    publisher: {id: so-x, nameVi: Sở X, nameEn: Department X}
                    feeds:
                      - id: s
                        dataset: monitoring.station
                        transport: {type: directory, root: x, pattern: "{n}.csv"}
                        format: {type: csv, delimiter: ";"}
                        conventions: {missing: ["-9999"], %s}
                        mapping: {name: ten, lon: x}
                    """
                        .formatted(conventions)),
                Map.of(),
                CodeLists.bundled())
            .get(0);
    SourceFile file = new SourceFile("a.csv", content.length, true);
    RowMapping mapping = RowMapping.compile(feed, STATION, CodeLists.bundled());
    List<Outcome> outcomes = new ArrayList<>();
    try (RecordReader.Records records =
        Readers.of(feed, STATION).open(file, new ByteArrayInputStream(content))) {
      while (records.hasNext()) {
        RawRecord record = records.next();
        outcomes.add(mapping.apply(record, file));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return outcomes;
  }

  /** Nothing expected is a missing value, REC-11 and REC-60 ones that are told. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".|'-9999'|",
        ".|' -9999 '|",
        ".|'-99990'|-99990",
        ".|'-9999.0'|REC-60",
        ".|'-99999'|REC-60",
        ".|'-3.4028234663852886E38'|REC-60",
        ".|'-999'|-999",
        ".|' 7.5 '|7.5",
        ".|'7.5'|7.5",
        ".|'7,5'|REC-11",
        ",|'7,5'|7.5",
        ",|'\"7,5\"'|7.5",
        ",|'-9999'|",
        ",|'-9999,0'|REC-60",
        ",|' 105,8342 '|105.8342",
        ",|'105,8342'|105.8342",
        ",|'105.8342'|REC-11",
        ",|'-105,8342x'|REC-11",
        ",|''|"
      })
  void aNumber(String decimal, String cell, String expected) {
    String file = "ten;x\nA;" + cell + "\nB;" + cell + "\n";
    List<Outcome> outcomes =
        map("decimal: \"%s\"".formatted(decimal), file.getBytes(Charset.forName("US-ASCII")));
    assertThat(outcomes).hasSize(2);
    for (Outcome outcome : outcomes) {
      boolean told = expected != null && expected.startsWith("REC-");
      assertThat(outcome.row()[LON])
          .isEqualTo(expected == null || told ? null : Double.valueOf(expected));
      assertThat(outcome.breaches()).hasSize(told ? 1 : 0);
      assertThat(outcome.breaches()).allMatch(breach -> breach.rule().equals(expected));
    }
  }

  /**
   * The bytes are TCVN3, written as Windows-1252 shows them; a row of ASCII is among the others.
   */
  @ParameterizedTest
  @CsvSource({"TCVN3", "auto"})
  void numbersBesideTextInAnOldEncoding(String encoding) {
    byte[] file =
        "ten;x\nTr¹m quan tr¾c;105,8\nS«ng Hång;-9999\nAn Giang;105,25\nHå T©y; 7,5 \nTr¹m b¬m;b¶y\n"
            .getBytes(Charset.forName("windows-1252"));
    List<Outcome> outcomes = map("decimal: \",\", encoding: " + encoding, file);
    assertThat(outcomes.stream().map(outcome -> outcome.row()[LON]))
        .containsExactly(105.8, null, 105.25, 7.5, null);
    int name = STATION.index("name");
    assertThat(outcomes.stream().map(outcome -> outcome.row()[name]))
        .containsExactly("Trạm quan trắc", "Sông Hồng", "An Giang", "Hồ Tây", "Trạm bơm");
    assertThat(outcomes.get(4).breaches())
        .anyMatch(breach -> breach.rule().equals("REC-11") && breach.value().equals("bảy"));
  }

  @Test
  void aNumberIsNotTakenForTheTextBefore() {
    List<Outcome> outcomes =
        map(
            "decimal: \",\"",
            "ten;x\nA; 7,5 \nB;105,25\nC; 7,5 \nD;-9999\nE;105,25\n"
                .getBytes(Charset.forName("US-ASCII")));
    assertThat(outcomes.stream().map(outcome -> outcome.row()[LON]))
        .containsExactly(7.5, 105.25, 7.5, null, 105.25);
  }
}
