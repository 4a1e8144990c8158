package vn.tnmt.lakehouse.validator;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.tnmt.lakehouse.ingestion.bundle.Bundle;
import vn.tnmt.lakehouse.ingestion.bundle.SigningKey;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.ingestion.feed.PublisherFeeds;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.source.SourceFiles;

/** The folders by publisher and flaw; see their README. */
final class Fixtures {
  static final Path ROOT = Path.of("src/test/resources/fixtures");
  static final LocalDate NIGHT = LocalDate.of(2026, 3, 14);

  private Fixtures() {}

  /** One folder. */
  record Fixture(String publisher, String flaw, Path folder) {
    Path files() {
      return folder.resolve("files");
    }

    /** A publisher of its own, so that no fixture meets another one's deliveries. */
    String id() {
      return publisher + "--" + flaw;
    }

    /** {@code feeds.yaml} of that publisher. */
    String feeds() throws IOException {
      String text = Files.readString(folder.resolveSibling("feeds.yaml"));
      String own = text.replaceFirst("id: " + publisher + "\\b", "id: " + id());
      if (own.equals(text)) {
        throw new IOException(this + ": feeds.yaml does not name the publisher as its folder does");
      }
      return own;
    }

    List<Feed> feeds(Path exports) throws IOException {
      return Feeds.of(
          Map.of("feeds.yaml", feeds()),
          Map.of("exports", exports.toString()),
          CodeLists.bundled());
    }

    /** By hand; in the form of {@link #row}. */
    List<String> expected() throws IOException {
      List<String> rows = new ArrayList<>();
      try (CsvReader<NamedCsvRecord> csv =
          CsvReader.builder().ofNamedCsvRecord(folder.resolve("expected.csv"))) {
        for (NamedCsvRecord row : csv) {
          rows.add(
              row(
                  row.getField("feed"),
                  row.getField("file"),
                  Long.parseLong(row.getField("line")),
                  Integer.parseInt(row.getField("part")),
                  row.getField("outcome"),
                  Arrays.asList(row.getField("rules").split(" ", -1))));
        }
      }
      return rows;
    }

    @Override
    public String toString() {
      return publisher + "/" + flaw;
    }
  }

  static String row(
      String feed, String file, long line, int part, String outcome, List<String> rules) {
    String codes =
        rules.stream().filter(code -> !code.isEmpty()).sorted().collect(Collectors.joining(" "));
    return "%s %s:%d.%d %s %s".formatted(feed, file, line, part, outcome, codes).strip();
  }

  static List<Fixture> all() {
    try (Stream<Path> below = Files.walk(ROOT, 3)) {
      return below
          .filter(file -> file.getFileName().toString().equals("expected.csv"))
          .map(Path::getParent)
          .map(
              folder ->
                  new Fixture(
                      folder.getParent().getFileName().toString(),
                      folder.getFileName().toString(),
                      folder))
          .sorted((a, b) -> a.toString().compareTo(b.toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A bundle as the ministry would make it for the publisher, through all of its bytes. */
  static Bundle.Signed bundle(Fixture fixture, SigningKey key, Map<String, Set<String>> references)
      throws IOException {
    return Bundle.read(new ByteArrayInputStream(bundleBytes(fixture, key, references)), "bundle");
  }

  static byte[] bundleBytes(Fixture fixture, SigningKey key, Map<String, Set<String>> references)
      throws IOException {
    TreeMap<String, String> texts = new TreeMap<>();
    texts.putAll(SourceFiles.bundled(Contracts.class, "contracts", ".yaml"));
    texts.putAll(SourceFiles.bundled(CodeLists.class, "code-lists", ".csv"));
    Path feeds = Files.createTempDirectory("feeds");
    Files.writeString(feeds.resolve("feeds.yaml"), fixture.feeds());
    texts.putAll(
        PublisherFeeds.texts(feeds, Map.of("exports", "exports"), CodeLists.bundled(), id -> true));
    Files.delete(feeds.resolve("feeds.yaml"));
    Files.delete(feeds);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Bundle.write(new Bundle.Sources(texts, references), "test", key, out);
    return out.toByteArray();
  }
}
