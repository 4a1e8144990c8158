package vn.tnmt.lakehouse.ingestion.format.archive;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.ARCHIVE_BROKEN;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.ARCHIVE_LIMIT_PASSED;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.ARCHIVE_LOCKED;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.ARCHIVE_MEMBER_REFUSED;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.EMPTY_FILE;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.Damage;
import vn.tnmt.lakehouse.ingestion.reader.FileKinds;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFailure;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.SpooledFile;
import vn.tnmt.lakehouse.ingestion.reader.SystemFiles;
import vn.tnmt.lakehouse.tables.rule.Breach;

/**
 * The members of an archive, one behind the other, each read by the reader of its format; a
 * record's file is {@code archive!/member}. Nothing is ever written under a name that the archive
 * gives.
 *
 * <p>Each member is accounted for: one that is not in {@code members} is told (REC-03), a link, a
 * special file or a path that leads out of the archive (REC-48), one with a password (REC-49); but
 * not what operating systems put there ({@link SystemFiles}). Where content is damaged or cut off,
 * the records before stay and the last of them carries REC-50, or one of its own when that one is
 * whole; where a limit is passed, REC-47, and nothing more is unpacked. Archives in the archive are
 * members, too, down to the depth allowed. One instance serves one thread.
 */
final class ArchiveReader implements RecordReader {
  private static final int HEAD = 512;
  private static final int SHOWN_BYTES = 16;
  private static final int GZIP_BUFFER = 1 << 13;

  /** Most bytes of a zip's central directory for each entry allowed: all of it is in memory. */
  private static final long DIRECTORY_BYTES = 300;

  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

  private final RecordReader content;
  private final Archive archive;

  ArchiveReader(RecordReader content, Archive archive) {
    this.content = content;
    this.archive = archive;
  }

  @Override
  public Records open(SourceFile file, InputStream bytes) throws IOException {
    if (!file.recognised()) {
      return content.open(file, bytes);
    }
    SourceFailure.Marked marked = new SourceFailure.Marked(bytes);
    return new Members(file, marked);
  }

  /** What the first bytes are; null when they are of no archive. */
  private static Archive.@Nullable Kind kind(byte[] head, int length) {
    if (length >= 4
        && head[0] == 'P'
        && head[1] == 'K'
        && ((head[2] == 3 && head[3] == 4)
            || (head[2] == 5 && head[3] == 6)
            || (head[2] == 7 && head[3] == 8))) {
      return Archive.Kind.ZIP;
    }
    if (length >= 2 && (head[0] & 0xFF) == 0x1F && (head[1] & 0xFF) == 0x8B) {
      return Archive.Kind.GZ;
    }
    return length == HEAD && head[0] != 0 && tarHeader(head) ? Archive.Kind.TAR : null;
  }

