/**
 * What decides about a record: mapping, then rules, in one call. Plain Java, so that the load and
 * the offline validator give the same verdict.
 */
package vn.tnmt.lakehouse.ingestion.engine;
