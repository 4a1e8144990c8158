package vn.tnmt.lakehouse.transform.report.toy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import vn.tnmt.lakehouse.transform.page.Figures;
import vn.tnmt.lakehouse.transform.page.Html;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.report.Edition;
import vn.tnmt.lakehouse.transform.report.ReportSection;
import vn.tnmt.lakehouse.transform.report.ResultRow;
import vn.tnmt.lakehouse.transform.report.Scale;
import vn.tnmt.lakehouse.transform.report.SectionContent.Layer;
import vn.tnmt.lakehouse.transform.report.SectionContent.LeadFigure;
import vn.tnmt.lakehouse.transform.report.SectionContent.Page;
import vn.tnmt.lakehouse.transform.report.SectionContent.ProvinceValue;

/** A section that nobody but this package knows: how long the names of the provinces are. */
public final class ToySection implements ReportSection {
  private static final Scale SCALE =
      Scale.of(
          "TOY",
          List.of(
              new Scale.Level(0, 6, new Words("Ngắn", "Short"), "#112233"),
              new Scale.Level(7, 99, new Words("Dài", "Long"), "#445566")));

  private final Set<String> tables;

  /**
   * @param tables what the section declares; it reads {@code admin.unit}
   */
  public ToySection(String... tables) {
    this.tables = Set.of(tables);
  }

  @Override
  public String key() {
    return "toy";
  }

  @Override
  public Set<String> tables() {
    return tables;
  }

  @Override
  public Set<String> leadStatements() {
    return Set.of("units");
  }

  @Override
  public Words headline(Edition edition) {
    return edition.say("headline", Figures.whole(edition.rows("units").size()));
  }

  @Override
  public List<LeadFigure> lead(Edition edition) {
    return List.of(
        new LeadFigure(
            edition.say("letters"), ResultRow.sum(edition.rows("units"), "letters"), Words.NONE));
  }

  @Override
  public Optional<Layer> layer(Edition edition) {
    return Optional.of(
        new Layer(
            SCALE,
            edition.say("tab"),
            edition.say("tab"),
            edition.say("tab"),
            edition.say("tab"),
            edition.say("letters"),
            20,
            edition.rows("units").stream()
                .map(
                    row ->
                        new ProvinceValue(
                            row.text("code"),
                            (int) row.number("letters"),
                            Html.EMPTY,
                            Words.same(row.text("name"))))
                .toList()));
  }

  @Override
  public List<Page> pages(Edition edition) {
    return List.of(new Page("names.html", edition.say("tab"), "<!DOCTYPE html><p>Hà Nội"));
  }
}
