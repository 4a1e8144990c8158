/** Parquet and GeoParquet, without Hadoop. */
package vn.tnmt.lakehouse.ingestion.format.parquet;
