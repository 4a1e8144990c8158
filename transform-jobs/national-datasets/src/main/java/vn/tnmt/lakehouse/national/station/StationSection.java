package vn.tnmt.lakehouse.national.station;

import java.util.List;
import java.util.Set;
import vn.tnmt.lakehouse.transform.page.Figures;
import vn.tnmt.lakehouse.transform.report.Edition;
import vn.tnmt.lakehouse.transform.report.ReportSection;
import vn.tnmt.lakehouse.transform.report.ResultRow;
import vn.tnmt.lakehouse.transform.report.SectionContent.Completeness;
import vn.tnmt.lakehouse.transform.report.SectionContent.LeadFigure;
import vn.tnmt.lakehouse.transform.report.SectionContent.Note;

/** Stations in the national report: how many report, and whether they stand where they say. */
public final class StationSection implements ReportSection {
  @Override
  public String key() {
    return "station";
  }

  /** What measures comes before what it measured. */
  @Override
  public int position() {
    return 10;
  }

  @Override
  public Set<String> tables() {
    return Set.of("monitoring.station", "monitoring.observation", "national.station");
  }

  @Override
  public Set<String> leadStatements() {
    return Set.of("reporting");
  }

  @Override
  public List<LeadFigure> lead(Edition edition) {
    ResultRow row = edition.row("reporting");
    return List.of(
        new LeadFigure(
            edition.say("reporting"),
            row.number("reporting"),
            edition.say("reporting-of", Figures.whole(row.number("total")))));
  }

  @Override
  public List<Completeness> completeness(Edition edition) {
    ResultRow reporting = edition.row("reporting");
    ResultRow located = edition.row("located");
    return List.of(
        new Completeness(
            edition.say("reporting"), reporting.number("reporting"), reporting.number("total")),
        new Completeness(
            edition.say("agreeing"), located.number("agreeing"), located.number("located")));
  }

  @Override
  public List<Note> method(Edition edition) {
    return List.of(new Note(edition.say("method-title"), edition.say("method")));
  }
}
