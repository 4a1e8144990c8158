/** Transport {@code s3}: a publisher's bucket of an S3-compatible object store. */
package vn.tnmt.lakehouse.ingestion.collect.s3;
