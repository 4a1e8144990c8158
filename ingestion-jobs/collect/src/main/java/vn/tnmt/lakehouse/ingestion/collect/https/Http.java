package vn.tnmt.lakehouse.ingestion.collect.https;

import static java.util.stream.Collectors.joining;

import java.io.Serializable;
import java.util.List;
import vn.tnmt.lakehouse.ingestion.collect.offer.CollectedTransport;
import vn.tnmt.lakehouse.ingestion.collect.offer.Offer;
import vn.tnmt.lakehouse.ingestion.collect.offer.OfferRequest;
import vn.tnmt.lakehouse.ingestion.collect.transfer.TransferPolicy;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;

/**
 * A web server.
 *
 * @param urls of {@code URLS} the files; else the one page or list that names them
 * @param caFile PEM file of the only certification authorities to be trusted; empty for the
 *     platform's
 */
public record Http(
    Kind kind,
    List<Named> urls,
    FilePattern pattern,
    int lookbackDays,
    HttpAuth auth,
    String caFile,
    TransferPolicy policy)
    implements CollectedTransport {
  /** What tells which files there are. */
  public enum Kind {
    URLS,
    MANIFEST,
    INDEX
  }

  /**
   * A file and where it is.
   *
   * @param path its name as a file of the feed; empty unless {@code URLS}
   */
  public record Named(DayTemplate url, DayTemplate path) implements Serializable {}

  @Override
  public String location() {
    String text = urls.stream().map(named -> named.url().text()).collect(joining(" "));
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  @Override
  public Offer open(OfferRequest request) {
    return HttpOffer.open(this, request);
  }
}
