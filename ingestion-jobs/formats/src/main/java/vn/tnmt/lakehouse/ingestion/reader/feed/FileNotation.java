package vn.tnmt.lakehouse.ingestion.reader.feed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.feed.Conventions;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.Header;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.text.ColumnEncoding;
import vn.tnmt.lakehouse.ingestion.text.Encoding;
import vn.tnmt.lakehouse.ingestion.text.EncodingEvidence;
import vn.tnmt.lakehouse.ingestion.text.Notation;
import vn.tnmt.lakehouse.ingestion.text.NotationEvidence;
import vn.tnmt.lakehouse.tables.rule.Breach;
import vn.tnmt.lakehouse.tables.rule.BuiltInRules;

/** How the columns of one file are read, as its first records tell. Not for many threads. */
final class FileNotation {
  /** More shapes than this come only from files with a new shape in every record. */
  private static final int MAX_SHAPES = 1000;

  private static final int MAX_WHY = 1000;
  private static final String GEOMETRY = "$geometry";
  private static final ColumnEncoding STRICT = ColumnEncoding.named(Encoding.UTF_8);

  private final EvidencePlan plan;
  private final Map<String, ColumnEncoding> encodings = new HashMap<>();
  private final Map<String, Notation> notations = new HashMap<>();
  private final IdentityHashMap<Header, Shape> shapes = new IdentityHashMap<>();
  private @Nullable Breach note;
  private ColumnEncoding otherColumns = STRICT;

  @SuppressWarnings("ArrayRecordComponent") // never compared; read once for every record
  private record Shape(Header header, ColumnEncoding[] encodings) {}

  /** What is learnt of one column. */
  private static final class Column {
    private final EncodingEvidence encoding = new EncodingEvidence();
    private final NotationEvidence notation = new NotationEvidence();
  }

  private FileNotation(EvidencePlan plan) {
    this.plan = plan;
  }

  static FileNotation of(EvidencePlan plan, Collection<RawRecord> head) {
    FileNotation decided = new FileNotation(plan);
    Map<String, Column> columns = new LinkedHashMap<>();
    for (RawRecord record : head) {
      Cells cells = Cells.copyOf(record.cells());
      for (int i = 0; i < cells.size(); i++) {
        String name = cells.header().names().get(i);
        if (!name.equals(GEOMETRY) && (columns.size() < MAX_SHAPES || columns.containsKey(name))) {
          decided.look(columns.computeIfAbsent(name, any -> new Column()), name, cells.text(i));
        }
      }
    }
    decided.decide(columns);
    return decided;
  }

  private void look(Column column, String name, String text) {
    if (plan.encoding(name).equals(Conventions.AUTO)) {
      column.encoding.add(text, plan.bytewise());
    }
    if (plan.numbers().contains(name)) {
      column.notation.number(text);
    }
    if (plan.dates().contains(name)) {
      column.notation.date(text);
    }
  }

  private void decide(Map<String, Column> columns) {
    EncodingEvidence file = new EncodingEvidence();
    columns.values().forEach(column -> file.add(column.encoding));
    if (plan.decodes()) {
      otherColumns = encoding(Conventions.AUTO, new EncodingEvidence(), file);
    }
    Map<String, List<String>> told = new LinkedHashMap<>();
    List<String> why = new ArrayList<>();
    columns.forEach(
        (name, column) -> {
          ColumnEncoding encoding = encoding(plan.encoding(name), column.encoding, file);
          encodings.put(name, encoding);
          if (!column.encoding.nothing()) {
            told.computeIfAbsent(column.encoding.decided(encoding), any -> new ArrayList<>())
                .add(name);
            why.add(name + ": " + encoding.why());
          }
          Notation notation = column.notation.decide();
          notations.put(name, notation);
          if (!column.notation.why().isEmpty()) {
            told.computeIfAbsent(label(name, notation), any -> new ArrayList<>()).add(name);
            why.add(name + ": " + column.notation.why());
          }
        });
    if (!told.isEmpty()) {
      List<String> decisions = new ArrayList<>();
      told.forEach((decision, names) -> decisions.add(decision + ": " + String.join(", ", names)));
      String reasons = String.join(" | ", why);
      note =
          Flaws.of(
              BuiltInRules.READ_AS,
              String.join("; ", decisions),
              reasons.length() <= MAX_WHY ? reasons : reasons.substring(0, MAX_WHY) + "…");
    }
  }

