package vn.tnmt.lakehouse.ingestion.format.workbook;

import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.reader;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
 * Time to read an XLSX of a million rows and 20 columns, as Excel writes one: eight columns of
 * shared texts (two of them different in every row), eight of numbers, four of dates. Not a test:
 * run its main method with {@code -Xmx512m} and the path of the file, which is made if missing.
 */
final class WorkbookThroughput {
  private static final int ROWS = 1_000_000;
  private static final int COLUMNS = 20;

  private WorkbookThroughput() {}

  public static void main(String[] args) throws IOException {
    Path path = Path.of(args[0]);
    if (!Files.exists(path)) {
      write(path);
    }
    RecordReader reader =
        reader(
            new Workbook("", 1, 1, List.of(), List.of(), false, FileLimits.USUAL),
            new KnownColumns(Set.of("c0"), Set.of("c0"), Set.of()),
            TablesTesting.CONVENTIONS);
    SourceFile file = new SourceFile("a.xlsx", Files.size(path), true);
    for (int round = 0; round < 2; round++) {
      long begin = System.nanoTime();
      long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      long rows = 0;
      long letters = 0;
      try (InputStream in = Files.newInputStream(path);
          RecordReader.Records records = reader.open(file, in)) {
        while (records.hasNext()) {
          RawRecord record = records.next();
          rows++;
          letters += ((Cells) record.cells()).text(COLUMNS - 1).length();
        }
      }
      System.out.printf(
          Locale.ROOT,
          "%d rows, %.1f s (%.1f s of CPU), %d MB of XLSX, heap %d MB (%d)%n",
          rows,
          (System.nanoTime() - begin) / 1e9,
          (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9,
          Files.size(path) >> 20,
          Runtime.getRuntime().maxMemory() >> 20,
          letters);
    }
  }

  private static void write(Path path) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(1);
      part(
          zip,
          "[Content_Types].xml",
          "<Types><Override PartName='/xl/workbook.xml' ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/>"
              + "<Override PartName='/xl/sharedStrings.xml' ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml'/>"
              + "<Override PartName='/xl/styles.xml' ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml'/></Types>");
      part(
          zip,
          "_rels/.rels",
          "<Relationships><Relationship Id='r' Type='x/officeDocument' Target='xl/workbook.xml'/></Relationships>");
      part(
          zip,
          "xl/_rels/workbook.xml.rels",
          "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='worksheets/sheet1.xml'/>"
              + "<Relationship Id='r2' Type='x/styles' Target='styles.xml'/>"
              + "<Relationship Id='r3' Type='x/sharedStrings' Target='sharedStrings.xml'/></Relationships>");
      part(
          zip,
          "xl/workbook.xml",
          "<workbook xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><sheets><sheet name='A' sheetId='1' r:id='r1'/></sheets></workbook>");
      part(
          zip,
          "xl/styles.xml",
          "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>");
      zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
      StringBuilder row = new StringBuilder("<worksheet><sheetData><row r=\"1\">");
      for (int c = 0; c < COLUMNS; c++) {
        row.append("<c r=\"%s1\" t=\"str\"><v>c%d</v></c>".formatted(SheetHeader.letters(c), c));
      }
      row.append("</row>");
      for (int r = 2; r <= ROWS; r++) {
        row.append("<row r=\"").append(r).append("\" spans=\"1:20\">");
        for (int c = 0; c < COLUMNS; c++) {
          row.append("<c r=\"").append(SheetHeader.letters(c)).append(r);
          if (c < 2) {
            row.append("\" t=\"s\"><v>").append(1000 + (r - 2) * 2 + c);
          } else if (c < 8) {
            row.append("\" t=\"s\"><v>").append((r * 31 + c * 7) % 1000);
          } else if (c < 16) {
            row.append("\"><v>").append((r * 7919L + c * 104729L) % 100000 / 100.0);
          } else {
            row.append("\" s=\"1\"><v>").append(40000 + (r + c) % 6000);
          }
          row.append("</v></c>");
        }
        row.append("</row>");
        if (row.length() > 1 << 16) {
          zip.write(row.toString().getBytes(StandardCharsets.UTF_8));
          row.setLength(0);
        }
      }
      zip.write(row.append("</sheetData></worksheet>").toString().getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
      zip.putNextEntry(new ZipEntry("xl/sharedStrings.xml"));
      StringBuilder texts = new StringBuilder("<sst>");
      for (int i = 0; i < 1000; i++) {
        texts.append("<si><t>Phường Trung tâm ").append(i).append("</t></si>");
      }
      for (int i = 0; i < 2 * ROWS; i++) {
        texts.append("<si><t>Thửa đất số ").append(i).append(", tờ bản đồ 12</t></si>");
        if (texts.length() > 1 << 16) {
          zip.write(texts.toString().getBytes(StandardCharsets.UTF_8));
          texts.setLength(0);
        }
      }
      zip.write(texts.append("</sst>").toString().getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
  }

  private static void part(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }
}
