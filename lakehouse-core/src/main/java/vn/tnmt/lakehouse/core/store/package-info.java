/** Objects outside of Iceberg: landing zone, manifests, releases. */
package vn.tnmt.lakehouse.core.store;
