/** KML: a record is a placemark. */
package vn.tnmt.lakehouse.ingestion.format.kml;
