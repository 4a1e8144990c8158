package vn.tnmt.lakehouse.transform.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import vn.tnmt.lakehouse.transform.page.Figures;
import vn.tnmt.lakehouse.transform.page.Html;
import vn.tnmt.lakehouse.transform.page.Texts;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.report.ReportData.FeedState;
import vn.tnmt.lakehouse.transform.report.ReportData.Province;
import vn.tnmt.lakehouse.transform.report.ReportData.Publisher;

/** Who delivered and who did not: those who are late, then provinces, then national bodies. */
final class DeliveriesView {
  private final List<Publisher> publishers;
  private final Map<String, Province> provinces;
  private final Texts t;
  private final List<Words> datasets;

  DeliveriesView(List<Publisher> publishers, Map<String, Province> provinces, Texts texts) {
    this.publishers =
        publishers.stream()
            .sorted(
                Comparator.comparingInt(DeliveriesView::daysLate)
                    .reversed()
                    .thenComparing(publisher -> publisher.provinceCode() == null))
            .toList();
    this.provinces = provinces;
    this.t = texts;
    this.datasets =
        this.publishers.stream()
            .flatMap(publisher -> publisher.feeds().stream())
            .map(FeedState::title)
            .distinct()
            .toList();
  }

  record Row(
      Object code,
      Words name,
      List<Html> feeds,
      Words received,
      Words accepted,
      Words quarantined,
      Words duplicate,
      Words superseded,
      Html share) {}

  Words statement() {
    List<Words> late =
        publishers.stream()
            .filter(publisher -> daysLate(publisher) > 0)
            .map(publisher -> t.say("late-one", name(publisher), last(publisher)))
            .toList();
    Words all = Figures.whole(publishers.size());
    return late.isEmpty()
        ? t.say("deliveries-all", all)
        : t.say("deliveries-late", Figures.whole(late.size()), all, Words.join(", ", late));
  }

  List<Words> datasetTitles() {
    return datasets;
  }

  List<Row> rows() {
    return publishers.stream()
        .map(
            p ->
                new Row(
                    p.provinceCode() == null ? false : p.provinceCode(),
                    name(p),
                    datasets.stream().map(dataset -> mark(p, dataset)).toList(),
                    Figures.whole(p.received()),
                    Figures.whole(p.accepted()),
                    Figures.whole(p.quarantined()),
                    Figures.whole(p.duplicate()),
                    Figures.whole(p.superseded()),
                    share(p.quarantined(), p.received())))
        .toList();
  }

  List<Words> totals() {
    List<Words> totals = new ArrayList<>();
    for (ToLongFunction<Publisher> column :
        List.<ToLongFunction<Publisher>>of(
            Publisher::received,
            Publisher::accepted,
            Publisher::quarantined,
            Publisher::duplicate,
            Publisher::superseded)) {
      totals.add(Figures.whole(publishers.stream().mapToLong(column).sum()));
    }
    return totals;
  }

  Html totalShare() {
    return share(
        publishers.stream().mapToLong(Publisher::quarantined).sum(),
        publishers.stream().mapToLong(Publisher::received).sum());
  }

  private static Html share(long quarantined, long received) {
    return received == 0
        ? new Html("<span class=\"soft\">–</span>")
        : Figures.percent(received - quarantined, received).html();
  }

  private Words name(Publisher publisher) {
    Province province = provinces.get(publisher.provinceCode());
    return province == null ? publisher.name() : province.name();
  }

  private static int daysLate(Publisher publisher) {
    return publisher.feeds().stream().mapToInt(FeedState::daysLate).max().orElse(0);
  }

  /** The last business date of the feed that is latest. */
  private Words last(Publisher publisher) {
    FeedState worst =
        publisher.feeds().stream().max(Comparator.comparingInt(FeedState::daysLate)).orElseThrow();
    return worst.lastDate() == null
        ? t.say("never")
        : t.say("last-delivery", Figures.date(worst.lastDate()));
  }

  /** One cell of the matrix: the worst of the publisher's feeds for the dataset. */
  private Html mark(Publisher publisher, Words dataset) {
    return publisher.feeds().stream()
        .filter(feed -> feed.title().equals(dataset))
        .max(Comparator.comparingInt(FeedState::daysLate).thenComparing(feed -> !feed.delivered()))
        .map(this::mark)
        .orElse(Html.EMPTY);
  }

  private Html mark(FeedState feed) {
    if (feed.delivered()) {
      return Views.html(
          new Html("<i class=\"sent\"></i><span class=\"hidden\">"),
          t.say("feed-delivered"),
          new Html("</span>"));
    }
    if (feed.daysLate() > 0) {
      return Views.html(
          new Html("<strong class=\"late\">"),
          feed.lastDate() == null ? t.say("feed-never") : t.count("feed-late", feed.daysLate()),
          new Html("</strong>"));
    }
    return Views.html(
        new Html("<span class=\"soft\" aria-hidden=\"true\">–</span><span class=\"hidden\">"),
        t.say("feed-not-due"),
        new Html("</span>"));
  }
}
