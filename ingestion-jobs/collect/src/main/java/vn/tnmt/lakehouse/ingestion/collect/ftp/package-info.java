/** Transport {@code ftp}: a folder of an FTP server, with or without TLS. */
package vn.tnmt.lakehouse.ingestion.collect.ftp;
