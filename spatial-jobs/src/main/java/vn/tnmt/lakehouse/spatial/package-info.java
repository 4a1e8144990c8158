/**
 * Where things are: administrative units of points, the consolidated station register, the validity
 * of geometries. Pure functions from {@code Dataset<Row>} to {@code Dataset<Row>} over Sedona's SQL
 * functions, which the session must have (extension {@code
 * org.apache.sedona.sql.SedonaSqlExtensions}). Geometries are WKB, lon/lat, EPSG:4326.
 */
package vn.tnmt.lakehouse.spatial;
