/** One JSON object a line; rows of databases are landed so, too. */
package vn.tnmt.lakehouse.ingestion.format.ndjson;
