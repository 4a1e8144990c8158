package vn.tnmt.lakehouse.ingestion.format.workbook;

import java.io.IOException;
import javax.xml.stream.XMLStreamConstants;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.Unreadable;
import vn.tnmt.lakehouse.ingestion.reader.table.CellFormat;
import vn.tnmt.lakehouse.ingestion.reader.table.CellTexts;

/** The rows of one XLSX sheet, as they stand in its XML part. */
final class XlsxRows implements SheetRows {
  private final XmlPart xml;
  private final SharedTexts texts;
  private final CellFormat[] formats;
  private final boolean from1904;
  private final char decimal;
  private final RowCells cells = new RowCells();
  private boolean inside;
  private long number;

  XlsxRows(XmlPart xml, SharedTexts texts, CellFormat[] formats, boolean from1904, char decimal) {
    this.xml = xml;
    this.texts = texts;
    this.formats = formats;
    this.from1904 = from1904;
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
  public void close() throws IOException {
    xml.close();
  }

  private boolean enter() throws IOException {
    while (xml.start()) {
      if (xml.at("sheetData")) {
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
        throw Unreadable.damaged("row " + number, "XML");
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
    while (true) {
      int event = xml.tag();
      if (event == XMLStreamConstants.END_DOCUMENT) {
        throw Unreadable.damaged("row " + number, "XML");
      }
      if (event == XMLStreamConstants.END_ELEMENT) {
        if (xml.depth() < within) {
          return column;
        }
      } else if (xml.at("v")) {
        String value = xml.text();
        if (xml.overlong()) {
          cells.flaw = "a cell > %d letters".formatted(XmlPart.MAX_TEXT);
        } else if (!value.isEmpty()) {
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
          cells.flaw = "shared string " + (value.length() > 20 ? "?" : value);
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
    CellFormat format = style >= 0 && style < formats.length ? formats[style] : CellFormat.NUMBER;
    if (format != CellFormat.NUMBER) {
      try {
        String date = CellTexts.date(Double.parseDouble(value), format, from1904);
        if (date != null) {
          return date;
        }
      } catch (NumberFormatException e) {
        return value;
      }
    }
    return CellTexts.number(value, decimal);
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
