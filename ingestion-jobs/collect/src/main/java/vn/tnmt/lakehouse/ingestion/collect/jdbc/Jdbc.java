package vn.tnmt.lakehouse.ingestion.collect.jdbc;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.ingestion.collect.offer.CollectedTransport;
import vn.tnmt.lakehouse.ingestion.collect.offer.Offer;
import vn.tnmt.lakehouse.ingestion.collect.offer.OfferRequest;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Secret;
import vn.tnmt.lakehouse.ingestion.collect.transfer.TransferPolicy;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;
import vn.tnmt.lakehouse.ingestion.feed.Problem;
import vn.tnmt.lakehouse.ingestion.format.Trait;

/**
 * A table or a query of a database, landed as NDJSON.
 *
 * @param url JDBC address; holds no user, no password
 * @param table parts of the table's name, as the catalogue writes them; empty for a query
 * @param query one SELECT; empty for a table
 * @param name what the landed files are called, fit for a file name
 * @param key columns by which rows are ordered; unique, so that the bytes are
 * @param incrementColumn only rows above its highest value so far; empty for the whole table
 * @param partition ranges that are files of their own, read side by side; {@link Partition#NONE}
 *     for one file
 * @param geometry column that is landed as {@code $geometry}; empty for none
 * @param fetchSize rows asked for at a time
 * @param statement how long the database may think about one statement
 */
public record Jdbc(
    String url,
    String user,
    Secret password,
    List<String> table,
    String query,
    String name,
    List<String> key,
    String incrementColumn,
    Partition partition,
    String geometry,
    int fetchSize,
    Duration statement,
    TransferPolicy limits)
    implements CollectedTransport {

  /**
   * Ranges of a column.
   *
   * @param column of numbers, dates or times
   * @param parts files; 1 means that there are no ranges
   */
  public record Partition(String column, int parts) implements Serializable {
    public static final Partition NONE = new Partition("", 1);
  }

  /** Whether only new rows are taken. */
  public boolean incremental() {
    return !incrementColumn.isEmpty();
  }

  /**
   * The landed files: a snapshot has the same name every night, so that the same rows are not
   * stored twice; new rows are a new file. Undated, so that every earlier delivery is consulted.
   */
  @Override
  public FilePattern pattern() {
    return FilePattern.parse(
        name
            + (incremental() ? "_{day}" : "")
            + (partition.parts() > 1 ? "/part-{part}" : "")
            + ".ndjson");
  }

  @Override
  public int lookbackDays() {
    return 0;
  }

  @Override
  public String location() {
    return url + "#" + (query.isEmpty() ? String.join(".", table) : query.strip());
  }

  @Override
  public boolean hasGeometry() {
    return !geometry.isEmpty();
  }

  /** A database is landed as NDJSON, and as a whole only where it is one file. */
  @Override
  public List<Problem> problems(Feed feed) {
    List<Problem> problems = new ArrayList<>();
    if (!feed.format().has(Trait.DATABASE_ROWS)) {
      problems.add(
          problem(
              feed,
              "cơ sở dữ liệu được ghi thành NDJSON / rows of a database are landed as NDJSON",
              "write format: {type: ndjson}"));
    }
    if (feed.gate().isSnapshot() && partition.parts() > 1) {
      problems.add(
          problem(
              feed,
              "nhiều phần: mỗi lần gửi chỉ có phần đã đổi / with several parts a delivery holds only"
                  + " those that changed, and is no snapshot",
              "drop gate.snapshot or transport.partition"));
    }
    if (feed.gate().isSnapshot() && incremental()) {
      problems.add(
          problem(
              feed,
              "mode incremental chỉ gửi dòng mới / with mode incremental a delivery holds only new"
                  + " rows, and is no snapshot",
              "drop gate.snapshot, or write mode: snapshot"));
    }
    return problems;
  }

  private static Problem problem(Feed feed, String what, String remedy) {
    return new Problem(ErrorCode.FEED_CONTRADICTS_CONTRACT, feed.place(), what, remedy);
  }

  @Override
  public Offer open(OfferRequest request) {
    return JdbcOffer.open(this, request);
  }
}
