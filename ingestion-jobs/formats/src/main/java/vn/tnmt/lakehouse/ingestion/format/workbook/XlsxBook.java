package vn.tnmt.lakehouse.ingestion.format.workbook;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.FileLimits;
import vn.tnmt.lakehouse.ingestion.reader.Unreadable;
import vn.tnmt.lakehouse.ingestion.reader.table.NumberFormat;
import vn.tnmt.lakehouse.ingestion.reader.zip.ZipParts;

/** An XLSX workbook (ECMA-376, transitional or strict), part by part out of its zip. */
final class XlsxBook implements SheetBook {
  /** What is read, for messages. */
  static final String READ = "XLSX, XLS (Excel 97-2003)";

  private static final String RELATIONS = "_rels/.rels";
  private static final int MAX_SHEETS = 10_000;
  private static final int MAX_FORMATS = 65_536;

  private final ZipParts parts;
  private final char decimal;
  private final List<Tab> sheets = new ArrayList<>();
  private final SharedTexts texts = new SharedTexts();
  private NumberFormat[] formats = new NumberFormat[0];
  private boolean from1904;
  private boolean uncomputed;
  private boolean marked;

  private XlsxBook(ZipParts parts, char decimal) {
    this.parts = parts;
    this.decimal = decimal;
  }

  static XlsxBook open(Path file, FileLimits limits, char decimal) throws IOException {
    XlsxBook book = new XlsxBook(ZipParts.open(file, limits), decimal);
    try {
      book.read();
      return book;
    } catch (IOException | RuntimeException e) {
      book.close();
      throw e;
    }
  }

  @Override
  public List<Tab> sheets() {
    return List.copyOf(sheets);
  }

  @Override
  public SheetRows open(Tab tab) throws IOException {
    String part = (String) tab.key();
    return new XlsxRows(
        new XmlPart(tab.name(), parts.open(part), () -> marked = true),
        texts,
        formats,
        from1904,
        uncomputed,
        decimal);
  }

  @Override
  public boolean marked() {
    return marked;
  }

  @Override
  public void close() throws IOException {
    texts.close();
    parts.close();
  }

  private void read() throws IOException {
    String main =
        relations("", RELATIONS).values().stream()
            .filter(relation -> relation.type.equals("officeDocument"))
            .map(Relation::target)
            .findFirst()
            .orElse("xl/workbook.xml");
    String kind = otherKind(main);
    if (!kind.isEmpty()) {
      throw Unreadable.kind(kind, READ);
    }
    if (!parts.has(main)) {
      throw Unreadable.damaged("zip không có / without " + main, "XLSX");
    }
    int slash = main.lastIndexOf('/') + 1;
    String folder = main.substring(0, slash);
    Map<String, Relation> relations =
        relations(folder, folder + "_rels/" + main.substring(slash) + ".rels");
    workbook(main, relations);
    for (Relation relation : relations.values()) {
      if (relation.type.equals("styles") && parts.has(relation.target)) {
        styles(relation.target);
      } else if (relation.type.equals("sharedStrings") && parts.has(relation.target)) {
        texts(relation.target);
      }
    }
    texts.complete();
  }

  /** What else than a workbook of Excel a zip is; empty when it is nothing that is known. */
  private String otherKind(String main) throws IOException {
    if (main.endsWith(".bin")) {
      return "XLSB (Excel nhị phân / binary)";
    }
    if (main.startsWith("word/") || main.startsWith("ppt/")) {
      return main.startsWith("word/") ? "Word" : "PowerPoint";
    }
    if (parts.has("mimetype")) {
      try (InputStream in = parts.open("mimetype")) {
        String type = new String(in.readNBytes(100), StandardCharsets.US_ASCII);
        if (type.startsWith("application/vnd.oasis.opendocument")) {
          return type.contains("spreadsheet") ? "ODS (LibreOffice, OpenOffice)" : "OpenDocument";
        }
      }
    }
    return parts.has("Index/Document.iwa") ? "Numbers (Apple)" : "";
  }

  /**
   * @param type the last word of its URI
   * @param target name of a part
   */
  private record Relation(String type, String target) {}

  private Map<String, Relation> relations(String folder, String part) throws IOException {
    Map<String, Relation> relations = new HashMap<>();
    if (!parts.has(part)) {
      return relations;
    }
    try (XmlPart xml = xml(part)) {
      while (xml.start()) {
        String id = xml.attribute("Id");
        String type = xml.attribute("Type");
        String target = xml.attribute("Target");
        boolean outside = "External".equals(xml.attribute("TargetMode"));
        if (xml.at("Relationship") && id != null && type != null && target != null && !outside) {
          relations.putIfAbsent(
              id, new Relation(type.substring(type.lastIndexOf('/') + 1), resolve(folder, target)));
          if (relations.size() > MAX_SHEETS) {
            throw Unreadable.overLimit(part, "≤ " + MAX_SHEETS);
          }
        }
      }
    }
    return relations;
  }

