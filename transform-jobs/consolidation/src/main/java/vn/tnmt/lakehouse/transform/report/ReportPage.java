package vn.tnmt.lakehouse.transform.report;

import vn.tnmt.lakehouse.transform.page.Template;
import vn.tnmt.lakehouse.transform.page.Texts;

/**
 * The national report as one HTML file that needs nothing else: Vietnamese with a switch to
 * English, drawings made here rather than in the browser, so that it prints and reads without
 * script. The same data give the same bytes.
 */
public final class ReportPage {
  private static final Template TEMPLATE = Template.load(ReportPage.class, "report.mustache");
  private static final Texts TEXTS = Texts.load(ReportPage.class, "report-texts.yaml");
  private static final Texts SOURCES = Texts.load(ReportPage.class, "sources.yaml");

  private ReportPage() {}

  public static String render(ReportData data) {
    return TEMPLATE.render(new ReportView(data, TEXTS, SOURCES));
  }
}
