package vn.tnmt.lakehouse.ingestion.collect.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.file.TemporaryFiles;
import vn.tnmt.lakehouse.ingestion.collect.landing.EarlierFiles;
import vn.tnmt.lakehouse.ingestion.collect.offer.Offer;
import vn.tnmt.lakehouse.ingestion.collect.offer.OfferRequest;
import vn.tnmt.lakehouse.ingestion.collect.offer.Offered;
import vn.tnmt.lakehouse.ingestion.collect.offer.Tally;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Attempts;
import vn.tnmt.lakehouse.ingestion.feed.Feed;

/**
 * The rows of a database's table as NDJSON files. They are read into temporary files first, so that
 * a delivery is of one state of the data, however often a connection broke.
 *
 * <p>How far an incremental feed has come is written as the version of its files in the delivery's
 * index: {@code column=value}. It is thus as complete, and as gone, as the delivery itself.
 */
final class JdbcOffer implements Offer {
  /** What the names of temporary files begin with. */
  static final String SPOOL = "jdbc-";

  private final Feed feed;
  private final Jdbc table;
  private final LocalDate businessDate;
  private final Path work;
  private final Tally tally;
  private final Attempts attempts;
  private @Nullable Iterator<Offered> files;

  private JdbcOffer(Jdbc table, OfferRequest request) {
    this.feed = request.feed();
    this.table = table;
    this.businessDate = request.businessDate();
    this.work = request.work();
    this.tally = request.tally();
    this.attempts = new Attempts(table.limits());
  }

  /** Nothing is read before it is asked for. */
  static JdbcOffer open(Jdbc table, OfferRequest request) {
    return new JdbcOffer(table, request);
  }

  @Override
  public @Nullable Offered next(EarlierFiles earlier) throws IOException {
    if (files == null) {
      clear();
      files = take(earlier).iterator();
    }
    return files.hasNext() ? files.next() : null;
  }

  private List<Offered> take(EarlierFiles earlier) throws IOException {
    JdbcTable reader = new JdbcTable(feed, table, work, attempts);
    if (!table.incremental()) {
      return offered(table.name(), "", reader.take(null));
    }
    String mark = table.incrementColumn() + "=";
    String stem = table.name() + "_" + businessDate.format(DateTimeFormatter.BASIC_ISO_DATE);
    Set<String> used = new HashSet<>();
    List<String> reached = new ArrayList<>();
    earlier.rest(
        (path, version) -> {
          if (path.startsWith(stem)) {
            used.add(stem(path));
          }
          if (path.startsWith(table.name() + "_") && version.name().startsWith(mark)) {
            reached.add(version.name().substring(mark.length()));
          }
        });
    String above = reached.stream().max(JdbcOffer::compare).orElse(null);
    return offered(free(stem, used), mark, reader.take(above));
  }

  /**
   * Numbers, or times as a database writes them in UTC. A mistake, as with years of five digits,
   * means that rows are taken twice, not that they are passed over.
   */
  private static int compare(String one, String other) {
    return JsonLine.isNumber(one) && JsonLine.isNumber(other)
        ? new BigDecimal(one).compareTo(new BigDecimal(other))
        : one.replace("+00", "").compareTo(other.replace("+00", ""));
  }

  private List<Offered> offered(String stem, String mark, JdbcTable.Taken taken)
      throws IOException {
    if (taken.tied() > 0) {
      tally.note(
          ("khoá %s không duy nhất: %d dòng trùng khoá, thứ tự không xác định"
                  + " / key %s is not unique: %d rows of the same key, their order may change")
              .formatted(table.key(), taken.tied(), table.key(), taken.tied()));
    }
    if (taken.nulls()) {
      tally.note(
          ("có dòng không có giá trị ở cột %s, không bao giờ được lấy"
                  + " / rows without a value in column %s are never taken")
              .formatted(table.incrementColumn(), table.incrementColumn()));
    }
    List<Offered> offered = new ArrayList<>();
    boolean parts = table.partition().parts() > 1;
    String version = mark.isEmpty() ? "" : mark + taken.highest();
    for (int i = 0; i < taken.files().size(); i++) {
      JdbcTable.Part part = taken.files().get(i);
      if (!table.incremental() || part.rows() > 0) {
        String path = stem + (parts ? "/part-%04d".formatted(i + 1) : "") + ".ndjson";
        offered.add(new Offered(path, part.file(), Files.size(part.file()), 0, version, false));
      }
    }
    return offered;
  }

  /** A path without what follows the name. */
  private static String stem(String path) {
    int end = path.indexOf('/');
    return path.substring(0, end < 0 ? path.lastIndexOf('.') : end);
  }

  /** The stem itself, or the second, third, … delivery of the night. */
  private static String free(String stem, Set<String> taken) {
    String free = stem;
    for (int number = 2; taken.contains(free); number++) {
      free = stem + "_%03d".formatted(number);
    }
    return free;
  }

  @Override
  public InputStream open(Offered file) throws IOException {
    return Files.newInputStream((Path) file.source());
  }

  @Override
  public boolean unchanged(Offered file, long bytesRead) {
    return bytesRead == file.size();
  }

  /** What this run has left, or one that was killed. */
  private void clear() throws IOException {
    try (DirectoryStream<Path> spools = Files.newDirectoryStream(work, SPOOL + "*")) {
      for (Path spool : spools) {
        TemporaryFiles.delete(spool);
      }
    }
  }

  @Override
  public void close() throws IOException {
    clear();
  }
}
