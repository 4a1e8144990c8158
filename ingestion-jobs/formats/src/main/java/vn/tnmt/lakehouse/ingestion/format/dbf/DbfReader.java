package vn.tnmt.lakehouse.ingestion.format.dbf;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.MISSING_COLUMNS;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.PASSED_OVER;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.UNKNOWN_COLUMN;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.format.Reading;
import vn.tnmt.lakehouse.ingestion.reader.BinaryGuard;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RowCount;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.Unreadable;
import vn.tnmt.lakehouse.ingestion.reader.table.TableLayout;
import vn.tnmt.lakehouse.tables.rule.Breach;

/**
 * dBase and FoxPro tables: a .dbf alone, or a zip of it with its memo file and .cpg, as collecting
 * bundles them. The record's line is its number in the file, deleted records counted.
 */
final class DbfReader implements BinaryGuard.Opening {
  private final Dbf format;
  private final KnownColumns columns;
  private final char decimal;
  private final boolean bytewise;

  DbfReader(Dbf format, Reading reading) {
    this.format = format;
    this.columns = reading.columns();
    this.decimal = reading.decimal();
    this.bytewise = reading.bytewise();
  }

  @Override
  public BinaryGuard.Found open(SourceFile file, InputStream bytes) throws IOException {
    PushbackInputStream in = new PushbackInputStream(bytes, 2);
    byte[] two = in.readNBytes(2);
    in.unread(two);
    if (two.length < 2 || two[0] != 'P' || two[1] != 'K') {
      DbfTable.Texts texts = new DbfTable.Texts(decimal, bytewise, "");
      return new Rows(DbfTable.open(in, file.size(), layout -> null, texts), null);
    }
    BundledParts parts = BundledParts.open(in, format.limits());
    try {
      List<String> tables = parts.stems("dbf");
      if (tables.size() != 1) {
        throw Unreadable.damaged("DBF: " + tables, "1 .dbf");
      }
      return new Rows(parts.table(tables.get(0), decimal, bytewise), parts);
    } catch (IOException | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private final class Rows implements BinaryGuard.Found {
    private final DbfTable table;
    private final @Nullable BundledParts parts;
    private final List<Breach> told = new ArrayList<>();
    private final TableLayout layout;
    private final Deque<RawRecord> ready = new ArrayDeque<>();
    private boolean ended;
    private long deleted;
    private long given;

    Rows(DbfTable table, BundledParts parts) {
      this.table = table;
      this.parts = parts;
      this.layout = TableLayout.of(table.names(), columns.melted(), "");
      told.addAll(table.doubts());
      List<String> unknown =
          table.names().stream().filter(name -> !columns.known().contains(name)).toList();
      if (!unknown.isEmpty()) {
        told.add(Flaws.of(UNKNOWN_COLUMN, String.join(", ", unknown), ""));
      }
    }

    @Override
    public @Nullable RawRecord find() throws IOException {
      if (!ready.isEmpty()) {
        return ready.poll();
      }
      if (!ended && table.number() == 0) {
        Set<String> missing = columns.missing(table.names());
        if (!missing.isEmpty()) {
          ended = true;
          told.clear();
          return Flaws.line(
              0,
              "",
              Flaws.of(
                  MISSING_COLUMNS, String.join(", ", table.names()), String.join(", ", missing)));
        }
      }
      while (!ended && table.next()) {
        Breach flaw = table.flaw();
        if (flaw != null) {
          given++;
          return new RawRecord(
              table.number(), 0, Cells.none(), table.text(), withTold(List.of(flaw)));
        }
        if (!table.deleted() || format.keepDeleted()) {
          given++;
          String[] values = table.values(0);
          layout.records(table.number(), 0, values, "", withTold(table.breaches()), ready);
          return ready.poll();
        }
        deleted++;
      }
      return null;
    }

    private List<Breach> withTold(List<Breach> breaches) {
      if (told.isEmpty()) {
        return breaches;
      }
      List<Breach> all = new ArrayList<>(breaches);
      all.addAll(told);
      told.clear();
      return List.copyOf(all);
    }

    @Override
    public long line() {
      return table.number() + 1;
    }

    @Override
    public int part() {
      return 0;
    }

    @Override
    public List<Breach> remarks() {
      List<Breach> remarks = new ArrayList<>(told);
      if (!ended) {
        remarks.addAll(table.remarks());
      }
      if (deleted > 0) {
        remarks.add(Flaws.of(PASSED_OVER, "bản ghi đã xóa / deleted records: " + deleted, ""));
      }
      return remarks;
    }

    @Override
    public List<RowCount> counts() {
      return ended ? List.of() : table.counts(0, given);
    }

    @Override
    public void close() throws IOException {
      table.close();
      if (parts != null) {
        parts.close();
      }
    }
  }
}
