package vn.tnmt.lakehouse.ingestion.format.xml;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.PART_NOT_IN_FILE;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.CellsBuilder;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.FoundRecords;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.xml.XmlEvents;
import vn.tnmt.lakehouse.ingestion.reader.xml.XmlText;

/**
 * XML, one element of a name after the other, wherever it stands; the record's line is the
 * element's number, counted from 1.
 *
 * <p>Cells: {@code @id} an attribute, {@code dienTich} the text of a child, {@code a/b} of a
 * child's child, {@code a[2]/b} of the second child of that name, {@code a/@id} its attribute,
 * {@code .} the text of the element itself. An element that holds elements and blank text has no
 * cell. Of the elements around the record that the feed names, attributes and children of plain
 * text that stand before the record are cells, too: {@code DC_ThuaDat/maXa}.
 *
 * <p>Where the document is broken, the records before stay, and what there is of the current one
 * carries REC-33 with the position ({@code line:column}).
 */
final class XmlReader implements RecordReader {
  private static final int MAX_DEPTH = 100;

  /** Characters that are kept of one element around the record. */
  private static final int MAX_PARENT = 1 << 20;

  private final Xml format;
  private final CellsBuilder cells = new CellsBuilder(XmlText::marked, XmlText::unmark);

  XmlReader(Xml format) {
    this.format = format;
  }

  @Override
  public Records open(SourceFile file, InputStream bytes) throws IOException {
    return new Elements(bytes);
  }

  private final class Elements extends FoundRecords {
    private final InputStream bytes;
    private final Deque<Around> around = new ArrayDeque<>();
    private final StringBuilder leaf = new StringBuilder();
    private @Nullable XmlEvents xml;
    private @Nullable String leafName;
    private long number;
    private boolean reading;
    private boolean finished;

    Elements(InputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    protected @Nullable RawRecord find() throws IOException {
      if (finished) {
        return null;
      }
      try {
        if (xml == null) {
          xml = XmlEvents.open(bytes);
        }
        while (true) {
          int event = xml.next();
          if (event == XMLStreamConstants.START_ELEMENT) {
            if (xml.name().equals(format.record())) {
              leafName = null;
              return record();
            }
            enter();
          } else if (event == XMLStreamConstants.END_ELEMENT) {
            leave();
          } else if (XmlEvents.isText(event)) {
            if (leafName != null && !xml.appendText(leaf, MAX_PARENT)) {
              leafName = null;
            }
          } else if (event == XMLStreamConstants.END_DOCUMENT) {
            finished = true;
            return number == 0
                ? Flaws.file(PART_NOT_IN_FILE, "", "<" + format.record() + ">")
                : null;
          }
        }
      } catch (XmlEvents.Flawed e) {
        finished = true;
        if (reading) {
          cells.add(e.breach());
          return cells.record(number);
        }
        return Flaws.line(number + 1, "", e.breach());
      }
    }

    private void enter() {
      boolean wanted = format.parents().contains(xml.name());
      Around parent = around.peek();
      leafName = parent != null && parent.fields != null && !wanted ? xml.name() : null;
      leaf.setLength(0);
      if (around.size() < MAX_DEPTH) {
        around.push(new Around(xml.name(), wanted ? new LinkedHashMap<>() : null));
        for (int i = 0; wanted && i < xml.attributes(); i++) {
          if (!xml.declaration(i)) {
            around.peek().put("@" + xml.attributeName(i), xml.attribute(i));
          }
        }
      } else {
        around.peek().deeper++;
      }
    }

    private void leave() {
      Around top = around.peek();
      if (top == null) {
        return;
      }
      if (top.deeper > 0) {
        top.deeper--;
        leafName = null;
        return;
      }
      around.pop();
      if (leafName != null && around.peek() != null && around.peek().fields != null) {
        around.peek().put(leafName, leaf.toString());
      }
      leafName = null;
    }

    /** Reads the current element to its end. */
    private RawRecord record() throws IOException, XmlEvents.Flawed {
      number++;
      reading = true;
      cells.clear();
      around
          .descendingIterator()
          .forEachRemaining(
              parent -> {
                if (parent.fields != null) {
                  parent.fields.forEach((name, text) -> cells.put(parent.name + "/" + name, text));
                }
              });
      attributes("");
      Deque<Inside> open = new ArrayDeque<>();
      open.push(new Inside(""));
      int tooDeep = 0;
      while (!open.isEmpty()) {
        int event = xml.next();
        Inside top = open.peek();
        if (event == XMLStreamConstants.START_ELEMENT) {
          if (open.size() == MAX_DEPTH) {
            tooDeep++;
            cells.leaveOut();
          } else {
            String path = top.child(xml.name());
            open.push(new Inside(path));
            attributes(path + "/");
          }
        } else if (event == XMLStreamConstants.END_ELEMENT) {
          if (tooDeep > 0) {
            tooDeep--;
          } else {
            open.pop();
            end(top);
          }
        } else if (XmlEvents.isText(event)
            && tooDeep == 0
            && !xml.appendText(top.text, cells.room())) {
          cells.leaveOut();
        }
      }
      reading = false;
      return cells.record(number);
    }

    private void attributes(String before) {
      for (int i = 0; i < xml.attributes(); i++) {
        if (!xml.declaration(i)) {
          cells.put(before + "@" + xml.attributeName(i), xml.attribute(i));
        }
      }
    }

    private void end(Inside element) {
      boolean leafElement = element.children == null;
      boolean blank = element.text.toString().isBlank();
      if (element.path.isEmpty()) {
        if (!blank) {
          cells.put(".", element.text.toString());
        }
      } else if (leafElement || !blank) {
        cells.put(element.path, element.text.toString());
      }
    }
  }

  /** An element around the records; {@code fields} is null when the feed does not want it. */
  private static final class Around {
    private final String name;
    private final @Nullable Map<String, String> fields;
    private int size;
    private int deeper;

    Around(String name, @Nullable Map<String, String> fields) {
      this.name = name;
      this.fields = fields;
    }

    void put(String field, String text) {
      if (size + field.length() + text.length() <= MAX_PARENT
          && fields.putIfAbsent(field, text) == null) {
        size += field.length() + text.length();
      }
    }
  }

  /** An element of the record. */
  private static final class Inside {
    private final String path;
    private final StringBuilder text = new StringBuilder(0);
    private @Nullable Map<String, Integer> children;

    Inside(String path) {
      this.path = path;
    }

    String child(String name) {
      if (children == null) {
        children = new HashMap<>();
      }
      int number = children.merge(name, 1, Integer::sum);
      String step = number == 1 ? name : name + "[" + number + "]";
      return path.isEmpty() ? step : path + "/" + step;
    }
  }
}
