package vn.tnmt.lakehouse.orchestration.nightly;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import vn.tnmt.lakehouse.base.progress.Progress;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.transform.ledger.RunLog;
import vn.tnmt.lakehouse.transform.release.Release;
import vn.tnmt.lakehouse.transform.release.Releases;
import vn.tnmt.lakehouse.transform.run.Parallel;

/**
 * The last two stages: a run becomes a release, and people get to read it. Both may be repeated.
 */
public final class Publication {
  private final Lakehouse lake;
  private final Releases releases;
  private final Outputs outputs;
  private final Stages stages;

  public Publication(Lakehouse lake, List<Feed> feeds, Progress progress) {
    this.lake = lake;
    this.releases = new Releases(lake);
    this.outputs = new Outputs(lake, feeds);
    this.stages = new Stages(progress);
  }

  /** Makes the release: from the first line on it will be made, by this process or the next. */
  public void publish(Release release) {
    stages.run(
        "publish " + release.releaseId(),
        () -> {
          releases.begin(release);
          releases.publish(release);
          new RunLog(lake).released(release, Releases.key(release));
          return release;
        });
  }

  /**
   * Writes the report and the receipts of a release, and closes its making.
   *
   * @return the path of the report's page
   */
  public Path answer(Release release) {
    Path report = answers(release);
    return stages.brief(
        "close the release",
        () -> {
          releases.finish(release);
          return report;
        });
  }

  private Path answers(Release release) {
    try (Parallel steps = new Parallel(lake.spark())) {
      CompletableFuture<Integer> receipts =
          steps.start(() -> stages.run("receipts", () -> outputs.receipts(release)));
      CompletableFuture<Path> page =
          steps.start(() -> stages.run("report", () -> outputs.report(release)));
      Parallel.<Object>join(List.of(receipts, page));
      return page.join();
    }
  }
}
