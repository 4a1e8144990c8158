/** Transport {@code directory}: a folder that the platform can read. */
package vn.tnmt.lakehouse.ingestion.collect.directory;
