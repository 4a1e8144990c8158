/**
 * Code lists: small tables that contracts, mappings and formulas look values up in, with the source
 * of each in {@code code-lists/README.md}. Plain Java.
 */
package vn.tnmt.lakehouse.tables.codelist;
