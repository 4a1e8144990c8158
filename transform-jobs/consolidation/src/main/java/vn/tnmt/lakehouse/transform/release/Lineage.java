package vn.tnmt.lakehouse.transform.release;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a release stands in its lake's past.
 *
 * @param lakeId identity of the lake, the same in home, store and catalogue
 * @param previous id of the release made before it; empty for the first
 * @param previousSha256 of that release's manifest
 * @param journals tables that are written directly, by nights without a release, too; null in
 *     manifests of versions that did not say so
 */
public record Lineage(
    String lakeId, String previous, String previousSha256, @Nullable List<String> journals) {
  /** Of releases made before there were lineages. */
  public static final Lineage NONE = new Lineage("", "", "", null);

  public Lineage {
    lakeId = Objects.requireNonNullElse(lakeId, "");
    previous = Objects.requireNonNullElse(previous, "");
    previousSha256 = Objects.requireNonNullElse(previousSha256, "");
  }

  /** Whether a table's {@code main} goes its own way. */
  boolean isJournal(String table) {
    return journals != null && journals.contains(table);
  }

  /** The release before; its id is empty for the first. */
  ManifestRef before() {
    return new ManifestRef(previous, previousSha256);
  }
}
