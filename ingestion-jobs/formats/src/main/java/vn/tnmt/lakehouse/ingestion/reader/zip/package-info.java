/** A file that is a zip of its parts: written when a folder is collected, read within limits. */
package vn.tnmt.lakehouse.ingestion.reader.zip;
