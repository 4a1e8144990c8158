/**
 * Collect: what publishers offer → landing.
 *
 * <p>{@link vn.tnmt.lakehouse.ingestion.collect.Collector} writes deliveries. Memory does not grow
 * with the number of files: what a transport offers is merged, in the order of the paths, with the
 * sorted indices of earlier deliveries.
 *
 * <ul>
 *   <li>{@code landing}: deliveries as they lie in the store, and who reads them
 *   <li>{@code offer}: what a transport is, and what offers are made of
 *   <li>{@code transfer}: secrets, time limits and tries of transports over a network
 *   <li>{@code directory}, {@code https}, {@code s3}, {@code sftp} and {@code ftp} (both on {@code
 *       remote}), {@code jdbc}: a transport each, registered in {@code META-INF/services}. Nothing
 *       else names one
 * </ul>
 */
package vn.tnmt.lakehouse.ingestion.collect;
