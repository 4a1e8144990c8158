package vn.tnmt.lakehouse.ingestion.settle;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.stream.Collectors;
import vn.tnmt.lakehouse.tables.contract.Contract;

/** The key of a record, for people: {@code station_code = 01KK001, measured_at = …}. */
public final class KeyText {
  /** As the platform's SQL writes the same, in Vietnam's zone. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX")
          .withZone(ZoneId.of("Asia/Ho_Chi_Minh"));

  private KeyText() {}

  /**
   * The key's columns with their values.
   *
   * @param row values in the contract's column order
   */
  public static String of(Contract contract, Object[] row) {
    return contract.key().stream()
        .map(column -> column + " = " + text(row[contract.index(column)]))
        .collect(Collectors.joining(", "));
  }

  private static String text(Object value) {
    return value instanceof Instant at ? TIME.format(at) : Objects.toString(value, "");
  }
}
