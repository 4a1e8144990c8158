package vn.tnmt.lakehouse.transform.report;

import java.util.LinkedHashMap;
import java.util.Map;
import vn.tnmt.lakehouse.transform.page.Template;
import vn.tnmt.lakehouse.transform.page.Texts;

/**
 * The national report as a set of files. Its page needs nothing else: Vietnamese with a switch to
 * English, drawings made here rather than in the browser, so that it prints and reads without
 * script. The same data give the same bytes.
 */
public final class ReportPage {
  private static final Template TEMPLATE = Template.load(ReportPage.class, "report.mustache");
  static final Texts TEXTS = Texts.load(ReportPage.class, "report-texts.yaml");
  private static final Texts SOURCES = Texts.load(ReportPage.class, "sources.yaml");

  /** The file that people open. */
  public static final String INDEX = "index.html";

  private ReportPage() {}

  /** Every file of the report by its path, the page first; sections have a folder each. */
  public static Map<String, String> files(ReportData data) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(INDEX, render(data));
    for (SectionContent section : data.sections()) {
      section.pages().forEach(page -> files.put(page.under(section.key()), page.content()));
    }
    return files;
  }

  /** The page. */
  public static String render(ReportData data) {
    return TEMPLATE.render(new ReportView(data, TEXTS, SOURCES));
  }
}
