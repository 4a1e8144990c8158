/** ESRI Shapefiles: shapes as WKB, the table by {@code format.dbf}. */
package vn.tnmt.lakehouse.ingestion.format.shapefile;
