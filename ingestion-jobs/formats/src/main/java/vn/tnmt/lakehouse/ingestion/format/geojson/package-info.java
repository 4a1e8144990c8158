/** GeoJSON FeatureCollections. */
package vn.tnmt.lakehouse.ingestion.format.geojson;
