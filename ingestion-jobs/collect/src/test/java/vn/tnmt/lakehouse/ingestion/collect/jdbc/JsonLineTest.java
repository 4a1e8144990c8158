package vn.tnmt.lakehouse.ingestion.collect.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLineTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @Test
  void anyTextComesBackFromAnotherReader() throws JsonProcessingException {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(40); length > 0; length--) {
        // Every kind of character, halves of surrogate pairs among them.
        int bits = 1 + random.nextInt(17);
        int c = random.nextInt(1 << bits) % 0x11000;
        text.appendCodePoint(random.nextBoolean() ? c : c % 0x80);
      }
      String line = text(new JsonLine().text(text.toString()));
      assertThat(line).doesNotContain("\n", "\r", "\0");
      assertThat(JSON.readTree(line).textValue()).isEqualTo(text.toString());
    }
  }

  @Test
  void nullIsNotAnEmptyText() {
    assertThat(text(new JsonLine().text(null).text(""))).isEqualTo("null\"\"");
  }

  @Test
  void theBytesAreTheseAndNoOthers() {
    assertThat(text(new JsonLine().text("a\"\\/\b\f\n\r\t\0\u001f\u007fé\ud83d\ude00\ud83d")))
        .isEqualTo("\"a\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007fé\ud83d\ude00\\ud83d\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0", "1.10", "12345678901234567890.5", "1e+20", "-1E-07", "0.0"})
  void numbersStayAsTheyAreWritten(String number) throws JsonProcessingException {
    assertThat(text(new JsonLine().number(number))).isEqualTo(number);
    assertThat(JSON.readTree(number).isNumber()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "01",
        "1.",
        ".5",
        "1e",
        "1e+",
        "+1",
        "NaN",
        "-Infinity",
        "1 ",
        "1,5",
        "0x1"
      })
  void whatIsNoNumberIsText(String text) {
    assertThat(text(new JsonLine().number(text))).isEqualTo("\"" + text + "\"");
  }

  @Test
  void jsonIsOneLineAndBrokenJsonIsText() {
    assertThat(text(new JsonLine().json("{\"a\":\r\n [1.10, null]}")))
        .isEqualTo("{\"a\":   [1.10, null]}");
    assertThat(text(new JsonLine().json("{\"a\":1} x"))).isEqualTo("\"{\\\"a\\\":1} x\"");
    assertThat(text(new JsonLine().json(""))).isEqualTo("\"\"");
    String deep = "[".repeat(100_000);
    assertThat(text(new JsonLine().json(deep))).isEqualTo("\"" + deep + "\"");
  }

  private static String text(JsonLine line) {
    return new String(line.bytes(), StandardCharsets.UTF_8);
  }
}
