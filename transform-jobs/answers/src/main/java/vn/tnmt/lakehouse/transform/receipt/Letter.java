package vn.tnmt.lakehouse.transform.receipt;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.transform.page.Figures;
import vn.tnmt.lakehouse.transform.page.Json;
import vn.tnmt.lakehouse.transform.page.Texts;
import vn.tnmt.lakehouse.transform.page.Words;

/**
 * What a publisher gets for a delivery that the gate did not let pass: what was found, what it
 * means, what happens next and what the publisher can do. A receipt takes its place when a release
 * has the delivery.
 *
 * <p>It tells nothing but what was written down when it was decided, so that the same decision
 * gives the same bytes.
 *
 * @param behind the delivery that this one waits for; null unless it waits
 */
public record Letter(
    String deliveryId,
    String publisher,
    Words publisherName,
    FeedId feed,
    String dataset,
    Words datasetTitle,
    LocalDate businessDate,
    Instant receivedAt,
    long files,
    long bytes,
    String contentSha256,
    GateAnswer gate,
    @JsonInclude(JsonInclude.Include.NON_NULL) String behind) {
  private static final Texts TEXTS = GateAnswer.TEXTS;

  /** How it stands, where a receipt has its verdict. */
  @JsonProperty
  public GateAnswer.State verdict() {
    return gate.state();
  }

  /** The state as a sentence. */
  @JsonProperty
  public Words statement() {
    return say("verdict");
  }

  @JsonProperty
  public Words meaning() {
    return say("means");
  }

  /** What happens next. */
  @JsonProperty
  public Words next() {
    return say("next");
  }

  /** What the publisher can do. */
  @JsonProperty
  public Words advice() {
    return TEXTS.say(
        "do-" + gate.state().textName(),
        Words.same(Optional.ofNullable(behind).orElse(deliveryId)));
  }

  private Words say(String key) {
    return TEXTS.say(
        key + "-" + gate.state().textName(), Words.same(Optional.ofNullable(behind).orElse("")));
  }

  Words received() {
    return TEXTS.say(
        "received",
        Figures.time(receivedAt),
        ReceiptPage.files(files, bytes),
        datasetTitle,
        Figures.date(businessDate));
  }

  /** The letter as JSON, dates in ISO form. */
  public String toJson() {
    return Json.write(this);
  }
}
