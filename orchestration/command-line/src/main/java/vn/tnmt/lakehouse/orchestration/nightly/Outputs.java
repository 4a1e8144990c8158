package vn.tnmt.lakehouse.orchestration.nightly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.config.WholeFile;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.rule.RuleTexts;
import vn.tnmt.lakehouse.transform.answer.ReceiptQueries;
import vn.tnmt.lakehouse.transform.answer.RejectQueries;
import vn.tnmt.lakehouse.transform.answer.RejectQueries.Rejected;
import vn.tnmt.lakehouse.transform.ledger.RunLog;
import vn.tnmt.lakehouse.transform.national.NationalDatasets;
import vn.tnmt.lakehouse.transform.national.Policies;
import vn.tnmt.lakehouse.transform.receipt.Receipt;
import vn.tnmt.lakehouse.transform.receipt.Rejects;
import vn.tnmt.lakehouse.transform.receipt.RejectsFiles;
import vn.tnmt.lakehouse.transform.receipt.RejectsForm;
import vn.tnmt.lakehouse.transform.release.Definitions;
import vn.tnmt.lakehouse.transform.release.Duty;
import vn.tnmt.lakehouse.transform.release.Pins;
import vn.tnmt.lakehouse.transform.release.Release;
import vn.tnmt.lakehouse.transform.release.Releases;
import vn.tnmt.lakehouse.transform.report.ReportData.Policy;
import vn.tnmt.lakehouse.transform.report.ReportPage;
import vn.tnmt.lakehouse.transform.report.ReportQueries;
import vn.tnmt.lakehouse.transform.report.ReportRequest;
import vn.tnmt.lakehouse.transform.report.ReportRequest.Pinned;
import vn.tnmt.lakehouse.transform.report.ReportSections;

/** What people get of a release, as files: the national report and the publishers' receipts. */
public final class Outputs {
  private final Lakehouse lake;
  private final List<Feed> feeds;
  private final Releases releases;
  private final Outbox outbox;
  private final ReportFolder reports;
  private final Pins pins;
  private final NationalDatasets nationals;
  private final ReportSections sections;

  public Outputs(Lakehouse lake, List<Feed> feeds) {
    this.lake = lake;
    this.feeds = feeds;
    this.releases = new Releases(lake);
    this.outbox = new Outbox(lake.settings());
    this.reports = new ReportFolder(lake.settings().path("report.dir"));
    this.pins = new Pins(lake.store());
    this.nationals = NationalDatasets.registered(Contracts.bundled());
    this.sections = nationals.sections();
  }

  /**
   * Writes the report of a release, from the tables as it froze them and with the contracts,
   * policies and duties that it was made with. What a release did not pin, since an older version
   * made it, is today's.
   *
   * @return the path of its page
   */
  public Path report(Release release) {
    Optional<Release> previous =
        new RunLog(lake).releaseBefore(release).filter(releases::isKept).map(releases::find);
    Definitions definitions = release.definitions();
    Contracts contracts = pins.contracts(definitions);
    List<String> tables = release.tables().stream().map(Release.PinnedTable::name).toList();
    ReportRequest request =
        new ReportRequest(
            pinned(release),
            previous.map(Outputs::pinned).orElse(null),
            release.createdAt(),
            definitions.duties().isEmpty()
                ? feeds.stream().map(Duty::of).toList()
                : definitions.duties(),
            contracts,
            RuleTexts.of(contracts),
            sections.over(tables),
            notes(
                tables,
                definitions.settings().isEmpty()
                    ? Policies.of(lake.settings())
                    : Policies.of(definitions.settings())));
    return reports.put(
        release.releaseId(), ReportPage.files(ReportQueries.read(lake.spark(), request)));
  }

