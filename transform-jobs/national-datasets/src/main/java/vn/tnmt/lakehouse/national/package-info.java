/**
 * The national datasets. Each is one package with one {@link
 * vn.tnmt.lakehouse.transform.national.NationalDataset}, registered in {@code META-INF/services}:
 * inputs and what their changes affect, policies, the computation, the section of the report.
 * {@code national.air} is what the two datasets of air quality share.
 *
 * <p>Computations are pure functions from {@code Dataset<Row>} to {@code Dataset<Row>}: no session,
 * no clock, no input or output. Spark brings the values of a station or a sample together; {@code
 * transform.index} computes the index. Results do not depend on partitioning, on the order of input
 * rows or on the session's time zone.
 */
package vn.tnmt.lakehouse.national;