  private String label(String name, Notation notation) {
    if (plan.numbers().contains(name)) {
      return notation.decimal() == Notation.NONE
          ? "0.0|0,0 ?"
          : notation.decimal() == '.' ? "0.0" : "0,0";
    }
    return switch (notation.days()) {
      case DAY_FIRST -> "d/M/yyyy";
      case MONTH_FIRST -> "M/d/yyyy";
      case UNKNOWN -> "d/M|M/d ?";
    };
  }

  private static ColumnEncoding encoding(
      String label, EncodingEvidence evidence, EncodingEvidence file) {
    return Encoding.of(label).map(ColumnEncoding::named).orElseGet(() -> evidence.decide(file));
  }

  /** A record with its cells as text; the first one tells what was decided. */
  RawRecord read(RawRecord record) {
    List<Breach> breaches = record.breaches();
    if (note != null) {
      breaches = with(breaches, note);
      note = null;
    }
    Cells cells = Cells.copyOf(record.cells());
    if (cells.size() > 0) {
      Shape shape = shape(cells.header());
      String[] texts = new String[cells.size()];
      for (int i = 0; i < texts.length; i++) {
        String delivered = cells.text(i);
        String name = cells.header().names().get(i);
        texts[i] = delivered;
        if (plan.decodes() && !ColumnEncoding.plain(delivered) && !name.equals(GEOMETRY)) {
          ColumnEncoding encoding = shape.encodings[i];
          ColumnEncoding.Read read = encoding.read(delivered, plan.bytewise());
          texts[i] = read.text();
          if (read.outcome() != ColumnEncoding.Outcome.READ && plan.used().contains(name)) {
            breaches = with(breaches, flaw(name, delivered, read, encoding));
          }
        }
      }
      cells = new Cells(shape.header, texts);
    }
    return new RawRecord(record.line(), record.part(), cells, record.text(), breaches);
  }

  private static Breach flaw(
      String name, String delivered, ColumnEncoding.Read read, ColumnEncoding encoding) {
    if (read.outcome() == ColumnEncoding.Outcome.UNDECIDED) {
      return BuiltInRules.ENCODING_UNDECIDED.breach(name, read.text(), encoding.why());
    }
    Encoding bytes = encoding.bytes();
    return bytes == Encoding.UTF_8
        ? BuiltInRules.NOT_UTF8.breach(name, delivered, bytes.label())
        : BuiltInRules.LETTER_NOT_IN_ENCODING.breach(
            name, read.text(), bytes == null ? "" : bytes.label());
  }

  private Shape shape(Header header) {
    if (shapes.size() > MAX_SHAPES) {
      shapes.clear();
    }
    return shapes.computeIfAbsent(
        header,
        of -> {
          Notation[] columns =
              of.names().stream()
                  .map(name -> notations.getOrDefault(name, Notation.UNKNOWN))
                  .toArray(Notation[]::new);
          ColumnEncoding[] decoders =
              of.names().stream()
                  .map(name -> encodings.getOrDefault(name, unseen(name)))
                  .toArray(ColumnEncoding[]::new);
          return new Shape(of.with(columns), decoders);
        });
  }

  private ColumnEncoding unseen(String name) {
    return Encoding.of(plan.encoding(name)).map(ColumnEncoding::named).orElse(otherColumns);
  }

  private static List<Breach> with(List<Breach> breaches, Breach more) {
    List<Breach> all = new ArrayList<>(breaches);
    all.add(more);
    return List.copyOf(all);
  }
}
