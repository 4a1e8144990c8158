package vn.tnmt.lakehouse.ingestion.format.xml;

import java.util.Set;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Reading;
import vn.tnmt.lakehouse.ingestion.reader.GuardedReader;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;

/**
 * XML with one element for each record.
 *
 * @param record name of the element, without prefix
 * @param parents names of elements around it whose fields each record has, too
 */
public record Xml(String record, Set<String> parents) implements Format {
  public Xml {
    parents = Set.copyOf(parents);
  }

  @Override
  public FormatType type() {
    return XmlType.TYPE;
  }

  @Override
  public RecordReader reader(Reading reading) {
    return GuardedReader.ofAnyBytes(new XmlReader(this));
  }
}
