package vn.tnmt.lakehouse.transform.report;

import java.util.ArrayList;
import java.util.List;
import vn.tnmt.lakehouse.transform.page.Figures;
import vn.tnmt.lakehouse.transform.page.Texts;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.report.ReportData.Lead;

/** The one sentence that says the state of the nation: a clause of each section, then who sent. */
final class Headline {
  private Headline() {}

  static Words of(ReportData data, Texts texts) {
    List<Words> clauses = new ArrayList<>();
    data.sections().forEach(section -> clauses.add(section.headline()));
    clauses.add(deliveries(data.lead(), texts));
    return texts.say(
        "headline", Figures.date(data.release().businessDate()), Words.join("; ", clauses));
  }

  private static Words deliveries(Lead lead, Texts texts) {
    long missing = lead.provincesTotal() - lead.provincesDelivered();
    Words total = Figures.whole(lead.provincesTotal());
    return missing == 0
        ? texts.say("headline-all-delivered", total)
        : texts.say("headline-missing", Figures.whole(missing), total);
  }
}
