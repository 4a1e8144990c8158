/**
 * What a transport has to be: a {@link vn.tnmt.lakehouse.ingestion.feed.TransportType} that reads
 * its keys into a {@link vn.tnmt.lakehouse.ingestion.collect.offer.CollectedTransport}, which opens
 * an {@link vn.tnmt.lakehouse.ingestion.collect.offer.Offer}.
 *
 * <p>With it what most offers are made of: walks of folders and listings of any length in the order
 * of the paths, in constant memory, and names that are fit to be paths.
 */
package vn.tnmt.lakehouse.ingestion.collect.offer;
