/**
 * Folders of servers, as SFTP and FTP know them: a transport of this kind brings {@link
 * vn.tnmt.lakehouse.ingestion.collect.remote.RemoteFiles}, and {@link
 * vn.tnmt.lakehouse.ingestion.collect.remote.RemoteOffer} makes an offer of it.
 */
package vn.tnmt.lakehouse.ingestion.collect.remote;
