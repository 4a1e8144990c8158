/**
 * Rows of text files: lines with their numbers, limits, rows of totals, and the layout by which a
 * row becomes records. {@code csv}, {@code fixed-width} and the line-based formats share it.
 */
package vn.tnmt.lakehouse.ingestion.reader.text;
