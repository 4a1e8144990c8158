package vn.tnmt.lakehouse.orchestration.nightly;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.tnmt.lakehouse.base.progress.Progress;
import vn.tnmt.lakehouse.core.config.SettingKey;
import vn.tnmt.lakehouse.core.lake.Faults;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.transform.maintain.Budget;
import vn.tnmt.lakehouse.transform.maintain.Maintenance;

/**
 * The stage after the report, in the same process. The date has its release by then: what fails
 * here is told, and tried again another night.
 */
public final class NightlyUpkeep {
  private static final Logger LOG = LoggerFactory.getLogger(NightlyUpkeep.class);

  private final Lakehouse lake;
  private final LandingRetention landing;
  private final Clock clock;
  private final Stages stages;

  NightlyUpkeep(Lakehouse lake, List<Feed> feeds, Clock clock, Progress progress) {
    this.lake = lake;
    this.landing = new LandingRetention(lake, () -> feeds, clock);
    this.clock = clock;
    this.stages = new Stages(progress);
  }

  /** What a person should know of it; empty when nothing was due. */
  Optional<String> run() {
    Budget budget =
        Budget.of(Duration.ofSeconds(lake.settings().integer(SettingKey.MAINTAIN_BUDGET)));
    try {
      return stages
          .brief("maintain", () -> due(new Maintenance(lake, clock, budget), landing, budget))
          .map(NightlyUpkeep::told);
    } catch (RuntimeException e) {
      LOG.error("Maintenance failed", e);
      return Optional.of(
          "bảo trì chưa xong, bản phát hành không bị ảnh hưởng / maintenance failed, the release"
              + " stands: "
              + Faults.told(e));
    }
  }

  /** Landing first: what it keeps too long is no matter of what the releases are like. */
  public static Optional<Maintenance.Done> due(
      Maintenance maintenance, LandingRetention landing, Budget budget) {
    if (!maintenance.isDue()) {
      return Optional.empty();
    }
    Optional<String> ended = landing.maintain(false, budget);
    return maintenance.ifDue().map(done -> done.noting(ended));
  }

  private static String told(Maintenance.Done done) {
    return "bảo trì / maintenance: %d bản phát hành hết hạn / releases expired, %d bảng / tables%s"
            .formatted(
                done.releases().size(),
                done.tables().size(),
                done.finished() ? "" : ", phần còn lại làm lần sau / the rest comes another time")
        + done.notes().stream().map(note -> "; " + note).collect(Collectors.joining());
  }
}
