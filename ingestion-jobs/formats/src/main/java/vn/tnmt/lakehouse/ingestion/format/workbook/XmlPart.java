package vn.tnmt.lakehouse.ingestion.format.workbook;

import java.io.CharConversionException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.EscapingUtf8;
import vn.tnmt.lakehouse.ingestion.reader.Unreadable;

/**
 * One XML part of a workbook, pulled tag by tag with the platform's own parser: no DTD, no entities
 * but the five, bounded memory. What is not well-formed is {@link Unreadable}.
 */
final class XmlPart implements Closeable {
  /** Text beyond this is not a cell: Excel allows 32,767 characters. */
  static final int MAX_TEXT = 1 << 20;

  /**
   * A byte that is not UTF-8 becomes U+EF00 + byte, which XML may hold, so that it costs its row
   * and not the part.
   */
  private static final char MARK = '\uEF00';

  private static final int MAX_DEPTH = 64;
  private static final XMLInputFactory FACTORY = factory();

  private final String name;
  private final InputStream bytes;
  private final XMLStreamReader xml;
  private int depth;
  private boolean overlong;
  private final StringBuilder text = new StringBuilder();

  /**
   * @param marked told of each byte that is not UTF-8
   */
  XmlPart(String name, InputStream bytes, Runnable marked) throws IOException {
    this.name = name;
    this.bytes = bytes;
    try {
      this.xml =
          FACTORY.createXMLStreamReader(
              new EscapingUtf8(new TagGuard(XmlBytes.utf8(bytes)), MARK, marked));
    } catch (XMLStreamException | RuntimeException e) {
      bytes.close();
      throw fault(e);
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    return factory;
  }

  /** Whether a text holds bytes that were not UTF-8. */
  static boolean marked(String text) {
    return text.chars().anyMatch(c -> c >= MARK + 0x80 && c <= MARK + 0xFF);
  }

  /** The text with each marked byte as the character of the same number. */
  static String bytewise(String text) {
    StringBuilder plain = new StringBuilder(text);
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (c >= MARK + 0x80 && c <= MARK + 0xFF) {
        plain.setCharAt(i, (char) (c - MARK));
      }
    }
    return plain.toString();
  }

  /** The next start or end of an element: its event, or END_DOCUMENT. */
  int tag() throws IOException {
    while (true) {
      int event = next();
      if (event == XMLStreamConstants.START_ELEMENT
          || event == XMLStreamConstants.END_ELEMENT
          || event == XMLStreamConstants.END_DOCUMENT) {
        return event;
      }
    }
  }

  /** Moves to the next start of an element; false at the end of the part. */
  boolean start() throws IOException {
    while (true) {
      int event = tag();
      if (event != XMLStreamConstants.END_ELEMENT) {
        return event == XMLStreamConstants.START_ELEMENT;
      }
    }
  }

  /** Local name of the current element. */
  String element() {
    return xml.getLocalName();
  }

  boolean at(String element) {
    return xml.getLocalName().equals(element);
  }

  int attributes() {
    return xml.getAttributeCount();
  }

  String attributeName(int i) {
    return xml.getAttributeLocalName(i);
  }

  String attributeValue(int i) {
    return xml.getAttributeValue(i);
  }

  /** Value of an attribute by its local name, or null. */
  @Nullable String attribute(String local) {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      if (xml.getAttributeLocalName(i).equals(local)) {
        return xml.getAttributeValue(i);
      }
    }
    return null;
  }

  /** Depth of the current element; the root has 1. */
  int depth() {
    return depth;
  }

  /** The text of the current element without that of its children; moves to its end. */
  String text() throws IOException {
    text.setLength(0);
    overlong = false;
    String only = null;
    int within = depth;
    while (true) {
      int event = next();
      switch (event) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          if (depth == within) {
            if (only == null && text.length() == 0) {
              only = xml.getText();
            } else if (text.length() > MAX_TEXT) {
              overlong = true;
            } else {
              text.append(only == null ? "" : only);
              only = null;
              text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
            }
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (depth < within) {
            overlong |= (only == null ? text.length() : only.length()) > MAX_TEXT;
            return only == null ? text.toString() : only;
          }
        }
        case XMLStreamConstants.END_DOCUMENT -> throw Unreadable.damaged(name, "XML");
        default -> {}
      }
    }
  }

  /** Whether the last text was too long to be a cell, and so was cut. */
  boolean overlong() {
    return overlong;
  }

  /** Moves to the end of the current element. */
  void skip() throws IOException {
    int within = depth;
    while (depth >= within) {
      if (next() == XMLStreamConstants.END_DOCUMENT) {
        throw Unreadable.damaged(name, "XML");
      }
    }
  }

  private int next() throws IOException {
    int event;
    try {
      event = xml.next();
    } catch (XMLStreamException | RuntimeException e) {
      throw fault(e);
    }
    if (event == XMLStreamConstants.START_ELEMENT && ++depth > MAX_DEPTH) {
      throw Unreadable.overLimit(name, "≤ %d levels".formatted(MAX_DEPTH));
    } else if (event == XMLStreamConstants.END_ELEMENT) {
      depth--;
    }
    return event;
  }

  /** What the parser complains of: our own limits, failing I/O (thrown on), else the content. */
  private IOException fault(Exception e) {
    Throwable cause =
        e instanceof XMLStreamException stream ? stream.getNestedException() : e.getCause();
    if (cause instanceof IOException io
        && !(io instanceof CharConversionException)
        && !(io instanceof UnsupportedEncodingException)) {
      return io;
    }
    String where =
        e instanceof XMLStreamException stream && stream.getLocation() != null
            ? " %d:%d"
                .formatted(
                    stream.getLocation().getLineNumber(), stream.getLocation().getColumnNumber())
            : "";
    return Unreadable.damaged(name + where, "XML");
  }

  @Override
  public void close() throws IOException {
    try {
      xml.close();
    } catch (XMLStreamException e) {
      // the stream below is what holds something
    }
    bytes.close();
  }
}
