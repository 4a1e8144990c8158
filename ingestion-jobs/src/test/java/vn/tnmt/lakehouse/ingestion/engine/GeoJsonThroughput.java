package vn.tnmt.lakehouse.ingestion.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.Readers;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;

/**
 * Megabytes of GeoJSON per second of CPU time, reader alone and with the engine (geometry checked,
 * WKB made, rules): one large file, and the same in 3,000. Not a test: run its main method in
 * folder {@code ingestion-jobs}, with the megabytes as argument (200).
 */
final class GeoJsonThroughput {
  private static final int FILES = 3_000;
  private static final int ROUNDS = 3;
  private static final String HEAD = "{\"type\":\"FeatureCollection\",\"features\":[";

  private GeoJsonThroughput() {}

  public static void main(String[] args) throws IOException {
    long bytes = (args.length == 0 ? 200L : Long.parseLong(args[0])) << 20;
    int each = (int) (bytes / FILES);
    StringBuilder features = new StringBuilder();
    for (int i = 0; features.length() < each - HEAD.length(); i++) {
      features.append(i == 0 ? "" : ",\n").append(feature(i));
    }
    byte[] small = (HEAD + features + "]}").getBytes(StandardCharsets.UTF_8);
    byte[] block = (features + ",\n").getBytes(StandardCharsets.UTF_8);
    Feed feed = EngineTesting.feed("cuc-ddbd/province");
    Contract contract = Contracts.bundled().contract(feed.dataset());
    RowEngine engine = RowEngine.compile(feed, contract, CodeLists.bundled());
    RecordReader reader = Readers.of(feed, contract);
    SourceFile name = new SourceFile("tinh_20260101.geojson", small.length, true);
    for (int round = 0; round < ROUNDS; round++) {
      for (RowEngine judged : new RowEngine[] {null, engine}) {
        long begin = cpu();
        long records = run(reader, judged, name, large(block, small));
        long middle = cpu();
        for (int i = 0; i < FILES; i++) {
          records += run(reader, judged, name, new ByteArrayInputStream(small));
        }
        long end = cpu();
        System.out.printf(
            Locale.ROOT,
            "%s: one file %.0f MB/s, %d files %.0f MB/s (%d records)%n",
            judged == null ? "reader" : "reader and engine",
            (double) FILES * block.length / (1 << 20) * 1e9 / (middle - begin),
            FILES,
            (double) FILES * small.length / (1 << 20) * 1e9 / (end - middle),
            records);
      }
    }
  }

  private static InputStream large(byte[] block, byte[] last) {
    List<InputStream> parts = new ArrayList<>();
    parts.add(new ByteArrayInputStream(HEAD.getBytes(StandardCharsets.UTF_8)));
    for (int i = 1; i < FILES; i++) {
      parts.add(new ByteArrayInputStream(block));
    }
    parts.add(new ByteArrayInputStream(last, HEAD.length(), last.length - HEAD.length()));
    return new SequenceInputStream(Collections.enumeration(parts));
  }

  private static long run(RecordReader reader, RowEngine engine, SourceFile name, InputStream in)
      throws IOException {
    long count = 0;
    try (RecordReader.Records records = reader.open(name, in)) {
      while (records.hasNext()) {
        RawRecord record = records.next();
        count +=
            engine == null || engine.apply(record, name, EngineTesting.NIGHT).row() != null ? 1 : 0;
      }
    }
    return count;
  }

  /** A ring of 200 corners with seven decimals, as exports have them. */
  private static String feature(int number) {
    StringBuilder ring = new StringBuilder();
    for (int i = 0; i <= 200; i++) {
      double angle = 2 * Math.PI * (i % 200) / 200;
      ring.append(i == 0 ? "" : ",")
          .append(
              String.format(
                  Locale.ROOT,
                  "[%.7f,%.7f]",
                  105 + Math.cos(angle) * (1 + number % 7 / 10.0),
                  20 + Math.sin(angle)));
    }
    return "{\"type\":\"Feature\",\"properties\":{\"code\":\"01\",\"name\":\"Hà Nội\",\"area_km2\":3359.84},"
        + "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[["
        + ring
        + "]]}}";
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