  /**
   * Writes a letter and its JSON for every delivery of a release's run: {@code
   * <outbox>/<publisher>/<date>/<feed>-<delivery>.html} and {@code .json}, and where records were
   * quarantined {@code …-rejects.csv} and {@code .xlsx}. Letters about them that are still there
   * go.
   *
   * @return how many deliveries were answered
   */
  public int receipts(Release release) {
    Pinned pinned = pinned(release);
    Map<String, Rejects> rejects = rejects(release, pinned);
    Contracts contracts = pins.contracts(release.definitions());
    List<String> raw =
        release.tables().stream()
            .filter(table -> table.name().startsWith("raw.") && !table.branch().isEmpty())
            .map(Release.PinnedTable::name)
            .toList();
    Iterator<Receipt> receipts =
        ReceiptQueries.read(
            lake.spark(),
            pinned.tables(),
            raw,
            release.runId(),
            pinned.businessDate(),
            feeds,
            RuleTexts.of(contracts),
            contracts);
    int count = 0;
    while (receipts.hasNext()) {
      Receipt found = receipts.next();
      Receipt receipt = found.with(rejects.getOrDefault(found.deliveryId(), Rejects.NONE));
      outbox.write(receipt, release.businessDate());
      count++;
    }
    return count;
  }

  /** Delivery → the files of its rejected rows, which are written row by row. */
  private Map<String, Rejects> rejects(Release release, Pinned pinned) {
    RejectQueries queries =
        new RejectQueries(lake.spark(), pinned.tables(), release.runId(), pinned.businessDate());
    Map<String, RejectsForm.Columns> columns = queries.columns();
    Map<FeedId, Feed> byId = feeds.stream().collect(Collectors.toMap(Feed::id, f -> f));
    Map<String, Rejects> written = new HashMap<>();
    Iterator<Rejected> records = queries.records();
    Rejected next = records.hasNext() ? records.next() : null;
    while (next != null) {
      Rejected first = next;
      Path folder = outbox.folder(first.feed().publisher(), release.businessDate());
      String name = Outbox.name(first.feed(), first.deliveryId()) + "-rejects";
      RejectsForm form =
          RejectsForm.of(
              byId.get(first.feed()),
              columns.getOrDefault(first.deliveryId(), new RejectsForm.Columns()));
      try {
        Files.createDirectories(folder);
        try (RejectsFiles files =
            RejectsFiles.create(
                folder.resolve(name + ".csv"),
                folder.resolve(name + ".xlsx"),
                form,
                RuleTexts.bundled())) {
          while (next != null && next.deliveryId().equals(first.deliveryId())) {
            files.add(next.record());
            next = records.hasNext() ? records.next() : null;
          }
          written.put(first.deliveryId(), files.finish());
        }
      } catch (IOException e) {
        throw unwritable(folder, e);
      }
    }
    return written;
  }

  /** The report of an earlier release, when it is still there. */
  public Optional<Path> existingReport(String releaseId) {
    return reports.page(releaseId);
  }

  private static Pinned pinned(Release release) {
    Map<String, Long> snapshots =
        release.tables().stream()
            .collect(Collectors.toMap(Release.PinnedTable::name, Release.PinnedTable::snapshotId));
    UnaryOperator<String> name =
        table -> {
          Long snapshot = snapshots.get(table);
          return snapshot == null || snapshot < 0
              ? "(SELECT * FROM lake." + table + " WHERE false)"
              : "lake." + table + " VERSION AS OF " + snapshot;
        };
    return new Pinned(
        release.releaseId(), release.runId(), LocalDate.parse(release.businessDate()), name);
  }

  /** What the method notes say of the policies of those national datasets that a release has. */
  private List<Policy> notes(List<String> tables, Policies policies) {
    return nationals.all().stream()
        .filter(dataset -> tables.contains(dataset.table()))
        .flatMap(dataset -> dataset.policies().stream())
        .map(policy -> note(policy, policies))
        .toList();
  }

  private static <T> Policy note(
      vn.tnmt.lakehouse.transform.national.Policy<T> policy, Policies policies) {
    return new Policy(policy.title(), policy.says().apply(policies.get(policy)), policy.source());
  }

  /** Appears whole or not at all. */
  static Path write(Path path, String text) {
    try {
      Files.createDirectories(path.getParent());
      return WholeFile.write(path, text, WholeFile.READABLE);
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  private static TnmtException unwritable(Path path, IOException e) {
    return TnmtException.of(
        ErrorCode.STORE_FAILED,
        "không ghi được tệp / a file cannot be written",
        path.toString(),
        "cho phép ghi vào thư mục / make the folder writable, then run again",
        e);
  }
}
