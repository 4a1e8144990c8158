package vn.tnmt.lakehouse.ingestion.gate;

import java.io.Serializable;
import java.util.List;
import vn.tnmt.lakehouse.ingestion.feed.FindingKind;

/**
 * One way in which a delivery departs from those before it.
 *
 * @param columns the columns concerned, as delivered; empty when it is the delivery as a whole
 */
public record Finding(FindingKind kind, List<String> columns, String vi, String en)
    implements Serializable {
  public Finding {
    columns = List.copyOf(columns);
  }
}
