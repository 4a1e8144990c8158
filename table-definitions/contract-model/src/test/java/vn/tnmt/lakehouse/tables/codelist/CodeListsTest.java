package vn.tnmt.lakehouse.tables.codelist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeListsTest {
  @Test
  void cellsAreTextsByColumn() {
    CodeLists lists = list("code,name\n01,\"Hà Nội, thủ đô\"\n04,\n");
    assertThat(lists.rows("units"))
        .containsExactly(
            Map.of("code", "01", "name", "Hà Nội, thủ đô"), Map.of("code", "04", "name", ""));
    assertThat(lists.by("units", "code").get("04")).containsEntry("name", "");
  }

  @Test
  void unknownNamesTellTheNearest() {
    CodeLists lists = list("code\n01\n");
    assertThatThrownBy(() -> lists.rows("unit"))
        .hasMessageStartingWith("TNMT-2007")
        .hasMessageContaining("did you mean 'units'?");
    assertThatThrownBy(() -> lists.by("units", "cod"))
        .hasMessageStartingWith("TNMT-2007")
        .hasMessageContaining("did you mean 'code'?");
  }

  @Test
  void whatIsNotATableIsToldWithFileAndLine() {
    assertThatThrownBy(() -> list("").rows("units"))
        .hasMessageStartingWith("TNMT-2007")
        .hasMessageContaining("code-lists/units.csv:1");
    assertThatThrownBy(() -> list("code,code\n").rows("units"))
        .hasMessageContaining("code-lists/units.csv:1")
        .hasMessageContaining("'code'");
    assertThatThrownBy(() -> list("code,name\n\"a\nb\",x\n01\n").rows("units"))
        .hasMessageContaining("the row has 1 cells, the header 2")
        .hasMessageContaining("code-lists/units.csv:4");
    assertThatThrownBy(() -> list("code\n01\n01\n").by("units", "code"))
        .hasMessageContaining("'01' stands twice");
  }

  @Test
  void listsAreReadFromAFolder(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("units.csv"), "\uFEFFcode\n01\n");
    assertThat(CodeLists.load(folder).by("units", "code")).containsOnlyKeys("01");
  }

  private static CodeLists list(String text) {
    return CodeLists.of(Map.of("code-lists/units.csv", text));
  }
}
