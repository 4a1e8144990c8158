/**
 * The engine of national datasets. It knows none of them: it walks the registered {@link
 * vn.tnmt.lakehouse.transform.national.NationalDataset}s in the order of their inputs, and for each
 * works out which units a night touched, has them computed, compares the result with what stands,
 * and writes the difference.
 *
 * <pre>{@code
 * changed rows of the inputs, both images      Changes
 *   → units that they affect                   Input.affects
 *   → rows of these units                      NationalDataset.compute, pure
 *   → what differs from the standing rows      Changes.between
 *   → one commit; rows no longer computed go   RunTables.apply
 *   → changed rows of this dataset, for those that have it as an input
 * }</pre>
 *
 * <p>A dataset whose policies, contract or version differ from those that the last release was made
 * with is computed from all of its history ({@link vn.tnmt.lakehouse.transform.national.Standing}).
 */
package vn.tnmt.lakehouse.transform.national;
