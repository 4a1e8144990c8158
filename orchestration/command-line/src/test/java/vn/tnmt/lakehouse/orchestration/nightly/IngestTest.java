package vn.tnmt.lakehouse.orchestration.nightly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.progress.Progress;
import vn.tnmt.lakehouse.ingestion.collect.CollectResult;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;

/** Whose fault a failure is decides whether the night goes on. */
class IngestTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 3, 14);

  @TempDir Path dir;

  /** An object store in which something is wrong. */
  private static final class BrokenStore implements LandingStore {
    private final AtomicInteger asked = new AtomicInteger();
    private final ErrorCode code;

    BrokenStore(ErrorCode code) {
      this.code = code;
    }

    private TnmtException failure() {
      asked.incrementAndGet();
      return TnmtException.of(code, "the store was made to fail");
    }

    @Override
    public InputStream open(String key) {
      throw failure();
    }

    @Override
    public InputStream openRange(String key, long offset, long length) {
      throw failure();
    }

    @Override
    public OutputStream create(String key) {
      throw failure();
    }

    @Override
    public Iterator<String> keysAfter(String prefix, String after) {
      throw failure();
    }

    @Override
    public List<String> children(String prefix) {
      throw failure();
    }

    @Override
    public void forget(String key) {
      throw failure();
    }

    @Override
    public void delete(String key) {
      throw failure();
    }
  }

  private List<Feed> feeds() {
    return Feeds.load(
        Path.of("../../ingestion-jobs/feeds"),
        Map.of("exports", dir.resolve("exports").toString()));
  }

  private Ingest ingest(LandingStore store) {
    return new Ingest(store, dir.resolve("work"), feeds(), Clock.systemUTC(), Progress.quiet());
  }

  @Test
  void aStoreThatFailsFailsTheNight() throws IOException {
    Files.createDirectories(dir.resolve("exports/ha_noi/danh-muc-tram"));
    for (ErrorCode code : List.of(ErrorCode.STORE_FAILED, ErrorCode.OBJECT_MISSING)) {
      assertThatThrownBy(() -> ingest(new BrokenStore(code)).run(NIGHT))
          .as("an empty night would be released instead")
          .hasMessageStartingWith(code.id());
    }
  }

  @Test
  void aStoreThatFailsIsNotAskedAgainForEachFeed() throws IOException {
    for (Feed feed : feeds()) {
      String slug = feed.publisher().id().replaceFirst("^snnmt-", "");
      Files.createDirectories(dir.resolve("exports").resolve(slug).resolve("danh-muc-tram"));
    }
    BrokenStore store = new BrokenStore(ErrorCode.STORE_FAILED);
    assertThatThrownBy(() -> ingest(store).run(NIGHT)).hasMessageStartingWith("TNMT-3002");
    assertThat(store.asked)
        .as("of 34 registers, those that were begun together")
        .hasPositiveValue()
        .hasValueLessThanOrEqualTo(2 * Runtime.getRuntime().availableProcessors());
  }

  @Test
  void aPublisherWithoutAFolderCostsItsOwnFeedsOnly() {
    List<CollectResult> results = ingest(new BrokenStore(ErrorCode.STORE_FAILED)).run(NIGHT);
    assertThat(results).hasSameSizeAs(feeds());
    assertThat(results)
        .allSatisfy(
            result ->
                assertThat(result.failure().orElseThrow().code())
                    .isEqualTo(ErrorCode.SOURCE_MISSING));
  }
}
