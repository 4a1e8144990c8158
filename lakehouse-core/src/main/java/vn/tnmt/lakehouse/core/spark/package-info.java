/** Spark sessions on the lakehouse. */
package vn.tnmt.lakehouse.core.spark;
