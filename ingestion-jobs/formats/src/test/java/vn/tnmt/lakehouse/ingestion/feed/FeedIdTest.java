package vn.tnmt.lakehouse.ingestion.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedIdTest {
  @Test
  void isItsTextAndBack() throws Exception {
    FeedId id = FeedId.parse("vien-x/sample");
    assertThat(id).isEqualTo(new FeedId("vien-x", "sample")).hasToString("vien-x/sample");
    ObjectMapper json = new ObjectMapper();
    assertThat(json.writeValueAsString(Map.of("feed", id)))
        .isEqualTo("{\"feed\":\"vien-x/sample\"}");
    assertThat(json.readValue("\"vien-x/sample\"", FeedId.class)).isEqualTo(id);
  }

  /** As texts: '-' comes before '/', so that of two publishers the longer name may come first. */
  @Test
  void isOrderedAsItsText() {
    assertThat(Stream.of("vien/b", "vien-x/a", "vien/a").map(FeedId::parse).sorted())
        .extracting(FeedId::toString)
        .containsExactly("vien-x/a", "vien/a", "vien/b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "/", "x/", "/f", "x/f/g"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> FeedId.parse(text))
        .hasMessageStartingWith("TNMT-5004")
        .hasMessageContaining("'" + text + "'");
  }
}
