/** XML as events, safe against what hostile files bring, and texts of elements. */
package vn.tnmt.lakehouse.ingestion.reader.xml;
