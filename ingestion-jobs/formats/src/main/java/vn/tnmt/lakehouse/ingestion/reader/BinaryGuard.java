package vn.tnmt.lakehouse.ingestion.reader;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.EMPTY_FILE;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.NAME_NOT_IN_PATTERN;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.tables.rule.Breach;

/**
 * Answers for whole files of binary formats: a name outside the pattern (REC-03), nothing in the
 * file (REC-01), and content that cannot be read any further ({@link Unreadable}), which becomes a
 * record behind those that were read. Every file yields at least one record; what a reader has to
 * say at the end of the file stands with the last.
 */
public final class BinaryGuard implements RecordReader {
  private final Opening opening;

  public BinaryGuard(Opening opening) {
    this.opening = opening;
  }

  /** Opens a file that has bytes. */
  @FunctionalInterface
  public interface Opening {
    Found open(SourceFile file, InputStream bytes) throws IOException;
  }

  /** Records of a binary file; may throw {@link Unreadable}. */
  public interface Found extends java.io.Closeable {
    /** The next record, or null at the end of the file. */
    RawRecord find() throws IOException;

    /** Line of what comes after the last record found. */
    long line();

    /** Part of what comes after the last record found. */
    int part();

    /** What is to be told at the end of the file, once. */
    List<Breach> remarks();

    /** As {@link RecordReader.Records#counts}. */
    default List<RowCount> counts() throws IOException {
      return List.of();
    }
  }

  @Override
  public Records open(SourceFile file, InputStream bytes) throws IOException {
    if (!file.recognised()) {
      String name = file.path().substring(file.path().lastIndexOf('/') + 1);
      return new Guarded(Flaws.file(NAME_NOT_IN_PATTERN, name, ""), null);
    }
    PushbackInputStream all = new PushbackInputStream(bytes);
    int first = all.read();
    if (first < 0) {
      return new Guarded(Flaws.file(EMPTY_FILE, "", ""), null);
    }
    all.unread(first);
    try {
      return new Guarded(null, opening.open(file, all));
    } catch (Unreadable e) {
      return new Guarded(Flaws.line(0, "", e.breach()), null);
    }
  }

  private static final class Guarded extends FoundRecords {
    private final @Nullable Found found;
    private @Nullable RawRecord ahead;
    private boolean started;
    private boolean ended;
    private boolean broken;

    Guarded(@Nullable RawRecord only, @Nullable Found found) {
      this.found = found;
      this.ahead = only;
      this.started = only != null;
      this.ended = only != null;
    }

    @Override
    protected @Nullable RawRecord find() throws IOException {
      if (!started) {
        started = true;
        ahead = further();
        if (ahead == null) {
          ahead = Flaws.file(EMPTY_FILE, "", "");
        }
      }
      RawRecord record = ahead;
      if (record == null) {
        return null;
      }
      ahead = ended ? null : further();
      if (ahead == null && found != null) {
        List<Breach> remarks = found.remarks();
        return remarks.isEmpty() ? record : with(record, remarks);
      }
      return record;
    }

    private RawRecord further() throws IOException {
      try {
        RawRecord record = found.find();
        ended = record == null;
        return record;
      } catch (Unreadable e) {
        ended = true;
        broken = true;
        return new RawRecord(found.line(), found.part(), Cells.none(), "", List.of(e.breach()));
      }
    }

    @Override
    public List<RowCount> counts() throws IOException {
      return found == null || broken ? List.of() : found.counts();
    }

    private static RawRecord with(RawRecord record, List<Breach> remarks) {
      List<Breach> breaches = new ArrayList<>(record.breaches());
      breaches.addAll(remarks);
      return new RawRecord(
          record.line(), record.part(), record.cells(), record.text(), List.copyOf(breaches));
    }

    @Override
    public void close() throws IOException {
      if (found != null) {
        found.close();
      }
    }
  }
}
