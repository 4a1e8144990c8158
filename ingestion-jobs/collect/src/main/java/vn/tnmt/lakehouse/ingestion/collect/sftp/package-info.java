/** Transport {@code sftp}: a folder of an SFTP server, whose host key is always checked. */
package vn.tnmt.lakehouse.ingestion.collect.sftp;
