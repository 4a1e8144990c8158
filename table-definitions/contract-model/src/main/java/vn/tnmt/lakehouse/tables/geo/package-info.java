/**
 * Geometry as every spatial table holds it: WKB in lon/lat (EPSG:4326), flat bounds, a geohash.
 * Plain Java over JTS; used on the row path and in spatial jobs.
 */
package vn.tnmt.lakehouse.tables.geo;
