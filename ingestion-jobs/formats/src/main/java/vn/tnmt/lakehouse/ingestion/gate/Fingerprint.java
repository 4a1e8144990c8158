package vn.tnmt.lakehouse.ingestion.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/**
 * What a delivery looks like: its columns in their order, and its size.
 *
 * @param bytes of all files
 */
public record Fingerprint(List<ColumnProfile> columns, long bytes) implements Serializable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public Fingerprint {
    columns = List.copyOf(columns);
  }

  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw TnmtException.of(ErrorCode.INTERNAL, "fingerprint not written", "", "", e);
    }
  }

  public static Fingerprint read(String json) {
    try {
      return JSON.readValue(json, Fingerprint.class);
    } catch (JsonProcessingException e) {
      throw TnmtException.of(
          ErrorCode.DELIVERY_DAMAGED, "a fingerprint in ops.gate is damaged", "ops.gate", "", e);
    }
  }

  /** The middle of what several deliveries looked like; columns in the order of the last. */
  static Fingerprint middle(List<Fingerprint> fingerprints) {
    Map<String, List<ColumnProfile>> byName = new LinkedHashMap<>();
    fingerprints
        .get(fingerprints.size() - 1)
        .columns
        .forEach(column -> byName.put(column.name(), new ArrayList<>()));
    fingerprints.forEach(
        fingerprint ->
            fingerprint.columns.forEach(
                column ->
                    byName.computeIfPresent(
                        column.name(),
                        (name, profiles) -> {
                          profiles.add(column);
                          return profiles;
                        })));
    long[] sizes = fingerprints.stream().mapToLong(Fingerprint::bytes).sorted().toArray();
    return new Fingerprint(
        byName.values().stream().map(ColumnProfile::middle).toList(),
        sizes[(sizes.length - 1) / 2]);
  }
}
