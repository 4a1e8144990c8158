package vn.tnmt.lakehouse.ingestion.format.xml;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.PART_NOT_IN_FILE;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
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
import vn.tnmt.lakehouse.tables.rule.Breach;

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
 * <p>A record within a record is one of its own, handed out before the one around it; one that
 * holds text alone is a field. An element that holds nothing but records is none.
 *
 * <p>Where the document is broken, the records before stay, and what there is of the current one
 * carries REC-33 with the position ({@code line:column}).
 */
final class XmlReader implements RecordReader {
  private static final int MAX_DEPTH = 100;

  /** Characters that are kept of one element around the record. */
  private static final int MAX_PARENT = 1 << 20;

  private final Xml format;

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
    private final Deque<Reading> readings = new ArrayDeque<>();
    private final List<CellsBuilder> builders = new ArrayList<>();
    private final Deque<RawRecord> ready = new ArrayDeque<>();
    private long number;
    private boolean finished;

    Elements(InputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    protected @Nullable RawRecord find() throws IOException {
      if (!ready.isEmpty() || finished) {
        return ready.poll();
      }
      try {
        if (xml == null) {
          xml = XmlEvents.open(bytes);
        }
        while (true) {
          int event = xml.next();
          RawRecord record = readings.isEmpty() ? outside(event) : inside(event);
          if (record != null || finished) {
            return record;
          }
        }
      } catch (XmlEvents.Flawed e) {
        finished = true;
        for (Reading reading : readings) {
          reading.cells.add(e.breach());
          ready.add(reading.cells.record(reading.number));
        }
        return ready.isEmpty() ? Flaws.line(number + 1, "", e.breach()) : ready.remove();
      }
    }

    private @Nullable RawRecord outside(int event) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (xml.name().equals(format.record())) {
          leafName = null;
          begin();
        } else {
          enter();
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        leave();
      } else if (XmlEvents.isText(event)) {
        if (leafName != null && !xml.appendText(leaf, MAX_PARENT)) {
          leafName = null;
        }
      } else if (event == XMLStreamConstants.END_DOCUMENT) {
        finished = true;
        return number == 0 ? Flaws.file(PART_NOT_IN_FILE, "", "<" + format.record() + ">") : null;
      }
      return null;
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

    /** The current element is a record. */
    private void begin() {
      if (builders.size() == readings.size()) {
        builders.add(new CellsBuilder(XmlText::marked, XmlText::unmark));
      }
      Reading reading = new Reading(++number, builders.get(readings.size()));
      around
          .descendingIterator()
          .forEachRemaining(
              parent -> {
                if (parent.fields != null) {
                  parent.fields.forEach(
                      (name, text) -> reading.cells.put(parent.name + "/" + name, text));
                }
              });
      attributes(reading, "");
      readings.push(reading);
    }

    /** Reads on in a record; gives it when it is read. */
    private @Nullable RawRecord inside(int event) {
      Reading reading = readings.peek();
      Inside top = reading.open.peek();
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (reading.tooDeep > 0
            || reading.open.size() == MAX_DEPTH
            || readings.size() == MAX_DEPTH) {
          reading.tooDeep++;
          reading.cells.leaveOut();
        } else if (xml.name().equals(format.record())) {
          begin();
        } else {
          String path = top.child(xml.name());
          reading.open.push(new Inside(path));
          attributes(reading, path + "/");
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        if (reading.tooDeep > 0) {
          reading.tooDeep--;
        } else {
          reading.open.pop();
          if (reading.open.isEmpty()) {
            return end(reading, top);
          }
          field(reading, top);
        }
      } else if (XmlEvents.isText(event)
          && reading.tooDeep == 0
          && !xml.appendText(top.text, reading.cells.room())) {
        reading.cells.leaveOut();
      }
      return null;
    }

    /** The record's own element ends. */
    private @Nullable RawRecord end(Reading reading, Inside element) {
      readings.pop();
      Reading outer = readings.peek();
      if (outer != null) {
        String path = outer.open.peek().child(format.record());
        if (!reading.own && element.children == null) {
          number--;
          outer.put(path, element.text.toString());
          return null;
        }
        outer.holdsRecords = true;
      }
      if (!element.text.toString().isBlank()) {
        reading.put(".", element.text.toString());
      }
      if (!reading.own && reading.holdsRecords) {
        return null;
      }
      Breach doubt = xml.takeDoubt();
      if (doubt != null) {
        reading.cells.add(doubt);
      }
      return reading.cells.record(reading.number);
    }

    private static void field(Reading reading, Inside element) {
      if (element.children == null || !element.text.toString().isBlank()) {
        reading.put(element.path, element.text.toString());
      }
    }

    private void attributes(Reading reading, String before) {
      for (int i = 0; i < xml.attributes(); i++) {
        if (!xml.declaration(i)) {
          reading.put(before + "@" + xml.attributeName(i), xml.attribute(i));
        }
      }
    }
  }

  /** A record that is being read. */
  private static final class Reading {
    private final long number;
    private final CellsBuilder cells;
    private final Deque<Inside> open = new ArrayDeque<>();
    private int tooDeep;

    /** Whether anything in it is its own. */
    private boolean own;

    private boolean holdsRecords;

    Reading(long number, CellsBuilder cells) {
      this.number = number;
      this.cells = cells;
      cells.clear();
      open.push(new Inside(""));
    }

    void put(String name, String text) {
      own = true;
      cells.put(name, text);
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
