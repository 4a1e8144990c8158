package vn.tnmt.lakehouse.transform.receipt;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.tables.rule.Severity;
import vn.tnmt.lakehouse.transform.page.Json;
import vn.tnmt.lakehouse.transform.page.Words;

/**
 * What a publisher gets back for one delivery: what was received, what became of it, and what to
 * mend first.
 *
 * <p>It repeats nothing but what the publisher sent: file names, lines, and values cut short.
 *
 * @param dataset for example {@code monitoring.observation}
 * @param rules broken rules; blocking ones first, then those that hit most records
 * @param rejects files beside the receipt
 * @param gate how the delivery departs from those before it; null when it does not
 * @param offline given, and not null, when it is the verdict of the offline validator and nothing
 *     was received
 */
public record Receipt(
    String deliveryId,
    String publisher,
    Words publisherName,
    FeedId feed,
    String dataset,
    Words datasetTitle,
    String contractVersion,
    String runId,
    LocalDate businessDate,
    Instant receivedAt,
    long files,
    long bytes,
    String contentSha256,
    Counts counts,
    List<BrokenRule> rules,
    Rejects rejects,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable GateAnswer gate,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Offline offline) {

  /** Examples that a receipt gives for each rule. */
  public static final int EXAMPLES = 3;

  /** Characters of a value, or of what was expected, that a receipt repeats. */
  static final int MAX_TEXT = 120;

  public Receipt {
    rules =
        rules.stream()
            .sorted(
                Comparator.comparing(BrokenRule::severity)
                    .thenComparing(Comparator.comparingLong(BrokenRule::broken).reversed())
                    .thenComparing(BrokenRule::rule))
            .toList();
  }

  /** A receipt of the platform for a delivery of which nothing was rejected. */
  public Receipt(
      String deliveryId,
      String publisher,
      Words publisherName,
      FeedId feed,
      String dataset,
      Words datasetTitle,
      String contractVersion,
      String runId,
      LocalDate businessDate,
      Instant receivedAt,
      long files,
      long bytes,
      String contentSha256,
      Counts counts,
      List<BrokenRule> rules) {
    this(
        deliveryId,
        publisher,
        publisherName,
        feed,
        dataset,
        datasetTitle,
        contractVersion,
        runId,
        businessDate,
        receivedAt,
        files,
        bytes,
        contentSha256,
        counts,
        rules,
        Rejects.NONE,
        null,
        null);
  }

  /** The same with the files of rejected rows. */
  public Receipt with(Rejects rejected) {
    return with(rejected, gate);
  }

  /**
   * The same with what the gate found.
   *
   * @param found null when the delivery does not depart from those before it
   */
  public Receipt with(@Nullable GateAnswer found) {
    return with(rejects, found);
  }

  private Receipt with(Rejects rejected, @Nullable GateAnswer found) {
    return new Receipt(
        deliveryId,
        publisher,
        publisherName,
        feed,
        dataset,
        datasetTitle,
        contractVersion,
        runId,
        businessDate,
        receivedAt,
        files,
        bytes,
        contentSha256,
        counts,
        rules,
        rejected,
        found,
        offline);
  }

  /**
   * What the offline validator adds.
   *
   * @param bundle id of the contract bundle that was judged by
   * @param atTheMinistry rules that only the ministry can check
   */
  public record Offline(String bundle, List<AtTheMinistry> atTheMinistry) {}

  /**
   * A rule that needs data which the publisher does not have.
   *
   * @param column of the contract
   * @param refersTo {@code dataset.column}
   */
  public record AtTheMinistry(String rule, String column, String refersTo) {}

  /**
   * Records of the delivery: received = accepted + quarantined + duplicate + superseded.
   *
   * @param replaced records of earlier deliveries that this one overwrote; not part of the sum
   */
  public record Counts(
      long received,
      long accepted,
      long quarantined,
      long duplicate,
      long superseded,
      long replaced) {

    boolean addUp() {
      return received == accepted + quarantined + duplicate + superseded;
    }
  }

  /**
   * A rule that records of the delivery break.
   *
   * @param severity BLOCK when records that break the rule were quarantined
   * @param broken records of the delivery that break it
   * @param title what is wrong
   * @param remedy what to do about it
   */
  public record BrokenRule(
      String rule,
      Severity severity,
      long broken,
      Words title,
      Words remedy,
      List<Example> examples) {
    public BrokenRule {
      examples = examples.stream().limit(EXAMPLES).toList();
    }
  }

  /**
   * A place where a rule is broken.
   *
   * @param line from 1; 0 for the file as a whole
   * @param column as the contract or the file names it; empty for the whole record
   */
  public record Example(String file, long line, String column, String value, String expected) {
    public Example {
      value = cut(value);
      expected = cut(expected);
    }

    private static String cut(@Nullable String text) {
      if (text == null) {
        return "";
      }
      return text.codePointCount(0, text.length()) <= MAX_TEXT
          ? text
          : text.substring(0, text.offsetByCodePoints(0, MAX_TEXT)) + "…";
    }
  }

  /** What became of the delivery, in one word. */
  public enum Verdict {
    /** Nothing was quarantined and nothing is to be mended. */
    CLEAN,
    /** Nothing was quarantined; some records, or the delivery as a whole, are suspicious. */
    WARNED,
    /** Some records were quarantined. */
    PARTLY,
    /** Every record was quarantined. */
    REFUSED
  }

  @JsonProperty
  public Verdict verdict() {
    if (counts.quarantined() == 0) {
      return mendFirst().isEmpty() && gate == null ? Verdict.CLEAN : Verdict.WARNED;
    }
    return counts.quarantined() == counts.received() ? Verdict.REFUSED : Verdict.PARTLY;
  }

  /** The rule whose mending frees most records; a warning when nothing was quarantined. */
  public Optional<BrokenRule> mendFirst() {
    return rules.stream().filter(rule -> rule.severity() != Severity.NOTE).findFirst();
  }

  /** The verdict's text: the gate may say more than the records do. */
  String verdictText() {
    if (gate != null && gate.state().isRefusal()) {
      return "rejected";
    }
    return verdict() == Verdict.WARNED && mendFirst().isEmpty()
        ? "departs"
        : verdict().name().toLowerCase(Locale.ROOT);
  }

  /** The receipt as JSON, dates in ISO form. */
  public String toJson() {
    return Json.write(this);
  }
}
