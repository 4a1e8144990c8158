package vn.tnmt.lakehouse.orchestration.nightly;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.feed.Feed;

/**
 * The night as data: all that a scheduler needs to know to run it stage by stage, each stage one
 * command of {@code ./tnmt}. In a command, <code>{date}</code> stands for the business date and
 * <code>{feed}</code> for a feed's id.
 *
 * <p>Exit codes of the commands: 0 done; 1 failed, may be tried again; 2 wrong arguments, settings,
 * contracts or feeds, trying again does not help; 3 (ingest only) the publisher has sent nothing.
 *
 * @param minimumPublishers publishers that must have delivered before the night goes on
 */
public record Pipeline(List<Stage> stages, int minimumPublishers, List<FeedLine> feeds) {
  /** Vietnamese and English. */
  public record Text(String vi, String en) {}

  /**
   * One stage.
   *
   * @param command arguments of {@code ./tnmt}
   * @param mapped {@code feed} when the command is run once for each feed
   * @param spark whether it takes a place among the Spark jobs
   * @param consumes names of what it reads
   * @param produces names of what it makes
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Stage(
      String name,
      Text title,
      List<String> command,
      @Nullable String mapped,
      boolean spark,
      List<String> consumes,
      List<String> produces) {}

  /**
   * One feed.
   *
   * @param name what a person would call the publisher
   * @param everyDays days from one delivery to the next
   */
  public record FeedLine(
      String id, String publisher, Text name, String dataset, int everyDays, int latenessDays) {}

  /** The stages of the night, which {@link Nightly} runs in one process. */
  public static final List<Stage> STAGES =
      List.of(
          new Stage(
              "ingest",
              new Text("Thu nhận", "Ingest"),
              List.of("ingest", "--date", "{date}", "--feed", "{feed}"),
              "feed",
              false,
              List.of("exports"),
              List.of("landing")),
          new Stage(
              "consolidate",
              new Text("Tổng hợp", "Consolidate"),
              List.of("consolidate", "--date", "{date}"),
              null,
              true,
              List.of("landing"),
              List.of("staged")),
          new Stage(
              "release",
              new Text("Phát hành", "Release"),
              List.of("release", "--date", "{date}"),
              null,
              true,
              List.of("staged"),
              List.of("release")),
          new Stage(
              "report",
              new Text("Báo cáo", "Report"),
              List.of("report", "--date", "{date}"),
              null,
              true,
              List.of("release"),
              List.of("report")),
          new Stage(
              "maintain",
              new Text("Bảo trì", "Maintain"),
              List.of("maintain", "--if-due"),
              null,
              true,
              List.of("release"),
              List.of()));

  public static Pipeline of(List<Feed> feeds, int minimumPublishers) {
    return new Pipeline(STAGES, minimumPublishers, feeds.stream().map(Pipeline::line).toList());
  }

  private static FeedLine line(Feed feed) {
    return new FeedLine(
        feed.id().toString(),
        feed.publisher().id(),
        new Text(feed.publisher().nameVi(), feed.publisher().nameEn()),
        feed.dataset(),
        feed.schedule().everyDays(),
        feed.schedule().latenessDays());
  }
}
