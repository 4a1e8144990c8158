package vn.tnmt.lakehouse.transform.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SQL statements from a resource. A statement begins after {@code --- name}; {@code {domain.table}}
 * stands for a table, {@code {parameter}} for a literal.
 */
public final class Statements {
  private static final Pattern HOLE = Pattern.compile("\\{([a-z][a-z0-9_.]*)}");

  private final Map<String, String> templates;
  private final UnaryOperator<String> tables;
  private final Map<String, String> literals;

  private Statements(
      Map<String, String> templates, UnaryOperator<String> tables, Map<String, String> literals) {
    this.templates = templates;
    this.tables = tables;
    this.literals = literals;
  }

  /**
   * The statements of a file beside {@code owner}.
   *
   * @param tables {@code domain.table} → what stands for it in SQL, for example with {@code VERSION
   *     AS OF}
   * @param parameters texts, dates and instants by name
   */
  public static Statements load(
      Class<?> owner,
      String resource,
      UnaryOperator<String> tables,
      Map<String, Object> parameters) {
    Map<String, String> literals = new HashMap<>();
    parameters.forEach((name, value) -> literals.put(name, literal(value)));
    return new Statements(parse(owner, resource), tables, literals);
  }

  /** In the order of the resource. */
  public List<String> names() {
    return List.copyOf(templates.keySet());
  }

  /** The statement with tables and literals filled in. */
  public String get(String name) {
    String template = templates.get(name);
    if (template == null) {
      throw new IllegalArgumentException("No statement " + name);
    }
    return HOLE.matcher(template).replaceAll(hole -> Matcher.quoteReplacement(fill(hole.group(1))));
  }

  private String fill(String hole) {
    if (hole.contains(".")) {
      return tables.apply(hole);
    }
    String literal = literals.get(hole);
    if (literal == null) {
      throw new IllegalArgumentException("No value for {" + hole + "}");
    }
    return literal;
  }

  private static String literal(Object value) {
    if (value instanceof LocalDate date) {
      return "DATE '" + date + "'";
    }
    if (value instanceof Instant instant) {
      return "TIMESTAMP '" + instant + "'";
    }
    return "'" + value.toString().replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static Map<String, String> parse(Class<?> owner, String resource) {
    Map<String, String> statements = new LinkedHashMap<>();
    for (String section : text(owner, resource).split("(?m)^--- ", -1)) {
      int end = section.indexOf('\n');
      String body = section.substring(end + 1).strip();
      if (!section.startsWith("--")) {
        statements.put(section.substring(0, end).strip(), body);
      }
    }
    return statements;
  }

  private static String text(Class<?> owner, String resource) {
    try (InputStream in = owner.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException(
            "No resource " + resource + " beside " + owner.getName());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + resource, e);
    }
  }
}
