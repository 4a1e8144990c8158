/** Transport {@code jdbc}: a table or a query of a database, landed as NDJSON. */
package vn.tnmt.lakehouse.ingestion.collect.jdbc;
