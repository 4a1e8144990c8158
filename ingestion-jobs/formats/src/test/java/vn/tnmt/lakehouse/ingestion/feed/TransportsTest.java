package vn.tnmt.lakehouse.ingestion.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.yaml.YamlNode;

class TransportsTest {
  private static final YamlNode POST =
      YamlNode.parse(
          "f.yaml", "type: post\npattern: a.csv\nbox: {number: 7}\n", ErrorCode.FEED_INVALID);

  private record Type(Set<String> names) implements TransportType {
    @Override
    public Transport parse(YamlNode node) {
      return new WrittenTransport(FilePattern.parse("parsed"), 0, "");
    }
  }

  @Test
  void aTransportIsReadByItsType() {
    Map<String, TransportType> types =
        Transports.byName(List.of(new Type(Set.of("post", "mail")), new Type(Set.of("pigeon"))));
    assertThat(types.keySet()).containsExactly("mail", "pigeon", "post");
    assertThat(Transports.parse(POST, types).pattern()).hasToString("parsed");
  }

  @Test
  void withoutAnyTransportTheKeysAreTakenAsTheyAreWritten() {
    assertThat(Transports.parse(POST, Map.of()))
        .isEqualTo(
            new WrittenTransport(FilePattern.parse("a.csv"), 30, "{type=post, box={number=7}}"));
  }

  @Test
  void anUnknownNameIsAnErrorWhereThereAreTransports() {
    assertThatThrownBy(
            () -> Transports.parse(POST, Transports.byName(List.of(new Type(Set.of("posts"))))))
        .hasMessageStartingWith("TNMT-2005")
        .hasMessageContaining("f.yaml:1)")
        .hasMessageContaining("transport.type")
        .hasMessageContaining("did you mean 'posts'?");
  }

  @Test
  void twoTransportsOfOneNameAreRefused() {
    assertThatThrownBy(
            () ->
                Transports.byName(
                    List.of(new Type(Set.of("post")), new Type(Set.of("post", "mail")))))
        .hasMessageStartingWith("TNMT-5007")
        .hasMessageContaining("'post'");
  }
}
