package vn.tnmt.lakehouse.ingestion.format.archive;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.ARCHIVE_BROKEN;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.Damage;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.SourceFailure;
import vn.tnmt.lakehouse.tables.rule.Breach;

/**
 * The content of a member. Where it is damaged, cut off or beyond the limits, it ends, and {@link
 * #fault} tells why: so every reader keeps what was before.
 */
final class MemberStream extends InputStream {
  private final InputStream in;
  private final ArchiveBudget budget;
  private final ArchiveMembers.Member member;
  private final CRC32 crc = new CRC32();
  private final Packed packed;
  private boolean ended;
  private @Nullable Breach fault;
  private boolean cut;
  private byte last;

  MemberStream(ArchiveMembers.Member member, InputStream in, ArchiveBudget budget) {
    this(member, in, budget, Packed.UNKNOWN);
  }

  /** What only the one knows that unpacks. */
  interface Packed {
    Packed UNKNOWN =
        new Packed() {
          @Override
          public boolean complete() {
            return false;
          }

          @Override
          public boolean followed() {
            return false;
          }
        };

    /** Whether all content was unpacked, and only what follows it may be missing. */
    boolean complete();

    /** Whether something that was not unpacked follows the content. */
    boolean followed() throws IOException;
  }

  MemberStream(ArchiveMembers.Member member, InputStream in, ArchiveBudget budget, Packed packed) {
    this.member = member;
    this.in = in;
    this.budget = budget;
    this.packed = packed;
  }

  /** Why the content ended early, or null. */
  @Nullable Breach fault() {
    return fault;
  }

  /** Whether the content was cut off behind the end of a line: no line of it is half. */
  boolean cutBetweenLines() {
    return cut && (packed.complete() || last == '\n' || last == '\r');
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (ended || length == 0) {
      return ended ? -1 : 0;
    }
    int read;
    try {
      read = in.read(target, offset, length);
      if (read < 0 && packed.followed()) {
        cut = true;
        return end(
            Flaws.of(ARCHIVE_BROKEN, "thừa byte phía sau / bytes behind the end of the gzip", ""));
      }
    } catch (SourceFailure e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      cut = Damage.isCut(e);
      return end(Flaws.of(ARCHIVE_BROKEN, Damage.words(e), ""));
    }
    if (read < 0) {
      long expected = member.crc();
      return end(
          expected >= 0 && expected != crc.getValue()
              ? Flaws.of(
                  ARCHIVE_BROKEN,
                  "CRC %08x".formatted(crc.getValue()),
                  "CRC %08x".formatted(expected))
              : null);
    }
    crc.update(target, offset, read);
    last = read > 0 ? target[offset + read - 1] : last;
    return budget.take(read) ? read : end(null);
  }

  private int end(@Nullable Breach why) {
    ended = true;
    fault = budget.passed() == null ? why : budget.passed();
    return -1;
  }
}
