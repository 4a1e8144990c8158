package vn.tnmt.lakehouse.transform.report;

import java.util.List;
import vn.tnmt.lakehouse.transform.page.Figures;
import vn.tnmt.lakehouse.transform.page.Texts;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.report.ReportData.Lead;
import vn.tnmt.lakehouse.transform.report.ReportData.Province;

/** The one sentence that says the state of the nation. */
final class Headline {
  private Headline() {}

  static Words of(ReportData data, Texts texts) {
    return texts.say(
        "headline",
        Figures.date(data.release().businessDate()),
        air(data.provinces(), texts),
        water(data.provinces(), texts),
        deliveries(data.lead(), texts));
  }

  private static Words air(List<Province> provinces, Texts texts) {
    List<Province> known =
        provinces.stream()
            .filter(province -> province.air() != null)
            .sorted(Views.worstFirst(Scale.AIR, province -> province.air().worst(), Province::code))
            .toList();
    if (known.isEmpty()) {
      return texts.say("headline-air-none");
    }
    long bad = known.stream().filter(p -> p.air().worst() > Scale.AIR_LIMIT).count();
    Province worst = known.get(0);
    Words count = Figures.whole(known.size());
    Words value = Figures.whole(worst.air().worst());
    Words category = Scale.AIR.of(worst.air().worst()).name();
    return bad == 0
        ? texts.say("headline-air-good", count, worst.name(), value, category)
        : texts.say("headline-air-bad", Figures.whole(bad), count, worst.name(), value, category);
  }

  private static Words water(List<Province> provinces, Texts texts) {
    long points = 0;
    long bad = 0;
    for (Province province : provinces) {
      if (province.water() != null) {
        points += province.water().withIndex();
        bad += province.water().outOfRange();
      }
    }
    if (points == 0) {
      return texts.say("headline-water-none");
    }
    return bad == 0
        ? texts.say("headline-water-good", Figures.whole(points))
        : texts.say("headline-water-bad", Figures.whole(bad), Figures.whole(points));
  }

  private static Words deliveries(Lead lead, Texts texts) {
    long missing = lead.provincesTotal() - lead.provincesDelivered();
    Words total = Figures.whole(lead.provincesTotal());
    return missing == 0
        ? texts.say("headline-all-delivered", total)
        : texts.say("headline-missing", Figures.whole(missing), total);
  }
}
