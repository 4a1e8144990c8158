package vn.tnmt.lakehouse.transform.release;

/**
 * A release's manifest, to the byte.
 *
 * @param releaseId empty when there is none
 */
record ManifestRef(String releaseId, String sha256) {
  static final ManifestRef NONE = new ManifestRef("", "");

  boolean isNone() {
    return releaseId.isEmpty();
  }

  @Override
  public String toString() {
    return isNone() ? "∅" : releaseId;
  }
}
