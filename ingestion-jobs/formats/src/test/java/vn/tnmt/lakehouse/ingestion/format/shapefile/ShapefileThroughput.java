package vn.tnmt.lakehouse.ingestion.format.shapefile;

import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.reader;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.FileLimits;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.TablesTesting;

/**
 * Megabytes of .shp a second, of a million polygons of 40 positions with three attributes. Not a
 * test: run its main method with {@code -Xmx512m} and the path of the zip, which is made if
 * missing. A second argument {@code stored} makes it without compression, as collecting bundles a
 * folder.
 */
final class ShapefileThroughput {
  private static final int POLYGONS = 1_000_000;
  private static final int POSITIONS = 40;
  private static final int CONTENT = 44 + 4 + 16 * POSITIONS;

  private ShapefileThroughput() {}

  public static void main(String[] args) throws IOException {
    Path path = Path.of(args[0]);
    if (!Files.exists(path)) {
      write(path, args.length > 1 ? 0 : 1);
    }
    RecordReader reader =
        reader(
            new Shapefile("", "EPSG:4326", FileLimits.USUAL),
            new KnownColumns(Set.of(), Set.of("MA", "TEN", "DT"), Set.of()),
            TablesTesting.CONVENTIONS,
            false);
    SourceFile file = new SourceFile("a.zip", Files.size(path), true);
    double megabytes = (100 + (long) POLYGONS * (8 + CONTENT)) / 1e6;
    for (int round = 0; round < 3; round++) {
      long begin = System.nanoTime();
      long cpu = cpu();
      long shapes = 0;
      try (InputStream in = Files.newInputStream(path);
          RecordReader.Records records = reader.open(file, in)) {
        while (records.hasNext()) {
          RawRecord record = records.next();
          shapes += record.cells().containsKey(Cells.GEOMETRY) ? 1 : 0;
        }
      }
      System.out.printf(
          Locale.ROOT,
          "%d shapes, %.0f MB of .shp: %.0f MB/s, %.0f MB a CPU second%n",
          shapes,
          megabytes,
          megabytes / ((System.nanoTime() - begin) / 1e9),
          megabytes / ((cpu() - cpu) / 1e9));
    }
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void write(Path path, int level) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(level);
      zip.putNextEntry(new ZipEntry("thua.shp"));
      ByteBuffer head = ByteBuffer.allocate(100);
      head.putInt(0, 9994).order(ByteOrder.LITTLE_ENDIAN).putInt(28, 1000).putInt(32, 5);
      zip.write(head.array());
      ByteBuffer record = ByteBuffer.allocate(8 + CONTENT);
      for (int i = 0; i < POLYGONS; i++) {
        record.clear().order(ByteOrder.BIG_ENDIAN).putInt(i + 1).putInt(CONTENT / 2);
        record.order(ByteOrder.LITTLE_ENDIAN).putInt(5).position(8 + 36);
        record.putInt(1).putInt(POSITIONS).putInt(0);
        double x = 104 + i % 1000 * 0.004;
        double y = 9 + Math.floorDiv(i, 1000) * 0.01;
        for (int p = 0; p < POSITIONS; p++) {
          double angle = -2 * Math.PI * (p % (POSITIONS - 1)) / (POSITIONS - 1);
          record.putDouble(x + 0.001 * Math.cos(angle)).putDouble(y + 0.001 * Math.sin(angle));
        }
        zip.write(record.array());
      }
      zip.closeEntry();
      zip.putNextEntry(new ZipEntry("thua.dbf"));
      ByteBuffer fields = ByteBuffer.allocate(32 + 96 + 1).order(ByteOrder.LITTLE_ENDIAN);
      fields.put((byte) 3).putInt(4, POLYGONS).putShort(8, (short) 129).putShort(10, (short) 43);
      String[] names = {"MA", "TEN", "DT"};
      int[] lengths = {10, 20, 12};
      for (int f = 0; f < 3; f++) {
        fields.position(32 + 32 * f);
        fields.put(TablesTesting.utf8(names[f]));
        fields.put(32 + 32 * f + 11, (byte) (f == 2 ? 'N' : 'C'));
        fields.put(32 + 32 * f + 16, (byte) lengths[f]);
      }
      fields.put(128, (byte) 0x0D);
      zip.write(fields.array());
      for (int i = 0; i < POLYGONS; i++) {
        zip.write(TablesTesting.utf8(" T%09dThua dat so %-8d%12.2f".formatted(i, i, i / 7.0)));
      }
      zip.closeEntry();
    }
  }
}
