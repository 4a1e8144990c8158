package vn.tnmt.lakehouse.ingestion.feed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;

/**
 * The feeds of publishers as YAML that stands alone, fit to be handed to them: templates filled in,
 * symbol tables put inside, and of the transport nothing but the names of files, so that no host,
 * account or place of a secret leaves the platform.
 */
public final class PublisherFeeds {
  private static final String NO_FOLDER = "offline";

  private PublisherFeeds() {}

  /**
   * The feeds of some publishers.
   *
   * @param folder of feed files, as {@link Feeds#load} reads it
   * @param wanted which publishers, by id
   * @return {@code feeds/<publisher>.yaml} → YAML, ordered by name; a second file of the same
   *     publisher is {@code feeds/<publisher>-2.yaml}
   */
  public static Map<String, String> texts(
      Path folder, Map<String, String> variables, CodeLists lists, Predicate<String> wanted) {
    Map<String, String> texts = new TreeMap<>();
    for (Path file : Feeds.yamlFiles(folder)) {
      FeedParser parser = new FeedParser(file, variables, lists);
      List<Feed> parsed = parser.feeds();
      int next = 0;
      for (YamlNode instance : parser.instances()) {
        int count = instance.require("feeds").items().size();
        List<Feed> feeds = parsed.subList(next, next + count);
        next += count;
        if (!feeds.isEmpty() && wanted.test(feeds.get(0).publisher().id())) {
          texts.put(name(feeds.get(0).publisher().id(), texts), text(instance, feeds));
        }
      }
    }
    return texts;
  }

  private static String name(String publisher, Map<String, String> taken) {
    String name = "feeds/" + publisher + ".yaml";
    for (int i = 2; taken.containsKey(name); i++) {
      name = "feeds/" + publisher + "-" + i + ".yaml";
    }
    return name;
  }

  private static String text(YamlNode instance, List<Feed> feeds) {
    Map<String, Object> document = new LinkedHashMap<>(mapping(instance));
    document.remove("forEach");
    List<Object> written = new ArrayList<>();
    List<YamlNode> items = instance.require("feeds").items();
    for (int i = 0; i < feeds.size(); i++) {
      Map<String, Object> feed = new LinkedHashMap<>(mapping(items.get(i)));
      feed.put("transport", transport(feeds.get(i).transport()));
      feed.remove("symbols");
      if (!feeds.get(i).symbols().entries().isEmpty()) {
        feed.put("symbols", Map.of("entries", symbols(feeds.get(i).symbols())));
      }
      written.add(feed);
    }
    document.put("feeds", written);
    DumperOptions options = new DumperOptions();
    // Every scalar is quoted: what is text here is text there.
    options.setDefaultScalarStyle(DumperOptions.ScalarStyle.DOUBLE_QUOTED);
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setLineBreak(DumperOptions.LineBreak.UNIX);
    options.setAllowUnicode(true);
    options.setDereferenceAliases(true);
    options.setSplitLines(false);
    return new Yaml(options).dump(document);
  }

  private static Map<String, Object> transport(Transport transport) {
    Map<String, Object> names = new LinkedHashMap<>();
    names.put("type", "directory");
    names.put("root", NO_FOLDER);
    names.put("pattern", transport.pattern().text());
    return names;
  }

  private static List<Map<String, String>> symbols(Symbols symbols) {
    return symbols.entries().stream()
        .map(
            symbol -> {
              Map<String, String> entry = new LinkedHashMap<>();
              entry.put("station", symbol.stationCode());
              entry.put("symbol", symbol.symbol());
              entry.put("parameter", symbol.parameter());
              entry.put("unit", symbol.unit());
              entry.put("factor", Double.toString(symbol.factor()));
              return entry;
            })
        .toList();
  }

  /** The same as plain values, in the order of the file. */
  static Map<String, Object> mapping(YamlNode node) {
    Map<String, Object> values = new LinkedHashMap<>();
    node.entries().forEach((key, value) -> values.put(key, value(value)));
    return values;
  }

  private static @Nullable Object value(YamlNode node) {
    if (node.isMapping()) {
      return mapping(node);
    }
    if (node.isList()) {
      return node.items().stream().map(PublisherFeeds::value).toList();
    }
    return node.isNull() ? null : node.text();
  }
}
