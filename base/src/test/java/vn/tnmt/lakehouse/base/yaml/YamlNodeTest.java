package vn.tnmt.lakehouse.base.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.base.error.ErrorCode;

class YamlNodeTest {
  @Test
  void everyValueKnowsItsLine() {
    YamlNode root = parse("a: 1\nb:\n  - x\n  - {c: true, d: 2.5}\n");
    assertThat(root.require("a").integer()).isEqualTo(1);
    YamlNode item = root.require("b").items().get(1);
    assertThat(item.where()).isEqualTo("f.yaml:4");
    assertThat(item.flag("c", false)).isTrue();
    assertThat(item.require("d").number()).isEqualTo(2.5);
    assertThat(root.find("z")).isEmpty();
    assertThat(root.text("z", "default")).isEqualTo("default");
  }

  @Test
  void aScalarStaysTheTextOfTheFile() {
    YamlNode root = parse("code: 01\nno: no\ndate: 2025-07-01\nempty:\nquoted: \"\"\n");
    assertThat(root.require("code").text()).isEqualTo("01");
    assertThat(root.require("no").text()).isEqualTo("no");
    assertThat(root.require("date").text()).isEqualTo("2025-07-01");
    assertThat(root.find("empty")).isEmpty();
    assertThat(root.require("quoted").text()).isEmpty();
  }

  @Test
  void textIsNfc() {
    assertThat(parse("a: Ha\u0300 No\u0323\u0302i").require("a").text()).isEqualTo("Hà Nội");
  }

  @Test
  void brokenYamlNamesTheLine() {
    assertThatThrownBy(() -> parse("a: 1\nb: [x\nc: 2\n"))
        .hasMessageContaining("TNMT-2001")
        .hasMessageContaining("f.yaml:3");
    assertThatThrownBy(() -> parse(""))
        .hasMessageContaining("TNMT-2001")
        .hasMessageContaining("f.yaml:1");
    assertThatThrownBy(() -> parse("a: 1\n---\nb: 1\n"))
        .hasMessageContaining("TNMT-2001")
        .hasMessageContaining("f.yaml:2");
    assertThatThrownBy(() -> parse("a: \u0007")).hasMessageContaining("TNMT-2001");
  }

  @Test
  void aFileThatIsNotUtf8IsInvalidYaml(@TempDir Path dir) throws IOException {
    Path file = Files.write(dir.resolve("tcvn3.yaml"), new byte[] {'a', ':', ' ', (byte) 0xB5});
    assertThatThrownBy(() -> YamlNode.read(file, ErrorCode.FEED_INVALID))
        .hasMessageContaining("TNMT-2001")
        .hasMessageContaining("tcvn3.yaml");
  }

  @Test
  void unknownKeyNamesLineAndNearest() {
    assertThatThrownBy(() -> parse("id: x\nencodng: UTF-8\n").only(Set.of("id", "encoding")))
        .hasMessageContaining("TNMT-2002")
        .hasMessageContaining("f.yaml:2")
        .hasMessageContaining("did you mean 'encoding'?");
  }

  @Test
  void aKeyWrittenTwiceIsAnError() {
    assertThatThrownBy(() -> parse("id: x\nid: y\n").find("id"))
        .hasMessageContaining("TNMT-2001")
        .hasMessageContaining("f.yaml:2");
  }

  @Test
  void wrongShapesHaveTheCodeOfTheDocument() {
    YamlNode root = parse("a: [1]\nb: x\nc: .inf\n");
    assertThatThrownBy(() -> root.require("a").text())
        .hasMessageContaining("TNMT-2005")
        .hasMessageContaining("f.yaml:1");
    assertThatThrownBy(() -> root.require("b").items())
        .hasMessageContaining("TNMT-2005")
        .hasMessageContaining("f.yaml:2");
    assertThatThrownBy(() -> root.require("b").entries()).hasMessageContaining("TNMT-2005");
    assertThatThrownBy(() -> root.require("b").integer()).hasMessageContaining("TNMT-2005");
    assertThatThrownBy(() -> root.require("b").flag()).hasMessageContaining("TNMT-2005");
    assertThatThrownBy(() -> root.require("c").number()).hasMessageContaining("TNMT-2005");
    assertThatThrownBy(() -> root.require("z"))
        .hasMessageContaining("TNMT-2005")
        .hasMessageContaining("'z'");
  }

  @Test
  void variablesAreReplacedOnlyWhenGiven() {
    YamlNode root = parse("a: x/${province.slug}/$path.y\nb: ${provnce.slug}\n");
    assertThat(root.require("a").text()).isEqualTo("x/${province.slug}/$path.y");
    YamlNode given = root.with(Map.of("province.slug", "ha_noi$1"));
    assertThat(given.require("a").text()).isEqualTo("x/ha_noi$1/$path.y");
    assertThatThrownBy(() -> given.require("b").text())
        .hasMessageContaining("TNMT-2005")
        .hasMessageContaining("f.yaml:2")
        .hasMessageContaining("did you mean 'province.slug'?");
  }

  private static YamlNode parse(String text) {
    return YamlNode.parse("f.yaml", text, ErrorCode.FEED_INVALID);
  }
}
