/** Where contracts and code lists are read from: a folder, or the jar they are bundled in. */
package vn.tnmt.lakehouse.tables.source;
