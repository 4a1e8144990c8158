package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Run ids that say the same for the same run. */
final class RunIds {
  private RunIds() {}

  /** For instance {@code tnmt__2026-03-14T00:00:00Z__a1b2c3d4}. */
  static String of(
      String prefix,
      String dagId,
      @Nullable Instant date,
      Instant start,
      Instant end,
      String partitionKey,
      ObjectNode conf) {
    ObjectNode all = Json.object();
    all.put("dag_id", dagId);
    all.put("logical_date", text(date));
    all.put("data_interval_start", text(start));
    all.put("data_interval_end", text(end));
    all.put("partition_key", partitionKey);
    all.set("conf", conf);
    String middle = date == null ? "partition" : date.toString();
    return prefix + "__" + middle + "__" + shortHash(Json.canonical(all));
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  private static String shortHash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
