package vn.tnmt.lakehouse.ingestion.collect.jdbc;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.file.TemporaryFiles;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Attempts;
import vn.tnmt.lakehouse.ingestion.feed.Feed;

/**
 * Reads a table into temporary files, one for each of its ranges, all of one state of the data.
 *
 * <p>Where the database can name what a transaction sees (PostgreSQL), ranges are read side by side
 * by connections that see the same; elsewhere one after another in one transaction. A connection
 * that breaks begins its range anew as long as that state still is to be had, and otherwise
 * everything begins anew.
 */
final class JdbcTable {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcTable.class);

  /** Connections side by side: the publisher's database has other work, too. */
  private static final int MOST_CONNECTIONS = 4;

  private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(30);

  /**
   * What was taken.
   *
   * @param files one for each range, always as many as the feed has parts
   * @param highest value of the increment column as the database writes it; empty without one
   * @param tied rows of the same key as the row before
   * @param nulls whether rows have no value in the increment column: they are never taken
   */
  record Taken(List<Part> files, String highest, long tied, boolean nulls) {}

  /**
   * @param rows in the file
   */
  record Part(Path file, long rows, long tied) {}

  /** What a transaction saw is no more to be had. */
  private static final class SnapshotGone extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final Feed feed;
  private final Jdbc table;
  private final Path work;
  private final JdbcDialect dialect;
  private final Attempts attempts;
  private final String where;

  /** Sessions that read side by side just now. */
  private final Set<JdbcSession> readers = ConcurrentHashMap.newKeySet();

  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong told = new AtomicLong(System.nanoTime());

  JdbcTable(Feed feed, Jdbc table, Path work, Attempts attempts) {
    this.feed = feed;
    this.table = table;
    this.work = work;
    this.dialect = JdbcDialect.of(table.url());
    this.attempts = attempts;
    this.where =
        "%s, %s, %s"
            .formatted(
                table.url(),
                table.query().isEmpty() ? String.join(".", table.table()) : "query",
                feed.place());
  }

  /**
   * @param above value of the increment column that earlier rows reach; null for all rows
   * @throws TnmtException {@code TNMT-1001}, {@code TNMT-1002} after the last try; {@code
   *     TNMT-5007} without a driver
   */
  Taken take(String above) {
    String password = table.password().read();
    JdbcFaults faults = new JdbcFaults(dialect, where, password);
    try {
      return attempts.run(where, () -> once(above, faults, password));
    } catch (IOException e) {
      attempts.left(where); // the connection may have been given up for the deadline
      throw faults.givenUp(e);
    }
  }

  private Taken once(@Nullable String above, JdbcFaults faults, String password)
      throws IOException {
    rows.set(0);
    try (JdbcSession session = open(faults, password)) {
      JdbcSession.Where wanted = JdbcSession.Where.ALL;
      String highest = "";
      boolean nulls = false;
      if (table.incremental()) {
        ordered(session, table.incrementColumn(), faults);
        if (above != null) {
          wanted = session.compare(table.incrementColumn(), ">", above);
        }
        nulls = session.hasNulls(table.incrementColumn());
        highest = session.extremes(table.incrementColumn(), wanted).get(1);
        if (highest == null) {
          return new Taken(List.of(), "", 0, nulls);
        }
        wanted = wanted.and(session.compare(table.incrementColumn(), "<=", highest));
      }
      List<JdbcSession.Where> ranges = ranges(session, wanted, faults);
      String shared = ranges.size() > 1 ? session.share() : "";
      List<Part> parts =
          shared.isEmpty()
              ? oneByOne(session, ranges)
              : sideBySide(shared, ranges, faults, password);
      LOG.info("{}: {} rows read", feed.id(), rows.get());
      return new Taken(parts, highest, parts.stream().mapToLong(Part::tied).sum(), nulls);
    } catch (SnapshotGone e) {
      throw new IOException("the transaction that others read with has ended", e);
    }
  }

  private void ordered(JdbcSession session, String column, JdbcFaults faults) throws IOException {
    String type = session.type(column);
    if (dialect.kind(type) == JdbcDialect.Kind.OTHER) {
      throw faults.of(
          ErrorCode.FEED_CONTRADICTS_CONTRACT,
          "cột không phải số nguyên, số thập phân, ngày hay giờ"
              + " / column '%s' of type %s is no exact number, date or time"
                  .formatted(column, type),
          "choose another column");
    }
  }

  /** Conditions that every row meets just one of. */
  private List<JdbcSession.Where> ranges(
      JdbcSession session, JdbcSession.Where wanted, JdbcFaults faults) throws IOException {
    Jdbc.Partition partition = table.partition();
    if (partition.parts() == 1) {
      return List.of(wanted);
    }
    String column = partition.column();
    ordered(session, column, faults);
    List<String> extremes = session.extremes(column, wanted);
    List<String> bounds =
        JdbcRanges.bounds(
            dialect.kind(session.type(column)),
            extremes.get(0),
            extremes.get(1),
            partition.parts());
    if (bounds.isEmpty()) {
      return List.of(wanted);
    }
    List<JdbcSession.Where> ranges = new ArrayList<>();
    JdbcSession.Where below = session.compare(column, "<", bounds.get(0));
    ranges.add(
        wanted.and(
            new JdbcSession.Where(
                "(" + below.sql() + " or " + session.isNull(column).sql() + ")",
                below.parameters())));
    for (int i = 1; i <= bounds.size(); i++) {
      JdbcSession.Where from = wanted.and(session.compare(column, ">=", bounds.get(i - 1)));
      ranges.add(i == bounds.size() ? from : from.and(session.compare(column, "<", bounds.get(i))));
    }
    return ranges;
  }

  private List<Part> oneByOne(JdbcSession session, List<JdbcSession.Where> ranges)
      throws IOException {
    List<Part> parts = new ArrayList<>();
    for (JdbcSession.Where range : ranges) {
      parts.add(part(session, range, parts.size()));
    }
    return filledUp(parts);
  }

  private List<Part> sideBySide(
      String shared, List<JdbcSession.Where> ranges, JdbcFaults faults, String password)
      throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(Math.min(ranges.size(), MOST_CONNECTIONS));
    try {
      List<Future<Part>> running = new ArrayList<>();
      for (JdbcSession.Where range : ranges) {
        int number = running.size();
        running.add(
            pool.submit(
                () -> attempts.run(where, () -> joined(shared, range, number, faults, password))));
      }
      List<Part> parts = new ArrayList<>();
      for (Future<Part> part : running) {
        parts.add(part.get());
      }
      return filledUp(parts);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(where);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        // Its tries are used up.
        throw faults.givenUp(io);
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      end(pool);
    }
  }

  private Part joined(
      String shared, JdbcSession.Where range, int number, JdbcFaults faults, String password)
      throws IOException {
    try (JdbcSession session = open(faults, password)) {
      readers.add(session);
      try {
        if (!session.join(shared)) {
          throw new SnapshotGone();
        }
        return part(session, range, number);
      } finally {
        readers.remove(session);
      }
    }
  }

  private JdbcSession open(JdbcFaults faults, String password) throws IOException {
    return JdbcSession.open(
        table, dialect, faults, attempts, where, "tnmt-lakehouse " + feed.id(), password);
  }

  /** Nobody writes to a file any more when this returns. */
  private void end(ExecutorService pool) {
    pool.shutdownNow();
    boolean interrupted = Thread.interrupted();
    for (boolean ended = false; !ended; ) {
      readers.forEach(JdbcSession::abort);
      try {
        ended = pool.awaitTermination(100, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Part part(JdbcSession session, JdbcSession.Where range, int number) throws IOException {
    Path file = file(number);
    try (SpoolFile spool = new SpoolFile(file, table.limits().maxFileBytes())) {
      JdbcSession.Rows read = session.read(range, spool, this::progress);
      return new Part(file, read.rows(), read.tied());
    }
  }

  /** Ranges that the table does not have are empty files: the files of a feed are the same ones. */
  private List<Part> filledUp(List<Part> parts) throws IOException {
    for (int number = parts.size(); number < table.partition().parts(); number++) {
      new SpoolFile(file(number), 0).close();
      parts.add(new Part(file(number), 0, 0));
    }
    return parts;
  }

  private Path file(int number) throws IOException {
    return TemporaryFiles.hold(work.resolve(JdbcOffer.SPOOL + "%04d".formatted(number + 1)));
  }

  private void progress(long more) {
    long all = rows.addAndGet(more);
    long last = told.get();
    long now = System.nanoTime();
    if (now - last > PROGRESS_NANOS && told.compareAndSet(last, now)) {
      LOG.info("{}: {} rows so far", feed.id(), all);
    }
  }
}
