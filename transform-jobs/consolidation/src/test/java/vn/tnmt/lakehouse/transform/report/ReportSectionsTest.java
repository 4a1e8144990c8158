package vn.tnmt.lakehouse.transform.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.report.SectionContent.Page;
import vn.tnmt.lakehouse.transform.report.toy.ToySection;

class ReportSectionsTest {
  private static ReportSections of(ReportSection... sections) {
    return ReportSections.of(List.of(sections), Contracts.bundled());
  }

  @Test
  void aTableThatThereIsNotIsAnErrorThatNamesTheLikeliest() {
    assertThatThrownBy(() -> of(new ToySection("admin.unit", "land.parcels")))
        .hasMessageStartingWith("TNMT-2012 section 'toy'")
        .hasMessageContaining("declares an unknown table: land.parcels")
        .hasMessageContaining("ToySection.tables()")
        .hasMessageContaining("did you mean 'land.parcel'?");
  }

  @Test
  void aSectionThatReadsATableItDidNotDeclareIsAnErrorThatNamesBoth() {
    assertThatThrownBy(() -> of(new ToySection("land.parcel")))
        .isInstanceOf(TnmtException.class)
        .hasMessageStartingWith("TNMT-2012 section 'toy'")
        .hasMessageContaining("did not declare: admin.unit")
        .hasMessageContaining("ToySection")
        .hasMessageContaining("section.sql")
        .hasMessageContaining("statement units");
  }

  @Test
  void whatIsDeclaredMayBeRead() {
    assertThat(of(new ToySection("admin.unit")).all()).hasSize(1);
  }

  @Test
  void twoSectionsOfOneKeyAreAnError() {
    assertThatThrownBy(() -> of(new ToySection("admin.unit"), new ToySection("admin.unit")))
        .hasMessageStartingWith("TNMT-2012 section 'toy'")
        .hasMessageContaining("one key");
  }

  /** A section of this package, which has no resources. */
  private record Bare(String key) implements ReportSection {
    @Override
    public Set<String> tables() {
      return Set.of();
    }
  }

  @Test
  void aSectionWithoutItsFilesIsTold() {
    assertThatThrownBy(() -> of(new Bare("bare")))
        .hasMessageStartingWith("TNMT-2012 section 'bare'")
        .hasMessageContaining("No resource section.yaml");
    assertThatThrownBy(() -> of(new Bare("Bare!")))
        .hasMessageStartingWith("TNMT-2012 section 'Bare!'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/x.html", "../index.html", "a/../../x", "a//b", "", ".hidden"})
  void aPageStaysInItsSectionsFolder(String path) {
    assertThatThrownBy(() -> new Page(path, Words.NONE, ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new Page("tinh/01.html", Words.NONE, "").under("toy")).isEqualTo("toy/tinh/01.html");
  }
}
