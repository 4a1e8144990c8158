/** The open lakehouse: catalogue, store, branches, and how other engines connect. */
package vn.tnmt.lakehouse.core.lake;
