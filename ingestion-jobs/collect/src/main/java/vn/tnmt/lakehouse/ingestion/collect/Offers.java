package vn.tnmt.lakehouse.ingestion.collect;

import java.nio.file.Path;
import java.time.LocalDate;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Transport;

/** Opens what a feed's transport has to offer. */
final class Offers {
  private Offers() {}

  /**
   * @param businessDate the night
   * @param from first day of files that are looked at; {@link LocalDate#MIN} for all
   * @param work folder for temporary files, of this feed alone
   * @param chunk names of a listing that are held in memory
   * @throws vn.tnmt.lakehouse.base.error.TnmtException {@code TNMT-1001}, {@code TNMT-1002} when
   *     there is nothing to list
   */
  static Offer open(
      Feed feed, LocalDate businessDate, LocalDate from, Path work, int chunk, Tally tally) {
    Transport transport = feed.transport();
    if (transport instanceof Transport.Directory) {
      return DirectoryOffer.open(feed, from, work, chunk, tally);
    }
    if (transport instanceof Transport.Jdbc) {
      return JdbcOffer.open(feed, businessDate, work, tally);
    }
    if (transport instanceof Transport.Http http) {
      return HttpOffer.open(feed, http, from, work, chunk, tally);
    }
    if (transport instanceof Transport.S3 s3) {
      return S3Offer.open(feed, s3, from, work, chunk, tally);
    }
    if (transport instanceof Transport.Sftp sftp) {
      Attempts attempts = new Attempts(sftp.limits());
      return RemoteOffer.open(
          new SftpFiles(sftp, () -> attempts.left(sftp.location())),
          sftp.limits(),
          attempts,
          sftp.quietSeconds(),
          feed,
          from,
          work,
          chunk,
          tally);
    }
    if (transport instanceof Transport.Ftp ftp) {
      Attempts attempts = new Attempts(ftp.limits());
      return RemoteOffer.open(
          new FtpFiles(ftp, () -> attempts.left(ftp.location())),
          ftp.limits(),
          attempts,
          ftp.quietSeconds(),
          feed,
          from,
          work,
          chunk,
          tally);
    }
    throw new IllegalStateException("no transport for " + transport);
  }
}
