/**
 * What contracts, feeds and code lists are read from: YAML whose every node knows its file and
 * line, and files bundled on the class path. Plain Java.
 */
package vn.tnmt.lakehouse.tables.source;
