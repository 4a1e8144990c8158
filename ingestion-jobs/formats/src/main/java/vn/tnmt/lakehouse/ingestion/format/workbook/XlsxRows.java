package vn.tnmt.lakehouse.ingestion.format.workbook;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.OVER_LIMIT;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.Unreadable;
import vn.tnmt.lakehouse.ingestion.reader.table.NumberFormat;

/** The rows of one XLSX sheet, as they stand in its XML part. */
final class XlsxRows implements SheetRows {
  private static final Pattern RANGE =
      Pattern.compile("\\$?([A-Za-z]{1,3})\\$?(\\d{1,7}):\\$?([A-Za-z]{1,3})\\$?(\\d{1,7})");

  private final XmlPart xml;
  private final SharedTexts texts;
  private final NumberFormat[] formats;
  private final boolean from1904;
  private final boolean uncomputed;
  private final char decimal;
  private final RowCells cells = new RowCells();
  private boolean inside;
  private long number;
  private long lastTold;

  /**
   * @param uncomputed whether the workbook asks to be computed when it is opened: a 0 of a formula
   *     is then what programs write that compute nothing
   */
  XlsxRows(
      XmlPart xml,
      SharedTexts texts,
      NumberFormat[] formats,
      boolean from1904,
      boolean uncomputed,
      char decimal) {
    this.xml = xml;
    this.texts = texts;
    this.formats = formats;
    this.from1904 = from1904;
    this.uncomputed = uncomputed;
    this.decimal = decimal;
  }

  @Override
  public boolean next() throws IOException {
    while (inside || enter()) {
      int event = xml.tag();
      if (event == XMLStreamConstants.END_DOCUMENT) {
        return false;
      }
      if (event == XMLStreamConstants.END_ELEMENT) {
        inside = !xml.at("sheetData");
        if (!inside) {
          return false;
        }
      } else if (xml.at("row")) {
        row();
        if (cells.width > 0 || cells.flaw != null) {
          return true;
        }
      } else {
        xml.skip();
      }
    }
    return false;
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public RowCells cells() {
    return cells;
  }

  @Override
  public List<Merge> merges() throws IOException {
    List<Merge> merges = new ArrayList<>();
    try {
      while (xml.start() && merges.size() < Merge.MOST) {
        if (xml.at("mergeCell")) {
          merge(xml.attribute("ref")).filter(Merge::downwards).ifPresent(merges::add);
        }
      }
    } catch (Unreadable e) {
      // The rows are read, and what stands behind them is looks.
    }
    return merges;
  }

  private static Optional<Merge> merge(@Nullable String reference) {
    Matcher range = RANGE.matcher(reference == null ? "" : reference);
    return range.matches()
        ? Optional.of(
            new Merge(
                number(range.group(2), 0), number(range.group(4), 0), column(range.group(1), 0)))
        : Optional.empty();
  }

  private static int lastRow(@Nullable String reference) {
    Matcher range = RANGE.matcher(reference == null ? "" : reference);
    return range.matches() ? number(range.group(4), 0) : 0;
  }

  @Override
  public long lastTold() {
    return lastTold > number ? lastTold : 0;
  }

  @Override
  public void close() throws IOException {
    xml.close();
  }

  private boolean enter() throws IOException {
    while (xml.start()) {
      if (xml.at("dimension")) {
        lastTold = lastRow(xml.attribute("ref"));
      } else if (xml.at("sheetData")) {
        inside = true;
        return true;
      }
    }
    return false;
  }

  private void row() throws IOException {
    // A number that is not one, or does not go up, is not believed.
    number = Math.max(number + 1, number(xml.attribute("r"), 0));
    cells.clear();
    int within = xml.depth();
    int column = -1;
    while (true) {
      int event = xml.tag();
      if (event == XMLStreamConstants.END_DOCUMENT) {
        throw Unreadable.damaged("hàng / row " + number, "XML");
      }
      if (event == XMLStreamConstants.END_ELEMENT) {
        if (xml.depth() < within) {
          return;
        }
      } else if (xml.at("c")) {
        column = cell(column + 1);
      } else {
        xml.skip();
      }
    }
  }

  /** Reads one cell; gives its column. */
  private int cell(int next) throws IOException {
    int column = next;
    int style = -1;
    String type = "n";
    for (int i = 0; i < xml.attributes(); i++) {
      switch (xml.attributeName(i)) {
        case "r" -> column = column(xml.attributeValue(i), next);
        case "s" -> style = number(xml.attributeValue(i), -1);
        case "t" -> type = xml.attributeValue(i);
        default -> {}
      }
    }
    int within = xml.depth();
    String formula = null;
    boolean result = false;
    while (true) {
      int event = xml.tag();
      if (event == XMLStreamConstants.END_DOCUMENT) {
        throw Unreadable.damaged("hàng / row " + number, "XML");
      }
      if (event == XMLStreamConstants.END_ELEMENT) {
        if (xml.depth() < within) {
          if (formula != null && !result) {
            cells.formula(column, formula);
          }
          return column;
        }
      } else if (xml.at("f")) {
        formula = xml.text();
      } else if (xml.at("v")) {
        String value = xml.text();
        // The result of a formula of text may be the empty text.
        result = type.equals("str") || !(value.isEmpty() || (uncomputed && value.equals("0")));
        if (xml.overlong()) {
          cells.flaw = Flaws.of(OVER_LIMIT, "ô / a cell > %d".formatted(XmlPart.MAX_TEXT), "");
        } else if (result || (formula == null && !value.isEmpty())) {
          value(column, type, style, value);
        }
      } else if (xml.at("is")) {
        cells.put(column, XlsxBook.richText(xml));
      } else {
        xml.skip();
      }
    }
  }

  private void value(int column, String type, int style, String value) throws IOException {
    switch (type) {
      case "s" -> {
        String text = texts.get(number(value, -1));
        if (text == null) {
          cells.lacks(value.length() > 20 ? "?" : value);
        } else {
          cells.put(column, text);
        }
      }
      case "str" -> cells.put(column, XlsxBook.unescaped(value));
      case "b" -> cells.put(column, value.strip().equals("1") ? "true" : "false");
      case "e" -> cells.error(column, value);
      case "n" -> cells.put(column, numeric(style, value));
      default -> cells.put(column, value);
    }
  }

  private String numeric(int style, String value) {
    NumberFormat format =
        style >= 0 && style < formats.length ? formats[style] : NumberFormat.GENERAL;
    return format.text(value, from1904, decimal);
  }

  /** A whole number of at most nine digits, else {@code otherwise}. */
  static int number(@Nullable String text, int otherwise) {
    if (text == null || text.isEmpty() || text.length() > 9) {
      return otherwise;
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return otherwise;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** The column of a reference such as {@code AB12}, counted from 0. */
  private static int column(String reference, int otherwise) {
    int column = 0;
    int i = 0;
    for (; i < reference.length() && i < 4; i++) {
      int letter = (reference.charAt(i) & ~0x20) - 'A';
      if (letter < 0 || letter > 25) {
        break;
      }
      column = column * 26 + letter + 1;
    }
    return i == 0 ? otherwise : column - 1;
  }
}
