package vn.tnmt.lakehouse.orchestration.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.ingestion.collect.directory.Directory;
import vn.tnmt.lakehouse.ingestion.engine.RowEngine;
import vn.tnmt.lakehouse.ingestion.engine.Verdict;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.feed.Readers;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.rule.Breach;
import vn.tnmt.lakehouse.tables.rule.RuleContext;
import vn.tnmt.lakehouse.tables.rule.Severity;

/**
 * The shipped feeds and contracts on every file of the demo, without Spark: each record gets the
 * verdict that its planter foretold. Rules that need more than one row (REC-20, REC-21) are the
 * business of the night.
 */
@Tag("slow")
class DemoVerdictsTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 14);
  private static final String EXPORTS = "/exports/";
  private static final Set<String> NEED_MORE_ROWS = Set.of("REC-20", "REC-21");

  private final Map<FeedId, Feed> feeds = new HashMap<>();
  private final Map<FeedId, RecordReader> readers = new HashMap<>();
  private final Map<FeedId, RowEngine> engines = new HashMap<>();

  DemoVerdictsTest() {
    Contracts contracts = Contracts.bundled();
    for (Feed feed :
        Feeds.load(
            List.of(
                Path.of("../../ingestion-jobs/feeds"), Path.of("../../ingestion-jobs/feeds-demo")),
            Map.of("exports", "/exports", "portal.url", "https://127.0.0.1", "portal.dir", "/x"))) {
      Contract contract = contracts.contract(feed.dataset());
      feeds.put(feed.id(), feed);
      readers.put(feed.id(), Readers.of(feed, contract));
      engines.put(feed.id(), RowEngine.compile(feed, contract, CodeLists.bundled()));
    }
  }

  @Test
  void everyRecordGetsTheVerdictForetold() throws IOException {
    DemoNation nation = DemoNation.of(7, FIRST);
    List<String> disagreements = new ArrayList<>();
    for (int night = 1; night <= 2; night++) {
      try (Stream<DemoFile> files = nation.files(night)) {
        for (DemoFile file : (Iterable<DemoFile>) files.filter(DemoFile::isNew)::iterator) {
          List<List<String>> foretold =
              file.fates().stream()
                  .map(f -> f.rules().stream().filter(r -> !NEED_MORE_ROWS.contains(r)).toList())
                  .toList();
          List<List<String>> found = blockingRules(file, nation.date(file.night()));
          if (!found.equals(foretold)) {
            disagreements.add(file.path() + ": foretold " + foretold + ", found " + found);
          }
        }
      }
    }
    assertThat(disagreements).isEmpty();
  }

  private List<List<String>> blockingRules(DemoFile file, LocalDate businessDate)
      throws IOException {
    FeedId id = new FeedId(file.publisher(), file.feed());
    Feed feed = feeds.get(id);
    assertThat(feed).as(id.toString()).isNotNull();
    String path =
        feed.transport() instanceof Directory directory
            ? (EXPORTS + file.path()).substring(directory.root().length() + 1)
            : file.path().substring(file.path().lastIndexOf('/') + 1);
    boolean recognised = feed.transport().pattern().match(path).isPresent();
    SourceFile source = new SourceFile(path, file.content().length, recognised);
    Instant asOf = businessDate.plusDays(1).atStartOfDay(StationFile.ZONE).toInstant();
    RuleContext context = new RuleContext(asOf, businessDate);
    List<List<String>> rules = new ArrayList<>();
    try (RecordReader.Records records =
        readers.get(id).open(source, new ByteArrayInputStream(file.content()))) {
      while (records.hasNext()) {
        RawRecord record = records.next();
        Verdict verdict = engines.get(id).apply(record, source, context);
        rules.add(
            verdict.breaches().stream()
                .filter(b -> b.severity() == Severity.BLOCK)
                .map(Breach::rule)
                .collect(Collectors.toList()));
      }
    }
    return rules;
  }
}
