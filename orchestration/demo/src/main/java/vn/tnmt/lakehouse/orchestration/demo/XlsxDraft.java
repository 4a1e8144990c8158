package vn.tnmt.lakehouse.orchestration.demo;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** A workbook of one sheet while it is being made, the same bytes every time (ECMA-376). */
final class XlsxDraft {
  private static final LocalDate DAY_ZERO = LocalDate.of(1899, 12, 30);
  private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  private static final String RELATIONS =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final String PACKAGE =
      "http://schemas.openxmlformats.org/package/2006/relationships";
  private static final String TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

  private final String sheet;
  private final StringBuilder rows = new StringBuilder();
  private int number;

  XlsxDraft(String sheet) {
    this.sheet = sheet;
  }

  /**
   * One row.
   *
   * @param cells a String, a LocalDate (shown as a date), any other object as a number; null for a
   *     blank cell
   */
  XlsxDraft row(Object... cells) {
    number++;
    rows.append("<row r=\"").append(number).append("\">");
    for (int i = 0; i < cells.length; i++) {
      String at = "<c r=\"" + (char) ('A' + i) + number + '"';
      if (cells[i] instanceof String text) {
        rows.append(at)
            .append(" t=\"inlineStr\"><is><t xml:space=\"preserve\">")
            .append(escaped(text))
            .append("</t></is></c>");
      } else if (cells[i] instanceof LocalDate day) {
        rows.append(at)
            .append(" s=\"1\"><v>")
            .append(ChronoUnit.DAYS.between(DAY_ZERO, day))
            .append("</v></c>");
      } else if (cells[i] != null) {
        rows.append(at).append("><v>").append(cells[i]).append("</v></c>");
      }
    }
    rows.append("</row>");
    return this;
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  byte[] bytes() {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put(
        "[Content_Types].xml",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default"
            + " Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + override("/xl/workbook.xml", "sheet.main+xml")
            + override("/xl/styles.xml", "styles+xml")
            + override("/xl/worksheets/sheet1.xml", "worksheet+xml")
            + "</Types>");
    parts.put(
        "_rels/.rels",
        "<Relationships xmlns=\""
            + PACKAGE
            + "\">"
            + relation(1, "officeDocument", "xl/workbook.xml"));
    parts.put(
        "xl/workbook.xml",
        "<workbook xmlns=\"%s\" xmlns:r=\"%s\"><sheets><sheet name=\"%s\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            .formatted(MAIN, RELATIONS, escaped(sheet)));
    parts.put(
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\""
            + PACKAGE
            + "\">"
            + relation(1, "worksheet", "worksheets/sheet1.xml").replace("</Relationships>", "")
            + relation(2, "styles", "styles.xml"));
    parts.put(
        "xl/styles.xml",
        ("<styleSheet xmlns=\"%s\"><fonts count=\"1\"><font><sz val=\"11\"/><name val=\".VnTime\"/></font></fonts>"
                + "<fills count=\"1\"><fill><patternFill patternType=\"none\"/></fill></fills>"
                + "<borders count=\"1\"><border/></borders>"
                + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
                + "<cellXfs count=\"2\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
                + "<xf numFmtId=\"14\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>")
            .formatted(MAIN));
    parts.put(
        "xl/worksheets/sheet1.xml",
        "<worksheet xmlns=\"" + MAIN + "\"><sheetData>" + rows + "</sheetData></worksheet>");
    Map<String, byte[]> members = new LinkedHashMap<>();
    parts.forEach(
        (name, xml) ->
            members.put(
                name,
                ("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + xml)
                    .getBytes(StandardCharsets.UTF_8)));
    return ZipDraft.of(members);
  }

  private static String override(String part, String type) {
    return "<Override PartName=\"" + part + "\" ContentType=\"" + TYPE + type + "\"/>";
  }

  private static String relation(int id, String type, String target) {
    return "<Relationship Id=\"rId%d\" Type=\"%s/%s\" Target=\"%s\"/></Relationships>"
        .formatted(id, RELATIONS, type, target);
  }
}
