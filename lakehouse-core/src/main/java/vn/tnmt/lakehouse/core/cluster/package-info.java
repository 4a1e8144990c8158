/** Spark's own cluster on loopback, and what is told when a cluster fails. */
package vn.tnmt.lakehouse.core.cluster;
