package vn.tnmt.lakehouse.ingestion.collect.ftp;

/** How an FTP connection is encrypted: not at all, on request, or from the first byte. */
public enum Tls {
  NONE,
  EXPLICIT,
  IMPLICIT
}
