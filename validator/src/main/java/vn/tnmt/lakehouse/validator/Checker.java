package vn.tnmt.lakehouse.validator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.bundle.Bundle;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.tables.contract.Reference;
import vn.tnmt.lakehouse.transform.receipt.Receipt;
import vn.tnmt.lakehouse.transform.receipt.ReceiptPage;

/** Checks files of any feeds together: one verdict a feed, as the platform has one delivery. */
public final class Checker {
  private final Bundle bundle;
  private final Judge judge;

  public Checker(Bundle bundle, LocalDate date) {
    this.bundle = bundle;
    this.judge = new Judge(bundle, date);
  }

  /**
   * A verdict and where its files are.
   *
   * @param folder holds receipt.html, receipt.json and, where records were rejected, rejects.csv
   *     and rejects.xlsx; null when nothing is written
   */
  public record Checked(Feed feed, Receipt receipt, Path folder) {}

  /**
   * Judges files, feeds that others refer to first.
   *
   * @param files feed → its files
   * @param out folder to write to, a folder of its own for each feed when there are several; null
   *     to write nothing
   */
  public List<Checked> check(
      Map<Feed, List<SubmittedFile>> files, @Nullable Path out, Judge.Listener listener) {
    List<Checked> checked = new ArrayList<>();
    for (Feed feed : ordered(files)) {
      Path folder = out == null || files.size() == 1 ? out : out.resolve(feed.name());
      Receipt receipt = judge.judge(feed, files.get(feed), folder, listener);
      if (folder != null) {
        write(folder.resolve("receipt.html"), ReceiptPage.render(receipt));
        write(folder.resolve("receipt.json"), receipt.toJson());
      }
      checked.add(new Checked(feed, receipt, folder));
    }
    return checked;
  }

  /** Feeds whose datasets are referred to come before those that refer to them. */
  private List<Feed> ordered(Map<Feed, List<SubmittedFile>> files) {
    List<Feed> ordered = new ArrayList<>();
    Set<String> visited = new HashSet<>();
    for (Feed feed : files.keySet()) {
      order(feed.dataset(), files.keySet(), visited, ordered);
    }
    return ordered;
  }

  private void order(String dataset, Set<Feed> feeds, Set<String> visited, List<Feed> ordered) {
    if (!visited.add(dataset)) {
      return;
    }
    for (Reference reference : bundle.contracts().contract(dataset).references()) {
      order(reference.dataset(), feeds, visited, ordered);
    }
    feeds.stream().filter(feed -> feed.dataset().equals(dataset)).forEach(ordered::add);
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.ARGUMENT_INVALID,
          "không ghi được tệp / the file cannot be written",
          file.toString(),
          "give a writable folder with --out",
          e);
    }
  }
}
