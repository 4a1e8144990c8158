/** A JSON document with a list of objects in it. */
package vn.tnmt.lakehouse.ingestion.format.json;
