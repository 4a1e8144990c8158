package vn.tnmt.lakehouse.ingestion.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.format.csv.Csv;
import vn.tnmt.lakehouse.ingestion.format.fixedwidth.FixedWidth;
import vn.tnmt.lakehouse.ingestion.reader.text.RowLimits;

class TextFormatsTest {
  private static Format format(String yaml) {
    return Formats.parse(YamlNode.parse("f.yaml", yaml, ErrorCode.FEED_INVALID));
  }

  @Test
  void everyKeyOfCsvArrives() {
    assertThat(
            format(
                "{type: csv, delimiter: auto, quote: \"'\", headerLine: auto, headerLines: 2,"
                    + " headerJoin: '.', totals: [Tổng*], footer: [Người lập*], limits: {rowKB: 2, rowLines: 3, columns: 4}}"))
        .isEqualTo(
            new Csv(
                Csv.AUTO,
                '\'',
                Csv.AUTO_LINE,
                2,
                ".",
                List.of("Tổng*"),
                List.of("Người lập*"),
                new RowLimits(2048, 3, 4)));
    assertThat(format("{type: csv}")).isEqualTo(new Csv(',', '"', 1));
    assertThat(((Csv) format("{type: csv}")).detected()).isFalse();
  }

  @Test
  void everyKeyOfFixedWidthArrives() {
    assertThat(
            format(
                "{type: fixed-width, columns: {b: [3, 4], a: [1, 2]}, headerLine: 1, totals:"
                    + " [Cộng], footer: [Người lập*]}"))
        .isEqualTo(
            new FixedWidth(
                Map.of("a", new FixedWidth.Span(1, 2), "b", new FixedWidth.Span(3, 4)),
                1,
                List.of("Cộng"),
                List.of("Người lập*"),
                RowLimits.USUAL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: csv, delimiter: é}",
        "{type: csv, delimiter: a}",
        "{type: csv, delimiter: ';', quote: ';'}",
        "{type: csv, headerLine: 0}",
        "{type: csv, headerLines: 0}",
        "{type: csv, limits: {rowKB: 100000}}",
        "{type: csv, limits: {rows: 1}}",
        "{type: fixed-width}",
        "{type: fixed-width, columns: {}}",
        "{type: fixed-width, columns: {a: [0, 1]}}",
        "{type: fixed-width, columns: {a: [2, 1]}}",
        "{type: fixed-width, columns: {a: [1]}}",
        "{type: fixed-width, columns: {a: [1, 2000000000]}}",
        "{type: fixed-width, columns: {a: [1, 2]}, delimiter: ','}"
      })
  void whatCannotBeMeantIsToldWithItsLine(String yaml) {
    assertThatThrownBy(() -> format(yaml))
        .isInstanceOf(TnmtException.class)
        .hasMessageContaining("f.yaml:1");
  }
}
