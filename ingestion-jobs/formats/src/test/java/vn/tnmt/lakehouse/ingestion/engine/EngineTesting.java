package vn.tnmt.lakehouse.ingestion.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
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

/** The feeds and contracts of the platform, applied to files made up by tests. */
final class EngineTesting {
  /** The end of 2026-01-01 in Vietnam. */
  static final RuleContext NIGHT =
      new RuleContext(Instant.parse("2026-01-01T17:00:00Z"), LocalDate.of(2026, 1, 1));

  private static final List<Feed> FEEDS = Feeds.load(Path.of("../feeds"), Map.of("exports", "x"));

  private EngineTesting() {}

  /** One record and what the engine said of it. */
  record Judged(RawRecord record, Verdict verdict, Contract contract) {
    Object value(String column) {
      return verdict.row()[contract.index(column)];
    }

    List<String> codes() {
      return verdict.breaches().stream().map(Breach::rule).toList();
    }

    /** Line, part and codes, for example {@code 3.0 REC-05 blocked}. */
    String told() {
      return record.line()
          + "."
          + record.part()
          + " "
          + (codes().isEmpty() ? "ok" : String.join(" ", codes()))
          + (verdict.blocked() ? " blocked" : "");
    }
  }

  static Feed feed(String id) {
    return FEEDS.stream().filter(feed -> feed.id().toString().equals(id)).findFirst().orElseThrow();
  }

  static List<Judged> judge(String feedId, String path, String content) {
    return judge(feed(feedId), path, content.getBytes(StandardCharsets.UTF_8));
  }

  static List<Judged> judge(Feed feed, String path, byte[] content) {
    Contract contract = Contracts.bundled().contract(feed.dataset());
    RowEngine engine = RowEngine.compile(feed, contract, CodeLists.bundled());
    SourceFile file =
        new SourceFile(path, content.length, feed.transport().pattern().match(path).isPresent());
    List<Judged> judged = new ArrayList<>();
    try (RecordReader.Records records =
        Readers.of(feed, contract).open(file, new ByteArrayInputStream(content))) {
      records.forEachRemaining(
          record ->
              judged.add(
                  new Judged(record, engine.apply(record, records.file(file), NIGHT), contract)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return judged;
  }

  static List<String> told(List<Judged> judged) {
    return judged.stream().map(Judged::told).toList();
  }
}
