package vn.tnmt.lakehouse.ingestion.collect.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresTextTest {
  @Test
  void timesBecomeIso() {
    assertThat(PostgresText.iso("2026-02-28 01:02:03.5")).isEqualTo("2026-02-28T01:02:03.5");
    assertThat(PostgresText.iso("0044-03-15 BC")).isEqualTo("-0043-03-15");
    assertThat(PostgresText.iso("0001-01-01 00:00:00 BC")).isEqualTo("0000-01-01T00:00:00");
    assertThat(PostgresText.iso("4713-01-01 BC")).isEqualTo("-4712-01-01");
    assertThat(PostgresText.iso("x BC")).isEqualTo("x BC");
    assertThat(PostgresText.instant("2026-02-28 01:02:03+00")).isEqualTo("2026-02-28T01:02:03Z");
    assertThat(PostgresText.instant("0044-03-15 00:00:00+00 BC"))
        .isEqualTo("-0043-03-15T00:00:00Z");
    assertThat(PostgresText.instant("-infinity")).isEqualTo("-infinity");
    assertThat(PostgresText.offset("12:00:00+07")).isEqualTo("12:00:00+07:00");
    assertThat(PostgresText.offset("12:00:00-05:30")).isEqualTo("12:00:00-05:30");
    assertThat(PostgresText.base64("\\xzz")).isEqualTo("\\xzz");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "}",
        "{,}",
        "{1,}",
        "{1 2",
        "{{1}",
        "{1}}",
        "{\"a}",
        "{\"a\"b}",
        "{\"a\\",
        "1",
        "[0:1]",
        "{{},1,}",
        "{1}{2}"
      })
  void whatIsNoArrayIsText(String text) throws JsonProcessingException {
    assertThat(new ObjectMapper().readTree(array(text)).textValue()).isEqualTo(text);
  }

  @Test
  void whateverTheServerSaysIsJson() throws JsonProcessingException {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder("{");
      for (int length = random.nextInt(12); length > 0; length--) {
        text.append("{},\"\\N1 ".charAt(random.nextInt(8)));
      }
      new ObjectMapper().readTree(array(text.append('}').toString()));
    }
    String deep = "{".repeat(100_000);
    assertThat(array(deep)).isEqualTo("\"" + deep + "\"");
  }

  @Test
  void boxesAreParted() {
    assertThat(array("{(1,1),(0,0);(2,2),(1,1)}", ';'))
        .isEqualTo("[\"(1,1),(0,0)\",\"(2,2),(1,1)\"]");
    assertThat(array("{}", ',')).isEqualTo("[]");
  }

  private static String array(String text) {
    return array(text, ',');
  }

  private static String array(String text, char delimiter) {
    JsonLine line = new JsonLine();
    PostgresText.array(text, delimiter, (value, out) -> out.text(value), line);
    return new String(line.bytes(), StandardCharsets.UTF_8);
  }
}
