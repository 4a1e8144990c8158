/**
 * Text with separators: scanned as bytes, cut in stretches, its dialect found where the feed leaves
 * it open.
 */
package vn.tnmt.lakehouse.ingestion.format.csv;
