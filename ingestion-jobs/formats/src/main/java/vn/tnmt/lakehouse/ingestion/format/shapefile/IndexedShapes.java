package vn.tnmt.lakehouse.ingestion.format.shapefile;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.format.dbf.BundledParts;
import vn.tnmt.lakehouse.ingestion.reader.SpooledFile;

/**
 * The bytes of a {@code .shp} with its records in the order, and from the places, that the {@code
 * .shx} tells. Programs that edit leave what they replace where it was and write the new shape at
 * the end, or leave gaps; only the index knows which is which. An index that leads elsewhere than
 * to records of the right numbers is not believed.
 */
final class IndexedShapes extends InputStream {
  private static final int FILE_HEADER = 100;
  private static final int RECORD_HEADER = 8;

  private final SpooledFile spool;
  private final RandomAccessFile shapes;
  private final DataInputStream index;
  private long left = FILE_HEADER;

  private IndexedShapes(SpooledFile spool, DataInputStream index) throws IOException {
    this.spool = spool;
    this.index = index;
    this.shapes = new RandomAccessFile(spool.path().toFile(), "r");
  }

  /**
   * The shapes of a layer by its index; null when they stand one behind the other, or when there is
   * no index to believe.
   */
  static @Nullable InputStream open(BundledParts parts, String stem) throws IOException {
    if (!parts.has(stem, "shx") || inOrder(parts, stem)) {
      return null;
    }
    SpooledFile spool = SpooledFile.of(parts.open(stem, "shp"), Long.MAX_VALUE);
    boolean open = false;
    try {
      if (!leadsToRecords(parts, stem, spool)) {
        return null;
      }
      IndexedShapes shapes = new IndexedShapes(spool, index(parts, stem));
      open = true;
      return new BufferedInputStream(shapes, 1 << 16);
    } finally {
      if (!open) {
        spool.close();
      }
    }
  }

  /** The entries of an index: offset and length in words of two bytes. */
  private static DataInputStream index(BundledParts parts, String stem) throws IOException {
    DataInputStream index =
        new DataInputStream(new BufferedInputStream(parts.open(stem, "shx"), 1 << 14));
    index.skipNBytes(FILE_HEADER);
    return index;
  }

  /** Whether every record begins where the one before it ends, or there is no index. */
  private static boolean inOrder(BundledParts parts, String stem) throws IOException {
    try (DataInputStream index = index(parts, stem)) {
      long expected = FILE_HEADER;
      while (true) {
        long offset = index.readInt() * 2L;
        if (offset != expected) {
          return false;
        }
        expected = offset + RECORD_HEADER + index.readInt() * 2L;
      }
    } catch (EOFException e) {
      return true;
    }
  }

  private static boolean leadsToRecords(BundledParts parts, String stem, SpooledFile spool)
      throws IOException {
    try (DataInputStream index = index(parts, stem);
        RandomAccessFile shapes = new RandomAccessFile(spool.path().toFile(), "r")) {
      int first = 0;
      for (int i = 0; ; i++) {
        long offset = index.readInt() * 2L;
        long length = index.readInt() * 2L;
        if (offset < FILE_HEADER || length < 0 || offset + RECORD_HEADER > shapes.length()) {
          return false;
        }
        shapes.seek(offset);
        int number = shapes.readInt();
        // Records are numbered from 1, but some programs begin with 0.
        first = i == 0 ? number : first;
        if (first < 0 || first > 1 || number != first + i) {
          return false;
        }
      }
    } catch (EOFException e) {
      return true;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (left == 0) {
      try {
        shapes.seek(index.readInt() * 2L);
        left = RECORD_HEADER + index.readInt() * 2L;
      } catch (EOFException e) {
        return -1;
      }
    }
    int read = shapes.read(target, offset, (int) Math.min(length, left));
    left = read < 0 ? 0 : left - read;
    return read;
  }

  @Override
  public void close() throws IOException {
    try (spool) {
      shapes.close();
      index.close();
    }
  }
}
