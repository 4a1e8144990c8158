package vn.tnmt.lakehouse.ingestion.reader.xml;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.BROKEN_XML;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.KIND_NOT_READ;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.READ_AS;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.RECORD_TOO_LARGE;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.CellsBuilder;
import vn.tnmt.lakehouse.ingestion.reader.EscapingUtf8;
import vn.tnmt.lakehouse.ingestion.reader.FileKinds;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.SourceFailure;
import vn.tnmt.lakehouse.ingestion.reader.WithoutCtrlZ;
import vn.tnmt.lakehouse.ingestion.text.Bytes;
import vn.tnmt.lakehouse.tables.rule.Breach;

/**
 * The elements and texts of an XML document, safe against hostile ones: a document type declaration
 * ends the document (so there are no entities but the five of XML), nothing outside the document is
 * ever opened, and no event takes more memory than a record may. Prefixes of names are ignored.
 * Encodings are as the document declares them, unless a byte order mark or the text itself says
 * that it is UTF-8.
 */
public final class XmlEvents {
  private static final int HEAD = 1024;
  private static final Pattern ENCODING =
      Pattern.compile("^\\s*<\\?xml[^>]*?encoding\\s*=\\s*[\"']([A-Za-z0-9._:-]+)[\"']");

  private static final XMLInputFactory FACTORY = factory();

  private final XmlText text;
  private final XMLStreamReader xml;

  private final @Nullable DeclaredText declared;
  private boolean told;

  private XmlEvents(XmlText text, XMLStreamReader xml, @Nullable DeclaredText declared) {
    this.text = text;
    this.xml = xml;
    this.declared = declared;
  }

  private static XMLInputFactory factory() {
    // The platform's own, whatever else is on the class path.
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("nothing outside the document is read");
        });
    return factory;
  }

  /** The document is flawed here and cannot be read on. */
  public static final class Flawed extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Breach breach;

    Flawed(Breach breach) {
      super(breach.rule());
      this.breach = breach;
    }

    public Breach breach() {
      return breach;
    }
  }

  public static XmlEvents open(InputStream bytes) throws IOException, Flawed {
    PushbackInputStream pushed =
        new PushbackInputStream(new WithoutCtrlZ(new SourceFailure.Marked(bytes)), HEAD);
    byte[] head = new byte[HEAD];
    int length = pushed.readNBytes(head, 0, HEAD);
    String other = FileKinds.name(head, length);
    if (!other.isEmpty()) {
      throw new Flawed(Flaws.of(KIND_NOT_READ, other, "XML"));
    }
    int mark = Bytes.marks(head, length);
    pushed.unread(head, mark, length - mark);
    Charset encoding =
        mark > 0
            ? StandardCharsets.UTF_8
            : encoding(Arrays.copyOfRange(head, mark, length), length - mark);
    DeclaredText declared =
        DeclaredText.applies(encoding) ? new DeclaredText(pushed, encoding) : null;
    Reader decoded =
        declared != null
            ? declared
            : encoding.equals(StandardCharsets.UTF_8)
                ? new EscapingUtf8(pushed)
                : new InputStreamReader(pushed, encoding);
    XmlText text = new XmlText(decoded, CellsBuilder.MAX_RECORD);
    try {
      return new XmlEvents(text, FACTORY.createXMLStreamReader(text), declared);
    } catch (XMLStreamException | RuntimeException e) {
      throw flawed(e, "1:1");
    }
  }

  private static Charset encoding(byte[] head, int length) throws Flawed {
    if (length >= 2) {
      int first = ((head[0] & 0xFF) << 8) | (head[1] & 0xFF);
      switch (first) {
        case 0xFEFF, 0xFFFE -> {
          return StandardCharsets.UTF_16;
        }
        case 0x003C -> {
          return StandardCharsets.UTF_16BE;
        }
        case 0x3C00 -> {
          return StandardCharsets.UTF_16LE;
        }
        default -> {}
      }
    }
    Matcher declared = ENCODING.matcher(new String(head, 0, length, StandardCharsets.ISO_8859_1));
    if (!declared.find()) {
      return StandardCharsets.UTF_8;
    }
    try {
      Charset charset = Charset.forName(declared.group(1));
      // A declaration that could be read as bytes is not in UTF-16, whatever it says.
      return charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32")
          ? StandardCharsets.UTF_8
          : charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new Flawed(Flaws.of(BROKEN_XML, "mã hóa / encoding " + declared.group(1), "UTF-8"));
    }
  }

  /** The next event, of {@link XMLStreamConstants}. */
  public int next() throws IOException, Flawed {
    try {
      int event = xml.next();
      text.renew();
      if (event == XMLStreamConstants.DTD) {
        throw new Flawed(Flaws.of(BROKEN_XML, place() + " <!DOCTYPE", ""));
      }
      return event;
    } catch (XMLStreamException | RuntimeException e) {
      throw flawed(e, place());
    }
  }

  /** What the document says that is not so, to be told once; null for nothing more. */
  public @Nullable Breach takeDoubt() {
    if (told || declared == null || !declared.isUtf8()) {
      return null;
    }
    told = true;
    return Flaws.of(READ_AS, "mã hóa / encoding: UTF-8", "");
  }

  private static Flawed flawed(Exception e, String place) throws IOException {
    Throwable cause = e instanceof XMLStreamException x ? x.getNestedException() : e.getCause();
    if (cause instanceof SourceFailure failure) {
      throw failure;
    }
    if (cause instanceof XmlText.TooMuch) {
      return new Flawed(Flaws.of(RECORD_TOO_LARGE, place, "≤ " + CellsBuilder.MAX_RECORD));
    }
    return new Flawed(Flaws.of(BROKEN_XML, place, "XML"));
  }

  /** {@code line:column} in the document. */
  String place() {
    return xml.getLocation().getLineNumber() + ":" + xml.getLocation().getColumnNumber();
  }

  /** Name of the current element, without prefix. */
  public String name() {
    return local(xml.getLocalName());
  }

  public int attributes() {
    return xml.getAttributeCount();
  }

  public String attributeName(int index) {
    return local(xml.getAttributeLocalName(index));
  }

  /** Whether an attribute is a declaration of a name space, which is no data. */
  public boolean declaration(int index) {
    String name = xml.getAttributeName(index).toString();
    String prefix = String.valueOf(xml.getAttributePrefix(index));
    return name.equals("xmlns")
        || Stream.of("xmlns", "xsi").anyMatch(p -> p.equals(prefix) || name.startsWith(p + ":"));
  }

  public String attribute(int index) {
    return xml.getAttributeValue(index);
  }

  /** Value of an attribute by name, or null. */
  public @Nullable String attribute(String name) {
    for (int i = 0; i < attributes(); i++) {
      if (attributeName(i).equals(name)) {
        return attribute(i);
      }
    }
    return null;
  }

  /** Adds the text of the current event, as long as there is room. False when there was none. */
  public boolean appendText(StringBuilder out, int most) {
    if (out.length() + xml.getTextLength() > most) {
      return false;
    }
    out.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
    return true;
  }

  /** Whether an event is text of the document. */
  public static boolean isText(int event) {
    return event == XMLStreamConstants.CHARACTERS
        || event == XMLStreamConstants.CDATA
        || event == XMLStreamConstants.SPACE;
  }

  private static String local(String name) {
    return name.substring(name.indexOf(':') + 1);
  }
}
