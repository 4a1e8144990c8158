package vn.tnmt.lakehouse.ingestion.format.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.SourceFailure;

/**
 * The members of one archive, in its order. Anything thrown but {@link SourceFailure} is the
 * content's fault.
 */
interface ArchiveMembers extends Closeable {
  /** The next member, or null. What was not read of the one before is passed over. */
  @Nullable Member next() throws IOException;

  /** What a member is. */
  enum Kind {
    FILE,
    FOLDER,
    LINK,
    /** A pipe, a device, … */
    SPECIAL,
    /** Encrypted, or packed by a method that is not known here. */
    LOCKED
  }

  /**
   * A member.
   *
   * @param name as decoded, {@code /}-separated
   * @param size bytes, or -1
   * @param checksum CRC-32, known at the end of the content; -1 when there is none
   * @param content opened when a file is to be read
   */
  record Member(String name, Kind kind, long size, LongSupplier checksum, Content content) {
    long crc() {
      return checksum.getAsLong();
    }
  }

  /** Opens the content of a member. */
  @FunctionalInterface
  interface Content {
    InputStream open() throws IOException;
  }
}
