package vn.tnmt.lakehouse.ingestion.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.feed.Readers;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;

/**
 * Records per second of CPU time, reader and engine together, of five-minute station files. Not a
 * test: run its main method in folder {@code ingestion-jobs}.
 */
final class EngineThroughput {
  private static final int FILES = 50_000;
  private static final int ROUNDS = 6;
  private static final String[] LINES = {
    "PM2,5\t%s\tug/Nm3", "PM10\t%s\tug/Nm3", "SO2\t%s\tug/Nm3", "NO2\t%s\tug/Nm3",
    "CO\t%s\tmg/m3", "O3\t%s\tug/Nm3", "Temp\t%s\toC", "RH\t%s\t%%"
  };

  private EngineThroughput() {}

  public static void main(String[] args) throws IOException {
    byte[][] files = new byte[FILES][];
    SourceFile[] names = new SourceFile[FILES];
    for (int i = 0; i < FILES; i++) {
      String time = "202512%02d%02d%02d00".formatted(1 + i % 28, i / 12 % 24, i * 5 % 60);
      StringBuilder text = new StringBuilder();
      for (int line = 0; line < LINES.length; line++) {
        String value = String.format(Locale.ROOT, "%.2f", (i * 31 + line * 7) % 5000 / 100.0);
        text.append(LINES[line].formatted(value)).append('\t').append(time).append("\t00\r\n");
      }
      files[i] = text.toString().getBytes(StandardCharsets.UTF_8);
      names[i] =
          new SourceFile(
              "01KK%03d/2026/01/01/HN_A_01KK%03d_%s.txt".formatted(i % 100, i % 100, time),
              files[i].length,
              true);
    }
    Feed feed = EngineTesting.feed("snnmt-ha_noi/observation");
    Contract contract = Contracts.bundled().contract(feed.dataset());
    RowEngine engine = RowEngine.compile(feed, contract, CodeLists.bundled());
    RecordReader reader = Readers.of(feed, contract);
    for (int round = 0; round < ROUNDS; round++) {
      long readOnly = cpu();
      long read = 0;
      for (int i = 0; i < FILES; i++) {
        try (var records = reader.open(names[i], new ByteArrayInputStream(files[i]))) {
          while (records.hasNext()) {
            read += records.next().line();
          }
        }
      }
      long both = cpu();
      long count = 0;
      long blocked = 0;
      for (int i = 0; i < FILES; i++) {
        try (var records = reader.open(names[i], new ByteArrayInputStream(files[i]))) {
          while (records.hasNext()) {
            RawRecord record = records.next();
            blocked += engine.apply(record, names[i], EngineTesting.NIGHT).blocked() ? 1 : 0;
            count++;
          }
        }
      }
      long end = cpu();
      System.out.printf(
          Locale.ROOT,
          "reader %.0f records/s, reader + engine %.0f records/s (%d records, %d blocked, %d)%n",
          count * 1e9 / (both - readOnly),
          count * 1e9 / (end - both),
          count,
          blocked,
          read);
    }
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
