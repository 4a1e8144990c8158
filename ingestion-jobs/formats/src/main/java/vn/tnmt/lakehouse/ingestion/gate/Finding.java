package vn.tnmt.lakehouse.ingestion.gate;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import vn.tnmt.lakehouse.ingestion.feed.FindingKind;
import vn.tnmt.lakehouse.ingestion.feed.GatePolicy.Response;

/**
 * One way in which a delivery departs from those before it.
 *
 * @param columns the columns concerned, as delivered; empty when it is the delivery as a whole
 * @param response what the feed says follows; WARN where nothing was said yet
 */
public record Finding(
    FindingKind kind, List<String> columns, String vi, String en, Response response)
    implements Serializable {
  public Finding {
    columns = List.copyOf(columns);
    response = Objects.requireNonNullElse(response, Response.WARN);
  }

  /** A finding of which the feed has said nothing yet. */
  public Finding(FindingKind kind, List<String> columns, String vi, String en) {
    this(kind, columns, vi, en, Response.WARN);
  }

  /** The same with the feed's response. */
  public Finding with(Response answer) {
    return new Finding(kind, columns, vi, en, answer);
  }
}
