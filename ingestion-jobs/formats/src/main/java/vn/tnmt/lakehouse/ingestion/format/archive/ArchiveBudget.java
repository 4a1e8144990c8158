package vn.tnmt.lakehouse.ingestion.format.archive;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.ARCHIVE_LIMIT_PASSED;

import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.SourceFailure;
import vn.tnmt.lakehouse.tables.rule.Breach;

/** What one delivered archive has taken of what it may, archives in it included. */
final class ArchiveBudget {
  private static final long FREE_OF_RATIO = 1 << 20;

  private final Archive.Limits limits;
  private final SourceFailure.Marked packed;
  private long unpacked;
  private int entries;
  private @Nullable Breach passed;

  ArchiveBudget(Archive.Limits limits, SourceFailure.Marked packed) {
    this.limits = limits;
    this.packed = packed;
  }

  Archive.Limits limits() {
    return limits;
  }

  /** The limit that was passed first, or null. Nothing more is to be unpacked then. */
  Breach passed() {
    return passed;
  }

  /** Counts a member; false when it is one too many. */
  boolean enter() {
    if (++entries > limits.entries()) {
      pass("entries > " + limits.entries(), "entries ≤ " + limits.entries());
    }
    return passed == null;
  }

  /** Counts unpacked bytes; false when they are too many. */
  boolean take(int bytes) {
    unpacked += bytes;
    if (unpacked > limits.unpackedBytes()) {
      pass("bytes > " + limits.unpackedBytes(), "unpackedMB ≤ " + (limits.unpackedBytes() >> 20));
    } else if (unpacked > FREE_OF_RATIO + packed.count() * limits.ratio()) {
      pass("%d : %d".formatted(unpacked, packed.count()), "ratio ≤ " + limits.ratio());
    }
    return passed == null;
  }

  void pass(String value, String expected) {
    if (passed == null) {
      passed = Flaws.of(ARCHIVE_LIMIT_PASSED, value, expected);
    }
  }
}
