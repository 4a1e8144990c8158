/**
 * Transport {@code https}: files of a web server, by address, from a list or from an index page.
 */
package vn.tnmt.lakehouse.ingestion.collect.https;
