package vn.tnmt.lakehouse.ingestion.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.LocalDate;
import java.util.List;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.tables.contract.Contract;

/** What a delivery of some night looked like. */
public record Learnt(LocalDate businessDate, Fingerprint fingerprint) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private record Line(String businessDate, Fingerprint fingerprint) {}

  /**
   * The same, fit to leave the platform: codes of columns that are not sensitive (P0, P1), ranges
   * of columns that are public (P0); of all others shares and lengths only.
   */
  public Learnt forPublisher(Feed feed, Contract contract) {
    FeedColumns known = new FeedColumns(feed, contract);
    return new Learnt(
        businessDate,
        new Fingerprint(
            fingerprint.columns().stream()
                .map(
                    column ->
                        column.disclosed(
                            known.holdsCodes(column.name()), known.isPublic(column.name())))
                .toList(),
            fingerprint.bytes()));
  }

  /** As JSON; the same list, the same text. */
  public static String toJson(List<Learnt> learnt) {
    try {
      return JSON.writeValueAsString(
          learnt.stream()
              .map(one -> new Line(one.businessDate.toString(), one.fingerprint))
              .toList());
    } catch (JsonProcessingException e) {
      throw TnmtException.of(ErrorCode.INTERNAL, "fingerprints not written", "", "", e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException when it is no such text
   */
  public static List<Learnt> read(String json) {
    try {
      return JSON.readValue(json, new TypeReference<List<Line>>() {}).stream()
          .map(line -> new Learnt(LocalDate.parse(line.businessDate), line.fingerprint))
          .toList();
    } catch (JsonProcessingException | java.time.DateTimeException | NullPointerException e) {
      throw new IllegalArgumentException("not fingerprints", e);
    }
  }
}
