package vn.tnmt.lakehouse.ingestion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.Header;

class CellsJsonTest {
  private final CellsJson json = new CellsJson();

  private String of(Cells cells) {
    return new String(json.of(cells), StandardCharsets.UTF_8);
  }

  /** By Python: {@code json.dumps(d, ensure_ascii=False, separators=(",", ":"))}. */
  @Test
  void isPlainJson() {
    assertThat(of(Cells.none())).isEqualTo("{}");
    assertThat(of(new Cells(Header.of("mã", "pH", "ghi \"chú\""), "Đ\\1", "", "a\"b 😀")))
        .isEqualTo("{\"mã\":\"Đ\\\\1\",\"pH\":\"\",\"ghi \\\"chú\\\"\":\"a\\\"b 😀\"}");
  }

  @Test
  void escapesWhatTextCannotHold() {
    assertThat(of(new Cells(Header.of("a"), "\n\u0000\t\uD800x\uDC00")))
        .isEqualTo("{\"a\":\"\\u000a\\u0000\\u0009\\ud800x\\udc00\"}");
  }

  /** Jackson reads the same cells out of it, and so do we. */
  @Test
  void isReadBackWithoutLoss() throws JsonProcessingException {
    Random random = new Random(7);
    ObjectMapper jackson = new ObjectMapper();
    for (int round = 0; round < 2000; round++) {
      Map<String, String> cells = new LinkedHashMap<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        cells.put(text(random), text(random));
      }
      String written = of(Cells.copyOf(cells));
      assertThat(jackson.readValue(written, new TypeReference<LinkedHashMap<String, String>>() {}))
          .containsExactlyEntriesOf(cells);
      assertThat(CellsJson.parse(written)).containsExactlyEntriesOf(cells);
    }
  }

  /** Control characters, quotes, backslashes, Vietnamese, emoji, halves of surrogate pairs. */
  private static String text(Random random) {
    String some = "\u0000\n\"\\/{}:,abcĐộ\u0301ế\u0800\uD83D\uDE00\uD800\uDFFF\uFFFF";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(some.charAt(random.nextInt(some.length())));
    }
    return text.toString();
  }
}