  private static boolean tarHeader(byte[] head) {
    try {
      return TarUtils.verifyCheckSum(head);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Says that there is more, so that GZIPInputStream looks for the next of several members. */
  private static final class Eager extends FilterInputStream {
    Eager(InputStream in) {
      super(in);
    }

    @Override
    public int available() {
      return 1;
    }
  }

  /** Knows when only the trailer behind the content is missing, and when more than it is there. */
  private static final class Gunzip extends GZIPInputStream implements MemberStream.Packed {
    private static final int TRAILER = 8;

    Gunzip(InputStream in) throws IOException {
      super(in, GZIP_BUFFER);
    }

    @Override
    public boolean complete() {
      return inf.finished();
    }

    /** What is no further member is passed over by Java: a damaged one would be lost in silence. */
    @Override
    public boolean followed() throws IOException {
      byte[] further = in.readNBytes(GZIP_BUFFER);
      return holds(buf, len - Math.max(0, inf.getRemaining() - TRAILER), len)
          || holds(further, 0, further.length);
    }

    /** Whether bytes are other than what writers fill up with. */
    private static boolean holds(byte[] bytes, int from, int to) {
      for (int i = from; i < to; i++) {
        if (bytes[i] != 0 && bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != 0x1A) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * An archive that is open.
   *
   * @param of the member that it is, or null
   */
  private record Level(
      SourceFile file, ArchiveMembers members, @Nullable MemberStream of, Closeable spool) {}

  private final class Members implements Records {
    private final SourceFile outer;
    private final ArchiveBudget budget;
    private final Deque<Level> levels = new ArrayDeque<>();
    private final Deque<Told> ready = new ArrayDeque<>();
    private final Map<String, Integer> taken = new HashMap<>();
    private final Set<String> opened = new HashSet<>();
    private boolean breakTold;
    private @Nullable Records records;
    private @Nullable MemberStream stream;
    private SourceFile member;
    private @Nullable RawRecord held;
    private @Nullable SourceFile last;

    /** A record and the file that it is of. */
    private record Told(RawRecord record, SourceFile file) {}

    Members(SourceFile outer, SourceFailure.Marked bytes) throws IOException {
      this.outer = outer;
      this.budget = new ArchiveBudget(archive.limits(), bytes);
      enter(outer, bytes, null, archive.kind());
    }

    @Override
    public SourceFile file(SourceFile opened) {
      return last == null || last.member().isEmpty() ? opened : last;
    }

    @Override
    public boolean hasNext() {
      try {
        while (ready.isEmpty() && (records != null || !levels.isEmpty())) {
          if (records != null) {
            step();
          } else {
            member();
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return !ready.isEmpty();
    }

    @Override
    public RawRecord next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Told told = ready.remove();
      last = told.file;
      return told.record;
    }

    /** One record on; the last one of a member waits until it is known how the member ended. */
    private void step() throws IOException {
      if (records.hasNext()) {
        RawRecord record = records.next();
        if (held != null) {
          ready.add(new Told(held, member));
        }
        held = record;
        return;
      }
      records.close();
      records = null;
      Breach fault = stream == null ? null : stream.fault();
      if (held != null) {
        boolean whole = fault == null || stream.cutBetweenLines();
        ready.add(new Told(whole ? held : with(held, fault), member));
        if (whole && fault != null) {
          tell(member, fault);
        }
        breakTold |= fault != null;
      }
      held = null;
      stream = null;
      if (budget.passed() != null) {
        leaveAll();
      }
    }

    private void member() throws IOException {
      Level level = levels.peek();
      ArchiveMembers.Member next;
      try {
        next = level.members.next();
      } catch (SourceFailure e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        leave();
        if (!breakTold) {
          tell(level.file, broken(e));
        }
        return;
      }
      if (next == null) {
        end(level);
        return;
      }
      if (!SystemFiles.is(next.name())) {
        opened.add(level.file.path());
      }
      if (!budget.enter()) {
        tell(level.file, budget.passed());
        leaveAll();
        return;
      }
      if (next.kind() != ArchiveMembers.Kind.FOLDER && !SystemFiles.is(next.name())) {
        member(level, next);
      }
    }

    private void end(Level level) throws IOException {
      if (level.of != null) {
        level.of.transferTo(OutputStream.nullOutputStream());
      }
      leave();
      Breach fault = level.of == null ? null : level.of.fault();
      if (fault != null && !breakTold) {
        tell(level.file, fault);
      } else if (!opened.contains(level.file.path())) {
        tell(level.file, Flaws.of(EMPTY_FILE, "", ""));
      }
    }

    private void member(Level level, ArchiveMembers.Member next) throws IOException {
      Archive.Kind packed = packed(next.name());
      boolean archived = packed != null && packed != Archive.Kind.GZ;
      String name = next.name();
      if (packed == Archive.Kind.GZ && !matches(name)) {
        name = name.substring(0, name.length() - ".gz".length());
      }
      SourceFile file =
          new SourceFile(
              path(level, next.name()), next.size(), archived || matches(name), outer.path(), name);
      Breach refused = refused(next);
      if (refused != null) {
        tell(file, refused);
      } else if (!file.recognised()) {
        begin(file, null, InputStream.nullInputStream());
      } else if (next.kind() == ArchiveMembers.Kind.LOCKED) {
        tell(file, Flaws.of(ARCHIVE_LOCKED, "", ""));
      } else if (archived && levels.size() >= archive.limits().depth()) {
        tell(
            file,
            Flaws.of(
                ARCHIVE_LIMIT_PASSED,
                "depth " + (levels.size() + 1),
                "depth ≤ " + archive.limits().depth()));
      } else {
        open(file, next, packed);
      }
    }

    private void open(SourceFile file, ArchiveMembers.Member next, Archive.@Nullable Kind packed)
        throws IOException {
      MemberStream bytes;
      try {
        bytes = new MemberStream(next, next.content().open(), budget);
      } catch (SourceFailure e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        tell(file, broken(e));
        return;
      }
      if (packed == null) {
        begin(file, bytes, bytes);
      } else {
        enter(file, bytes, bytes, packed);
      }
    }

    /** The path of a member, each once, and never longer than allowed. */
    private String path(Level level, String name) {
      int most = archive.limits().pathLength();
      String path =
          level.file.path() + "!/" + (name.length() <= most ? name : name.substring(0, most) + "…");
      int times = taken.merge(path, 1, Integer::sum);
      return times == 1 ? path : path + "#" + times;
    }

    private boolean matches(String name) {
      return archive.members().match(name).isPresent();
    }

    private @Nullable Breach refused(ArchiveMembers.Member next) {
      String name = next.name();
      if (next.kind() == ArchiveMembers.Kind.LINK || next.kind() == ArchiveMembers.Kind.SPECIAL) {
        return Flaws.of(
            ARCHIVE_MEMBER_REFUSED, next.kind().name().toLowerCase(Locale.ROOT), "file");
      }
      if (name.length() > archive.limits().pathLength()) {
        return Flaws.of(
            ARCHIVE_LIMIT_PASSED,
            "path " + name.length(),
            "pathLength ≤ " + archive.limits().pathLength());
      }
      boolean leadsOut =
          name.isEmpty()
              || name.startsWith("/")
              || DRIVE.matcher(name).matches()
              || name.indexOf('\0') >= 0
              || List.of(name.split("/", -1)).contains("..");
      return leadsOut ? Flaws.of(ARCHIVE_MEMBER_REFUSED, name, "") : null;
    }

    /** Opens an archive, or what is no archive where {@code auto} allows that. */
    private void enter(
        SourceFile file, InputStream bytes, @Nullable MemberStream of, Archive.Kind wanted)
        throws IOException {
      PushbackInputStream pushed = new PushbackInputStream(bytes, HEAD);
      byte[] head = new byte[HEAD];
      int length = head(pushed, head);
      if (length == 0) {
        tell(file, limitOr(Flaws.of(EMPTY_FILE, "", "")));
        return;
      }
      Archive.Kind found = kind(head, length);
      boolean fits =
          wanted == Archive.Kind.AUTO
              || wanted == found
              || (wanted == Archive.Kind.TAR_GZ && found == Archive.Kind.GZ)
              || (wanted == Archive.Kind.TAR && head[0] == 0);
      String unknown = found == null ? FileKinds.packed(head, length) : "";
      if (!unknown.isEmpty()) {
        tell(file, Flaws.of(ARCHIVE_LOCKED, unknown, "zip, tar, gzip"));
        return;
      }
      if (!fits) {
        String shown = HexFormat.ofDelimiter(" ").formatHex(head, 0, Math.min(length, SHOWN_BYTES));
        tell(file, Flaws.of(ARCHIVE_BROKEN, shown, wanted.name().toLowerCase(Locale.ROOT)));
        return;
      }
      if (found == Archive.Kind.GZ) {
        gzip(file, pushed, wanted);
      } else if (found == Archive.Kind.ZIP) {
        zip(file, pushed, of);
      } else if (found == Archive.Kind.TAR || wanted == Archive.Kind.TAR) {
        levels.push(new Level(file, new TarMembers(pushed), of, () -> {}));
      } else {
        begin(file, of, pushed);
      }
    }

    private void gzip(SourceFile file, InputStream bytes, Archive.Kind wanted) throws IOException {
      MemberStream plain;
      try {
        Gunzip unpacked = new Gunzip(new Eager(bytes));
        plain =
            new MemberStream(
                new ArchiveMembers.Member("", ArchiveMembers.Kind.FILE, -1, () -> -1, () -> bytes),
                unpacked,
                budget,
                unpacked);
      } catch (SourceFailure e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        tell(file, broken(e));
        return;
      }
      if (wanted == Archive.Kind.GZ) {
        begin(file, plain, plain);
        return;
      }
      PushbackInputStream pushed = new PushbackInputStream(plain, HEAD);
      byte[] head = new byte[HEAD];
      int length = head(pushed, head);
      if (wanted == Archive.Kind.TAR_GZ || kind(head, length) == Archive.Kind.TAR) {
        levels.push(new Level(file, new TarMembers(pushed), plain, () -> {}));
      } else {
        begin(file, plain, pushed);
      }
    }

    private void zip(SourceFile file, InputStream bytes, MemberStream of) throws IOException {
      SpooledFile spool = SpooledFile.of(bytes, archive.limits().unpackedBytes());
      boolean open = false;
      try {
        if (!spool.whole()) {
          budget.pass("bytes > " + archive.limits().unpackedBytes(), "");
        }
        long directory = ZipMembers.directorySize(spool.path());
        if (directory > (1 << 20) + DIRECTORY_BYTES * archive.limits().entries()) {
          budget.pass("directory " + directory, "entries ≤ " + archive.limits().entries());
        }
        if (budget.passed() != null) {
          tell(file, budget.passed());
          leaveAll();
          return;
        }
        ZipMembers members = directory < 0 ? null : ZipMembers.open(spool.path());
        long size = Files.size(spool.path());
        if (members != null && members.packed() > size) {
          members.close();
          budget.pass("entries overlap: " + members.packed() + " bytes in " + size, "");
          tell(file, budget.passed());
          leaveAll();
          return;
        }
        if (members == null) {
          InputStream again = new SourceFailure.Marked(Files.newInputStream(spool.path()));
          levels.push(
              new Level(
                  file,
                  new ZipStreamMembers(new BufferedInputStream(again)),
                  of,
                  () -> {
                    again.close();
                    spool.close();
                  }));
        } else {
          levels.push(new Level(file, members, of, spool));
        }
        open = true;
      } finally {
        if (!open) {
          spool.close();
        }
      }
    }

    private void begin(SourceFile file, @Nullable MemberStream of, InputStream bytes)
        throws IOException {
      member = file;
      stream = of;
      records = content.open(file, bytes);
    }

    private void tell(SourceFile file, Breach breach) {
      ready.add(new Told(Flaws.line(0, "", breach), file));
    }

    private Breach broken(Exception e) {
      return limitOr(Flaws.of(ARCHIVE_BROKEN, Damage.words(e), ""));
    }

    private Breach limitOr(Breach otherwise) {
      return budget.passed() == null ? otherwise : budget.passed();
    }

    private void leave() throws IOException {
      Level level = levels.pop();
      level.members.close();
      level.spool.close();
    }

    private void leaveAll() throws IOException {
      while (!levels.isEmpty()) {
        leave();
      }
    }

    @Override
    public void close() throws IOException {
      if (records != null) {
        records.close();
        records = null;
      }
      leaveAll();
    }
  }

  /** How a member is packed in itself, by its name; null when it is not. */
  private static Archive.@Nullable Kind packed(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".tar.gz") || lower.endsWith(".tgz")) {
      return Archive.Kind.TAR_GZ;
    }
    return lower.endsWith(".zip") || lower.endsWith(".kmz")
        ? Archive.Kind.ZIP
        : lower.endsWith(".tar")
            ? Archive.Kind.TAR
            : lower.endsWith(".gz") ? Archive.Kind.GZ : null;
  }

  private static int head(PushbackInputStream bytes, byte[] head) throws IOException {
    int length = bytes.readNBytes(head, 0, head.length);
    bytes.unread(head, 0, length);
    return length;
  }

  private static RawRecord with(RawRecord record, Breach breach) {
    List<Breach> breaches = new ArrayList<>(record.breaches());
    breaches.add(breach);
    return new RawRecord(
        record.line(), record.part(), record.cells(), record.text(), List.copyOf(breaches));
  }
}