  private static String resolve(String folder, String target) {
    try {
      return URI.create("/" + folder).resolve(target.replace('\\', '/')).getPath().substring(1);
    } catch (IllegalArgumentException | NullPointerException | IndexOutOfBoundsException e) {
      return folder + target;
    }
  }

  private void workbook(String part, Map<String, Relation> relations) throws IOException {
    try (XmlPart xml = xml(part)) {
      while (xml.start()) {
        if (xml.at("workbookPr")) {
          from1904 = truth(xml.attribute("date1904"));
        } else if (xml.at("calcPr")) {
          uncomputed = truth(xml.attribute("fullCalcOnLoad"));
        } else if (xml.at("sheet")) {
          Relation relation = relations.get(String.valueOf(xml.attribute("id")));
          String name = xml.attribute("name");
          String state = xml.attribute("state");
          if (relation != null && relation.type.equals("worksheet")) {
            sheets.add(
                new Tab(
                    name == null ? "" : name,
                    state != null && !state.equals("visible"),
                    relation.target));
          }
          if (sheets.size() > MAX_SHEETS) {
            throw Unreadable.overLimit(part, "≤ " + MAX_SHEETS);
          }
        }
      }
    }
  }

  private void styles(String part) throws IOException {
    Map<Integer, String> codes = new HashMap<>();
    List<NumberFormat> found = new ArrayList<>();
    boolean inside = false;
    try (XmlPart xml = xml(part)) {
      for (int event = xml.tag(); event != XMLStreamConstants.END_DOCUMENT; event = xml.tag()) {
        boolean start = event == XMLStreamConstants.START_ELEMENT;
        if (xml.at("cellXfs")) {
          inside = start;
        } else if (start && xml.at("numFmt") && codes.size() < MAX_FORMATS) {
          String code = xml.attribute("formatCode");
          codes.put(XlsxRows.number(xml.attribute("numFmtId"), -1), code == null ? "" : code);
        } else if (start && inside && xml.at("xf") && found.size() < MAX_FORMATS) {
          int id = XlsxRows.number(xml.attribute("numFmtId"), 0);
          found.add(NumberFormat.of(id, codes.get(id)));
        }
      }
    }
    formats = found.toArray(NumberFormat[]::new);
  }

  private void texts(String part) throws IOException {
    try (XmlPart xml = xml(part)) {
      while (xml.start()) {
        if (xml.at("si")) {
          texts.add(richText(xml));
        }
      }
    }
  }

  /**
   * The text of the current element ({@code si}, {@code is}): all runs, without the phonetic ones.
   */
  static String richText(XmlPart xml) throws IOException {
    int within = xml.depth();
    String only = "";
    StringBuilder joined = null;
    while (true) {
      int event = xml.tag();
      if (event == XMLStreamConstants.END_DOCUMENT) {
        throw Unreadable.damaged("xâu dùng chung / shared string", "XML");
      }
      if (event == XMLStreamConstants.END_ELEMENT) {
        if (xml.depth() < within) {
          return unescaped(joined == null ? only : joined.toString());
        }
      } else if (xml.at("rPh")) {
        xml.skip();
      } else if (xml.at("t")) {
        String text = xml.text();
        if (xml.overlong() || (joined != null && joined.length() > XmlPart.MAX_TEXT)) {
          throw Unreadable.overLimit("chuỗi / a text", "≤ %d letters".formatted(XmlPart.MAX_TEXT));
        }
        if (joined != null) {
          joined.append(text);
        } else if (only.isEmpty()) {
          only = text;
        } else {
          joined = new StringBuilder(only).append(text);
        }
      }
    }
  }

  /** Letters that XML cannot hold stand as {@code _x000D_}. */
  static String unescaped(String text) {
    int at = text.indexOf("_x");
    if (at < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    int from = 0;
    for (; at >= 0; at = text.indexOf("_x", at + 1)) {
      int code = at + 6 < text.length() && text.charAt(at + 6) == '_' ? hex(text, at + 2) : -1;
      if (code >= 0 && at >= from) {
        plain.append(text, from, at).append((char) code);
        from = at + 7;
      }
    }
    return plain.append(text, from, text.length()).toString();
  }

  private static int hex(String text, int at) {
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }

  private XmlPart xml(String part) throws IOException {
    return new XmlPart(part, parts.open(part), () -> marked = true);
  }

  private static boolean truth(@Nullable String text) {
    return text != null && Arrays.asList("1", "true", "on").contains(text);
  }
}
