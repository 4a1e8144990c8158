package vn.tnmt.lakehouse.transform.release;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a release was made with, so that its report can be made again from the same, and the next
 * night knows what stands.
 *
 * @param commit of the code; {@code unknown} when it was not built from a repository
 * @param settings every number, flag and choice with its value: what may change a figure. Texts and
 *     paths say where things are, and may hold what nobody should read
 * @param duties what every publisher owed
 * @param feeds file of feeds → SHA-256 of its bytes
 * @param contracts dataset → SHA-256 of its contract
 * @param contractTexts key in the bucket of the contracts themselves; empty when they were not kept
 * @param national national table → what it was computed as (computation, contract, policies)
 */
public record Definitions(
    String commit,
    Map<String, String> settings,
    List<Duty> duties,
    Map<String, String> feeds,
    Map<String, String> contracts,
    String contractTexts,
    Map<String, String> national) {
  /** Of releases that pinned nothing. */
  public static final Definitions NONE =
      new Definitions(Build.UNKNOWN, Map.of(), List.of(), Map.of(), Map.of(), "", Map.of());

  /** An older version's manifest lacks some of them. */
  public Definitions {
    commit = Objects.requireNonNullElse(commit, Build.UNKNOWN);
    settings = Objects.requireNonNullElse(settings, Map.of());
    duties = Objects.requireNonNullElse(duties, List.of());
    feeds = Objects.requireNonNullElse(feeds, Map.of());
    contracts = Objects.requireNonNullElse(contracts, Map.of());
    contractTexts = Objects.requireNonNullElse(contractTexts, "");
    national = Objects.requireNonNullElse(national, Map.of());
  }
}
