/** XML with one element for each record. */
package vn.tnmt.lakehouse.ingestion.format.xml;
