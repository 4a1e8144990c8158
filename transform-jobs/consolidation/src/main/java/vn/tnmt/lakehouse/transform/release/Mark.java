package vn.tnmt.lakehouse.transform.release;

/**
 * What home, store and catalogue each know of the lake.
 *
 * @param lakeId made at random at first use
 * @param newest the release made last
 */
record Mark(String lakeId, ManifestRef newest) {}
