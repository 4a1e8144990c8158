package vn.tnmt.lakehouse.ingestion.feed;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.format.Formats;
import vn.tnmt.lakehouse.ingestion.text.Encoding;
import vn.tnmt.lakehouse.ingestion.text.HeaderNames;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;

/** One feed file → its feeds; a template gives those of every code. */
final class FeedParser {
  private static final Set<String> TOP =
      Set.of("apiVersion", "kind", "forEach", "publisher", "feeds");
  private static final Set<String> FEED =
      Set.of(
          "id",
          "dataset",
          "transport",
          "format",
          "conventions",
          "melt",
          "measure",
          "mapping",
          "symbols",
          "schedule",
          "gate",
          "keep",
          "landing");
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]*");

  private final Path file;
  private final YamlNode document;
  private final Map<String, String> variables;
  private final CodeLists lists;
  private final Map<Path, Symbols> symbolFiles = new HashMap<>();

  FeedParser(Path file, Map<String, String> variables, CodeLists lists) {
    this(file, YamlNode.read(file, ErrorCode.FEED_INVALID), variables, lists);
  }

  /** For a text that was found elsewhere than in {@code file}. */
  FeedParser(Path file, YamlNode document, Map<String, String> variables, CodeLists lists) {
    this.file = file;
    this.document = document;
    this.variables = variables;
    this.lists = lists;
  }

  List<Feed> feeds() {
    List<Feed> feeds = new ArrayList<>();
    for (YamlNode instance : instances()) {
      Publisher publisher = publisher(instance.require("publisher"));
      for (YamlNode feed : instance.require("feeds").items()) {
        feeds.add(feed(feed.only(FEED), publisher));
      }
    }
    return feeds;
  }

  /** The file as each publisher has it: once, or once for each row of the template's code list. */
  List<YamlNode> instances() {
    YamlNode root = document.with(variables).only(TOP);
    fixed(root, "apiVersion", "tnmt.vn/v1");
    fixed(root, "kind", "Feeds");
    return instances(root).stream().map(root::with).toList();
  }

  private static void fixed(YamlNode root, String key, String value) {
    YamlNode node = root.require(key);
    if (!node.text().equals(value)) {
      throw node.error(key + " '" + node.text() + "'", "write '" + key + ": " + value + "'");
    }
  }

  /** The variables of each feed set: one set, or one for each row of the template's code list. */
  private List<Map<String, String>> instances(YamlNode root) {
    if (root.find("forEach").isEmpty()) {
      return List.of(variables);
    }
    YamlNode forEach = root.require("forEach").only(Set.of("codeList", "as"));
    YamlNode list = forEach.require("codeList");
    String as = forEach.require("as").text();
    List<Map<String, String>> instances = new ArrayList<>();
    for (Map<String, String> row : rows(list)) {
      Map<String, String> values = new HashMap<>(variables);
      row.forEach((column, value) -> values.put(as + "." + column, value));
      instances.add(values);
    }
    return instances;
  }

  private List<Map<String, String>> rows(YamlNode list) {
    try {
      return lists.rows(list.text());
    } catch (TnmtException e) {
      throw list.error("danh mục mã / code list '" + list.text() + "'", e.getMessage());
    }
  }

  private static Publisher publisher(YamlNode node) {
    node.only(Set.of("id", "nameVi", "nameEn", "provinceCode"));
    return new Publisher(
        id(node.require("id")),
        node.require("nameVi").text(),
        node.require("nameEn").text(),
        node.text("provinceCode", ""));
  }

  private static String id(YamlNode node) {
    if (!ID.matcher(node.text()).matches()) {
      throw node.error(
          "mã không hợp lệ / invalid id '" + node.text() + "'",
          "use small letters a-z, digits, - and _");
    }
    return node.text();
  }

  private Feed feed(YamlNode node, Publisher publisher) {
    Melt melt = node.find("melt").map(FeedParser::melt).orElse(Melt.NONE);
    return new Feed(
        new FeedId(publisher.id(), id(node.require("id"))),
        publisher,
        node.require("dataset").text(),
        Transports.parse(node.require("transport")),
        Formats.parse(node.require("format")),
        conventions(node.find("conventions")),
        melt,
        node.find("measure")
            .map(FeedParser::measure)
            .orElseGet(() -> melt.isNone() ? Measure.NONE : melted(node.require("melt"))),
        mapping(node.require("mapping")),
        node.find("symbols").map(this::symbols).orElse(Symbols.NONE),
        node.find("schedule").map(FeedParser::schedule).orElse(new Schedule(1, 0)),
        node.find("gate").map(GateParser::gate).orElse(GatePolicy.USUAL),
        node.find("keep")
            .map(keep -> keep.choice(Set.of("all", "used")).equals("all"))
            .orElse(true),
        node.find("landing").map(FeedParser::landingDays).orElse(0),
        place(node));
  }

  private static int landingDays(YamlNode node) {
    node.only(Set.of("keepDays")).require("keepDays");
    return node.atLeast(Feed.LEAST_LANDING_DAYS, "keepDays", 0);
  }

  private static Conventions conventions(Optional<YamlNode> given) {
    if (given.isEmpty()) {
      return new Conventions(ZoneId.of("Asia/Ho_Chi_Minh"), '.', List.of(), "UTF-8", Set.of());
    }
    YamlNode node = given.get();
    node.only(Set.of("timeZone", "decimal", "dates", "encoding", "missing"));
    node.find("decimal").ifPresent(decimal -> decimal.choice(Set.of(".", ",", Conventions.AUTO)));
    node.find("encoding").ifPresent(FeedParser::encoding);
    return new Conventions(
        node.find("timeZone")
            .map(zone -> zone.understood(ZoneId::of))
            .orElse(ZoneId.of("Asia/Ho_Chi_Minh")),
        node.text("decimal", ".").equals(Conventions.AUTO)
            ? Conventions.AUTO_DECIMAL
            : node.character("decimal", '.'),
        dates(node),
        node.text("encoding", "UTF-8"),
        Collections.unmodifiableSet(new LinkedHashSet<>(node.texts("missing"))));
  }

  private static List<String> dates(YamlNode node) {
    node.find("dates")
        .ifPresent(dates -> dates.items().forEach(date -> date.understood(DatePatterns::known)));
    return node.texts("dates");
  }

  private static Melt melt(YamlNode node) {
    Map<String, Melt.Melted> columns = new LinkedHashMap<>();
    node.only(Set.of("columns"))
        .require("columns")
        .entries()
        .forEach((column, value) -> columns.put(HeaderNames.clean(column), melted(column, value)));
    return new Melt(Collections.unmodifiableMap(columns));
  }

  private static Melt.Melted melted(String column, YamlNode value) {
    if (value.isNull()) {
      return new Melt.Melted(column, "", place(value));
    }
    if (value.isScalar()) {
      return new Melt.Melted(value.text(), "", place(value));
    }
    value.only(Set.of("parameter", "unit"));
    return new Melt.Melted(value.text("parameter", column), value.text("unit", ""), place(value));
  }

  private static Measure melted(YamlNode melt) {
    return new Measure(
        Source.parse("$melt.parameter"),
        Source.parse("$melt.value"),
        Source.parse("$melt.unit"),
        place(melt));
  }

  private static Measure measure(YamlNode node) {
    node.only(Set.of("symbol", "value", "unit"));
    return new Measure(
        node.require("symbol").understood(Source::parse),
        node.require("value").understood(Source::parse),
        node.find("unit").map(unit -> unit.understood(Source::parse)).orElse(Source.NONE),
        place(node));
  }

  private static Map<String, ColumnMapping> mapping(YamlNode node) {
    Map<String, ColumnMapping> mapping = new LinkedHashMap<>();
    node.entries().forEach((column, value) -> mapping.put(column, column(value)));
    return Collections.unmodifiableMap(mapping);
  }

  private static ColumnMapping column(YamlNode node) {
    if (node.isScalar()) {
      return new ColumnMapping(
          node.understood(Source::parse), "", Map.of(), List.of(), place(node));
    }
    node.only(Set.of("from", "const", "default", "codes", "dates", "encoding", "lookup"));
    if (node.find("const").isPresent()) {
      node.only(Set.of("const"));
      return new ColumnMapping(
          Source.NONE, node.require("const").text(), Map.of(), List.of(), place(node));
    }
    Map<String, String> codes = new LinkedHashMap<>();
    node.find("codes")
        .ifPresent(given -> given.entries().forEach((text, code) -> codes.put(text, code.text())));
    return new ColumnMapping(
        node.require("from").understood(Source::parse),
        node.text("default", ""),
        Collections.unmodifiableMap(codes),
        dates(node),
        node.find("encoding").map(FeedParser::encoding).orElse(""),
        node.find("lookup").map(FeedParser::lookup).orElse(Lookup.NONE),
        place(node));
  }

  private static String encoding(YamlNode node) {
    Set<String> known = new LinkedHashSet<>(Encoding.labels());
    known.add(Conventions.AUTO);
    return node.choice(known);
  }

  private static Lookup lookup(YamlNode node) {
    node.only(Set.of("list", "by", "validAt", "within", "former"));
    node.find("by").ifPresent(by -> by.choice(Set.of("name")));
    return new Lookup(
        node.require("list").choice(Set.of(Lookup.PROVINCES, Lookup.COMMUNES)),
        node.text("validAt", ""),
        node.text("within", ""),
        node.flag("former", false));
  }

  private Symbols symbols(YamlNode node) {
    node.only(Set.of("file", "entries"));
    List<Symbols.Symbol> entries = new ArrayList<>();
    node.find("entries")
        .ifPresent(list -> list.items().forEach(entry -> entries.add(symbol(entry))));
    if (node.find("file").isEmpty()) {
      return new Symbols(List.copyOf(entries), List.of());
    }
    YamlNode name = node.require("file");
    Path table = file.resolveSibling(name.text());
    Symbols inFile = symbolFiles.computeIfAbsent(table, path -> SymbolFile.read(path, place(name)));
    entries.addAll(inFile.entries());
    return new Symbols(List.copyOf(entries), inFile.problems());
  }

  private static Symbols.Symbol symbol(YamlNode node) {
    node.only(Set.of("station", "symbol", "parameter", "unit", "factor"));
    return new Symbols.Symbol(
        node.text("station", Symbols.ANY_STATION),
        node.require("symbol").text(),
        node.require("parameter").text(),
        node.text("unit", ""),
        node.find("factor").map(YamlNode::number).orElse(1.0),
        place(node));
  }

  private static Schedule schedule(YamlNode node) {
    node.only(Set.of("everyDays", "latenessDays"));
    return new Schedule(node.atLeast(1, "everyDays", 1), node.atLeast(0, "latenessDays", 0));
  }

  private static Place place(YamlNode node) {
    return new Place(node.file(), node.line());
  }
}
