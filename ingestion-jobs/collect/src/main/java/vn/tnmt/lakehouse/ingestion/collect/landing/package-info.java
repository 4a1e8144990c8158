/**
 * Landing, the zone of raw bytes in the object store, as it is read.
 *
 * <p>A delivery is a folder {@code landing/<publisher>/<feed>/<yyyy-MM-dd>/<nn>/} that holds
 *
 * <ul>
 *   <li>{@code files-00000.bin} …: many small files one behind the other, up to 64 MB an object;
 *       {@code large-00000.bin} …: one file of 8 MB or more each
 *   <li>{@code index.tsv}: path, modification time, size, SHA-256, object, offset of each file, in
 *       the order of the paths, so that each original file can be got back byte for byte
 *   <li>{@code manifest.json}, written last: a folder without one does not exist for any reader,
 *       and the next run removes it and numbers its own delivery the same
 * </ul>
 *
 * <p>{@link vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries} finds and reads them.
 */
package vn.tnmt.lakehouse.ingestion.collect.landing;
