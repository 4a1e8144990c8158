/** Zip, tar and gzip around files of any format, within limits. */
package vn.tnmt.lakehouse.ingestion.format.archive;
