package vn.tnmt.lakehouse.ingestion.collect.jdbc;

import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Secret;
import vn.tnmt.lakehouse.ingestion.collect.transfer.TransferPolicy;
import vn.tnmt.lakehouse.ingestion.feed.TransportType;

/** {@code transport: {type: jdbc, …}} of a feed. */
public final class JdbcType implements TransportType {
  private static final Set<String> KEYS =
      Set.of(
          "type",
          "url",
          "user",
          "password",
          "table",
          "query",
          "name",
          "mode",
          "key",
          "incrementColumn",
          "partition",
          "geometry",
          "fetchSize",
          "statementSeconds",
          "limits");
  private static final Pattern URL = Pattern.compile("jdbc:(postgresql|mariadb|mysql):.+");
  private static final Pattern SECRET = Pattern.compile("(?i)[?&](user|[a-z_]*pass[a-z]*|pwd)=");
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}\\p{N}_-]+");
  private static final Pattern QUOTED = Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"");
  private static final int DEFAULT_FETCH_SIZE = 1_000;
  private static final int DEFAULT_STATEMENT_SECONDS = 600;
  private static final int MOST_PARTS = 1_000;
  private static final int MOST_FETCHED = 100_000;

  @Override
  public Set<String> names() {
    return Set.of("jdbc");
  }

  @Override
  public Jdbc parse(YamlNode node) {
    node.only(KEYS);
    String query = node.find("query").map(JdbcType::query).orElse("");
    List<String> table = query.isEmpty() ? table(node.require("table")) : List.of();
    if (!query.isEmpty() && node.find("table").isPresent()) {
      throw node.require("query")
          .error("table hoặc query, không cả hai / table or query, not both", "");
    }
    String plain = query.isEmpty() ? table.get(table.size() - 1) : "rows";
    return new Jdbc(
        url(node.require("url")),
        filled(node.require("user")),
        Secret.parse(node.require("password")),
        table,
        query,
        node.find("name").map(JdbcType::name).orElseGet(() -> plainName(plain)),
        key(node),
        increment(node),
        node.find("partition").map(JdbcType::partition).orElse(Jdbc.Partition.NONE),
        node.find("geometry").map(JdbcType::filled).orElse(""),
        between(1, MOST_FETCHED, node, "fetchSize", DEFAULT_FETCH_SIZE),
        Duration.ofSeconds(node.atLeast(1, "statementSeconds", DEFAULT_STATEMENT_SECONDS)),
        TransferPolicy.parse(node));
  }

  private static String url(YamlNode node) {
    String url = node.text();
    if (!URL.matcher(url).matches()) {
      throw node.error(
          "không phải địa chỉ JDBC dùng được / not a JDBC address that is supported",
          "jdbc:postgresql://host:port/database, jdbc:mariadb://… or jdbc:mysql://…");
    }
    int end = url.indexOf('?') < 0 ? url.length() : url.indexOf('?');
    if (url.substring(0, end).indexOf('@') >= 0 || SECRET.matcher(url).find()) {
      // The text is not repeated: it may hold the secret.
      throw node.error(
          "người dùng và mật khẩu không được viết trong địa chỉ"
              + " / user and password must not stand in the address",
          "use the keys user and password");
    }
    return url;
  }

  private static String filled(YamlNode node) {
    String text = node.text();
    if (text.isBlank() || text.indexOf('\0') >= 0) {
      throw node.error("không được để trống / must not be blank", "");
    }
    return text;
  }

  private static List<String> table(YamlNode node) {
    List<String> parts = List.of(node.text().split("\\.", -1));
    if (parts.size() > 3 || parts.stream().anyMatch(p -> p.isBlank() || p.indexOf('\0') >= 0)) {
      throw node.error(
          "không phải tên bảng / not a table's name '" + node.text() + "'",
          "write schema.table, as the catalogue writes them, without quotes");
    }
    return parts;
  }

  /** One SELECT; that it does not write is held by the database, in a read-only transaction. */
  private static String query(YamlNode node) {
    String query = filled(node);
    String start = query.stripLeading().toLowerCase(Locale.ROOT);
    boolean reads = start.startsWith("select") || start.startsWith("with");
    if (!reads || QUOTED.matcher(query).replaceAll("").indexOf(';') >= 0) {
      throw node.error(
          "cần đúng một câu SELECT / one SELECT is expected",
          "begin with select or with, and write no semicolon");
    }
    return query;
  }

  private static String name(YamlNode node) {
    String name = Normalizer.normalize(node.text(), Normalizer.Form.NFC);
    if (!NAME.matcher(name).matches()) {
      throw node.error(
          "không dùng làm tên tệp được / not fit for a file name '" + node.text() + "'",
          "letters, digits, - and _");
    }
    return name;
  }

  private static String plainName(String table) {
    return Normalizer.normalize(table, Normalizer.Form.NFC)
        .replaceAll("[^\\p{L}\\p{M}\\p{N}_-]", "_");
  }

  private static List<String> key(YamlNode node) {
    YamlNode key = node.require("key");
    List<String> columns =
        key.isScalar() ? List.of(filled(key)) : key.items().stream().map(JdbcType::filled).toList();
    if (columns.isEmpty() || Set.copyOf(columns).size() < columns.size()) {
      throw key.error(
          "cần các cột khoá khác nhau / different key columns are expected",
          "name the columns of the table's primary key");
    }
    return columns;
  }

  private static String increment(YamlNode node) {
    boolean incremental =
        node.find("mode")
            .map(mode -> mode.choice(Set.of("snapshot", "incremental")))
            .orElse("snapshot")
            .equals("incremental");
    if (incremental) {
      return filled(node.require("incrementColumn"));
    }
    if (node.find("incrementColumn").isPresent()) {
      throw node.require("incrementColumn")
          .error(
              "chỉ dùng với mode: incremental / only with mode: incremental",
              "write mode: incremental");
    }
    return "";
  }

  private static Jdbc.Partition partition(YamlNode node) {
    node.only(Set.of("column", "parts"));
    node.require("parts");
    return new Jdbc.Partition(
        filled(node.require("column")), between(2, MOST_PARTS, node, "parts", 2));
  }

  private static int between(int least, int most, YamlNode node, String key, int otherwise) {
    int value = node.atLeast(least, key, otherwise);
    if (value > most) {
      throw node.require(key).error(key + " " + value, "at most " + most);
    }
    return value;
  }
}
