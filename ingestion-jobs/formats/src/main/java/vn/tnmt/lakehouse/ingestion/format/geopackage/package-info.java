/** GeoPackages, read as the SQLite databases that they are. */
package vn.tnmt.lakehouse.ingestion.format.geopackage;
