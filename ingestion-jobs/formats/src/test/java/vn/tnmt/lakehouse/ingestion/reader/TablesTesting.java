package vn.tnmt.lakehouse.ingestion.reader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import vn.tnmt.lakehouse.ingestion.feed.Conventions;
import vn.tnmt.lakehouse.ingestion.format.workbook.Workbook;
import vn.tnmt.lakehouse.tables.rule.Breach;

/** What the tests of workbooks, tables and Shapefiles share. */
public final class TablesTesting {
  public static final Conventions CONVENTIONS = conventions('.', "UTF-8");

  private TablesTesting() {}

  public static Conventions conventions(char decimal, String encoding) {
    return new Conventions(ZoneId.of("Asia/Ho_Chi_Minh"), decimal, List.of(), encoding, Set.of());
  }

  public static KnownColumns columns(String... required) {
    return new KnownColumns(Set.of(required), Set.of(required), Set.of());
  }

  public static Workbook workbook(String sheet, int headerLine, int headerLines) {
    return new Workbook(
        sheet, headerLine, headerLines, List.of(), List.of(), false, FileLimits.USUAL);
  }

  /** A file that other programs made: see make.py beside it. */
  public static byte[] file(String name) {
    try (InputStream in = TablesTesting.class.getResourceAsStream("/tables/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] zip(Map<String, byte[]> parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.ISO_8859_1)) {
      for (Map.Entry<String, byte[]> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** An XLSX whose only sheet, and shared texts, are given. */
  public static byte[] xlsx(String sheetXml, String sharedXml) {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put(
        "xl/workbook.xml",
        utf8("<workbook xmlns:r='r'><sheets><sheet name='S' r:id='a'/></sheets></workbook>"));
    parts.put(
        "xl/_rels/workbook.xml.rels",
        utf8(
            "<Relationships><Relationship Id='a' Type='x/worksheet' Target='s.xml'/>"
                + "<Relationship Id='b' Type='x/sharedStrings' Target='t.xml'/></Relationships>"));
    parts.put("xl/s.xml", utf8(sheetXml));
    parts.put("xl/t.xml", utf8(sharedXml));
    return zip(parts);
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Rules, columns and values, for example {@code REC-31 pH #N/A}. */
  public static List<String> told(RawRecord record) {
    return record.breaches().stream().map(TablesTesting::told).toList();
  }

  private static String told(Breach breach) {
    return breach.rule()
        + (breach.column().isEmpty() ? "" : " " + breach.column())
        + (breach.value().isEmpty() ? "" : " " + breach.value());
  }
}
