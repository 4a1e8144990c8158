/**
 * The data dictionary in {@code docs/dictionary}: generated from the contracts, Vietnamese first,
 * English beside it.
 */
package vn.tnmt.lakehouse.tables.dictionary;
