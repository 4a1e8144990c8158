package vn.tnmt.lakehouse.ingestion.feed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;

/** Reads folders of feed files. The format is described in {@code docs/feeds.md}. */
public final class Feeds {
  private Feeds() {}

  /**
   * All feeds of the {@code *.yaml} files of a folder, in the order of file names.
   *
   * @param variables what {@code ${name}} stands for, for example {@code exports}
   * @throws TnmtException {@code TNMT-2001} broken YAML, {@code TNMT-2002} unknown key, {@code
   *     TNMT-2005} anything else that cannot be a feed, each with file and line
   */
  public static List<Feed> load(Path dir, Map<String, String> variables) {
    return load(dir, variables, CodeLists.bundled());
  }

  /** As {@link #load(Path, Map)}, of several folders; an id may stand in one of them only. */
  public static List<Feed> load(List<Path> dirs, Map<String, String> variables) {
    return unique(
        dirs.stream()
            .flatMap(dir -> yamlFiles(dir).stream())
            .map(file -> new FeedParser(file, variables, CodeLists.bundled()))
            .toList());
  }

  /** As {@link #load(Path, Map)}, with other code lists for templates. */
  public static List<Feed> load(Path dir, Map<String, String> variables, CodeLists lists) {
    return unique(
        yamlFiles(dir).stream().map(file -> new FeedParser(file, variables, lists)).toList());
  }

  /**
   * The feeds of texts that were found elsewhere.
   *
   * @param texts name as messages show it → YAML; a text names no other file
   */
  public static List<Feed> of(
      Map<String, String> texts, Map<String, String> variables, CodeLists lists) {
    List<FeedParser> parsers = new ArrayList<>();
    texts.forEach(
        (name, text) ->
            parsers.add(
                new FeedParser(
                    Path.of(name),
                    YamlNode.parse(name, text, ErrorCode.FEED_INVALID),
                    variables,
                    lists)));
    return unique(parsers);
  }

  private static List<Feed> unique(List<FeedParser> parsers) {
    List<Feed> feeds = new ArrayList<>();
    Map<FeedId, Place> seen = new HashMap<>();
    for (FeedParser parser : parsers) {
      for (Feed feed : parser.feeds()) {
        Place first = seen.putIfAbsent(feed.id(), feed.place());
        if (first != null) {
          throw TnmtException.of(
              ErrorCode.FEED_INVALID,
              "mã nguồn cấp trùng / duplicate feed id '" + feed.id() + "'",
              feed.place().toString(),
              "it is already at " + first);
        }
        feeds.add(feed);
      }
    }
    return List.copyOf(feeds);
  }

  static List<Path> yamlFiles(Path dir) {
    try (Stream<Path> files = Files.list(dir)) {
      List<Path> yaml =
          files
              .filter(file -> file.toString().endsWith(".yaml") && Files.isRegularFile(file))
              .sorted()
              .toList();
      if (yaml.isEmpty()) {
        throw TnmtException.of(
            ErrorCode.FEED_INVALID,
            "thư mục không có nguồn cấp nào / the folder holds no feeds",
            dir.toString(),
            "feeds are *.yaml files");
      }
      return yaml;
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.FEED_INVALID,
          "không đọc được thư mục nguồn cấp / the folder of feeds cannot be read",
          dir.toString(),
          "give a folder of *.yaml files with --feeds",
          e);
    }
  }
}
