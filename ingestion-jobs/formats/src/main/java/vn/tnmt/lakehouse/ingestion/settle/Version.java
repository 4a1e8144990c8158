package vn.tnmt.lakehouse.ingestion.settle;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;

/**
 * One version of a key: a record that passed its own rules.
 *
 * @param high first 8 bytes of the key's hash; {@code low} the next 8
 */
record Version(
    long high, long low, int source, long line, int part, long contentHash, long sequence) {

  /** By key, then in the order in which versions count. */
  static final Comparator<Version> ORDER =
      Comparator.comparingLong(Version::high)
          .thenComparingLong(Version::low)
          .thenComparingInt(Version::source)
          .thenComparingLong(Version::line)
          .thenComparingInt(Version::part)
          .thenComparingLong(Version::sequence);

  static final ExternalSort.Codec<Version> CODEC =
      new ExternalSort.Codec<>() {
        @Override
        public int size() {
          return 5 * Long.BYTES + 2 * Integer.BYTES;
        }

        @Override
        public void write(Version version, DataOutput out) throws IOException {
          out.writeLong(version.high);
          out.writeLong(version.low);
          out.writeInt(version.source);
          out.writeLong(version.line);
          out.writeInt(version.part);
          out.writeLong(version.contentHash);
          out.writeLong(version.sequence);
        }

        @Override
        public Version read(DataInput in) throws IOException {
          return new Version(
              in.readLong(),
              in.readLong(),
              in.readInt(),
              in.readLong(),
              in.readInt(),
              in.readLong(),
              in.readLong());
        }
      };

  boolean sameKey(Version other) {
    return high == other.high && low == other.low;
  }

  Fate.Place place() {
    return new Fate.Place(source, line, part);
  }
}
