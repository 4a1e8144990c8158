package vn.tnmt.lakehouse.additions.toylanduse;

import java.util.List;
import java.util.Set;
import vn.tnmt.lakehouse.transform.page.Figures;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.report.Edition;
import vn.tnmt.lakehouse.transform.report.ReportSection;
import vn.tnmt.lakehouse.transform.report.ResultRow;
import vn.tnmt.lakehouse.transform.report.SectionContent.LeadFigure;
import vn.tnmt.lakehouse.transform.report.SectionContent.Note;

/** Land use in the national report: how much of it there is. */
final class ToyLandUseSection implements ReportSection {
  @Override
  public String key() {
    return "toy-land-use";
  }

  @Override
  public Set<String> tables() {
    return Set.of("national.toy_land_use");
  }

  @Override
  public Set<String> leadStatements() {
    return Set.of("provinces");
  }

  @Override
  public Words headline(Edition edition) {
    double area =
        edition.rows("provinces").stream().mapToDouble(row -> row.decimal("area_ha")).sum();
    return edition.say("headline", Figures.fixed(area, 2));
  }

  @Override
  public List<LeadFigure> lead(Edition edition) {
    List<ResultRow> provinces = edition.rows("provinces");
    return List.of(
        new LeadFigure(
            edition.say("plots"),
            ResultRow.sum(provinces, "plots"),
            edition.say("plots-of", Figures.whole(provinces.size()))));
  }

  @Override
  public List<Note> method(Edition edition) {
    return List.of(new Note(edition.say("method-title"), edition.say("method")));
  }
}
