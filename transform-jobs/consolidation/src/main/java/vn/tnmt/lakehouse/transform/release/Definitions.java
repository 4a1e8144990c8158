package vn.tnmt.lakehouse.transform.release;

import java.util.Map;

/**
 * What a release was made with, so that its report can be made again from the same, and the next
 * night knows what stands.
 *
 * @param national national table → what it was computed as (computation, contract, policies)
 */
public record Definitions(Map<String, String> national) {
  /** Of releases that pinned nothing. */
  public static final Definitions NONE = new Definitions(Map.of());
}
