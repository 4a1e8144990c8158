package vn.tnmt.lakehouse.validator;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.file.TemporaryFiles;
import vn.tnmt.lakehouse.ingestion.bundle.Bundle;
import vn.tnmt.lakehouse.ingestion.bundle.TrustedKeys;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.validator.Checker.Checked;

/** What the page knows: the bundle, files on their way, the last verdicts. */
final class PageChecks {
  /** Checks whose files and verdicts are kept. */
  private static final int KEPT = 5;

  private static final int MOST_FILES = 20_000;
  private static final int LONGEST_PATH = 1_000;
  private static final ZoneId VIETNAM = ZoneId.of("Asia/Ho_Chi_Minh");

  private final long mostBytes;
  private final Path work;
  private final TrustedKeys trusted;
  private final Map<String, OneCheck> open = new LinkedHashMap<>();
  private Optional<Bundle.Signed> signed;

  PageChecks(long mostBytes, Path work, TrustedKeys trusted, Optional<Bundle.Signed> signed) {
    this.mostBytes = mostBytes;
    this.work = work;
    this.trusted = trusted;
    this.signed = signed;
  }

  private static final class OneCheck {
    private final Path folder;
    private final List<SubmittedFile> files = new ArrayList<>();
    private List<Checked> checked = List.of();
    private long bytes;

    OneCheck(Path folder) {
      this.folder = folder;
    }
  }

  /**
   * What the page shows of the bundle.
   *
   * @param bundle id; empty when there is none yet
   * @param fingerprint of the key that signed it
   */
  record State(
      String bundle,
      boolean trusted,
      String fingerprint,
      List<FeedLine> feeds,
      String today,
      long mostBytes) {}

  record FeedLine(String id, Words publisher, Words dataset, String pattern) {}

  synchronized State state() {
    String today = LocalDate.now(VIETNAM).toString();
    if (signed.isEmpty()) {
      return new State("", false, "", List.of(), today, mostBytes);
    }
    Bundle bundle = signed.get().bundle();
    boolean known = trusted.contains(signed.get().key());
    List<FeedLine> feeds =
        known
            ? bundle.feeds().stream()
                .map(
                    feed -> {
                      var contract = bundle.contracts().contract(feed.dataset());
                      return new FeedLine(
                          feed.id().toString(),
                          new Words(feed.publisher().nameVi(), feed.publisher().nameEn()),
                          new Words(contract.titleVi(), contract.titleEn()),
                          feed.transport().pattern().text());
                    })
                .toList()
            : List.of();
    return new State(bundle.id(), known, signed.get().key().fingerprint(), feeds, today, mostBytes);
  }

  synchronized State bundle(Bundle.Signed given) {
    signed = Optional.of(given);
    return state();
  }

  synchronized State trust(String fingerprint) {
    trusted.trust(required().key(), fingerprint);
    return state();
  }

  private Bundle.Signed required() {
    return signed.orElseThrow(
        () ->
            TnmtException.of(
                ErrorCode.ARGUMENT_INVALID, "chưa có gói quy chuẩn / no contract bundle"));
  }

  /**
   * Takes one file in, or more of it.
   *
   * @param number of the file that this is more of, as the first piece was answered
   */
  Map<String, Long> file(String check, String path, @Nullable String number, InputStream body)
      throws IOException {
    OneCheck one;
    Path file;
    long index;
    synchronized (this) {
      if (!check.matches("[0-9a-z]{8,40}") || path.isBlank() || path.length() > LONGEST_PATH) {
        throw TnmtException.of(ErrorCode.ARGUMENT_INVALID, "check, path");
      }
      one = open.get(check);
      if (one == null) {
        forget();
        one = new OneCheck(Files.createTempDirectory(work, "check"));
        open.put(check, one);
      }
      if (number == null) {
        if (one.files.size() == MOST_FILES) {
          throw tooLarge();
        }
        // The name on disk is ours: whatever the page says is only a name in the verdict.
        file = one.folder.resolve(String.format(Locale.ROOT, "%06d", one.files.size()));
        one.files.add(new SubmittedFile(path, file));
      } else if (number.equals(Integer.toString(one.files.size() - 1))) {
        file = one.files.get(one.files.size() - 1).file();
      } else {
        throw TnmtException.of(ErrorCode.ARGUMENT_INVALID, "file");
      }
      index = one.files.size() - 1L;
    }
    byte[] buffer = new byte[1 << 16];
    long size = 0;
    try (OutputStream out = Files.newOutputStream(file, CREATE, APPEND)) {
      for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
        synchronized (this) {
          one.bytes += n;
          if (one.bytes > mostBytes) {
            throw tooLarge();
          }
        }
        out.write(buffer, 0, n);
        size += n;
      }
    }
    return Map.of("bytes", size, "file", index);
  }

  private TnmtException tooLarge() {
    return TnmtException.of(
        ErrorCode.ARGUMENT_INVALID,
        "quá lớn cho một lần kiểm tra trên trang này / too large for one check on this page",
        (mostBytes >> 20) + " MB, " + MOST_FILES + " files",
        "java -jar tnmt-validator.jar check has no such limit");
  }

  private void forget() throws IOException {
    while (open.size() >= KEPT) {
      String oldest = open.keySet().iterator().next();
      TemporaryFiles.delete(open.remove(oldest).folder);
    }
  }

  /** One verdict, for the page. */
  record Result(String feed, String verdict, long received, long quarantined) {}

  /** Judges the files of a check. */
  List<Result> check(String check, String feed, String date) {
    OneCheck one;
    Bundle bundle;
    synchronized (this) {
      trusted.require(required().key(), "tnmt-bundle.zip");
      bundle = required().bundle();
      one = open.get(check);
      if (one == null) {
        throw TnmtException.of(ErrorCode.ARGUMENT_INVALID, "chưa có tệp / no files");
      }
    }
    synchronized (one) {
      one.checked =
          new Checker(bundle, day(date))
              .check(
                  FeedFinder.of(bundle, null, feed).sort(one.files),
                  one.folder.resolve("verdict"),
                  (path, line, part, outcome, breaches) -> {});
      return one.checked.stream()
          .map(
              c ->
                  new Result(
                      c.feed().id().toString(),
                      c.receipt().verdict().name(),
                      c.receipt().counts().received(),
                      c.receipt().counts().quarantined()))
          .toList();
    }
  }

  private static LocalDate day(String date) {
    try {
      return date.isEmpty() ? LocalDate.now(VIETNAM) : LocalDate.parse(date);
    } catch (DateTimeParseException e) {
      throw TnmtException.of(
          ErrorCode.ARGUMENT_INVALID, "ngày / date '" + date + "'", "", "YYYY-MM-DD", e);
    }
  }

  /** The folder of a verdict. */
  synchronized Optional<Path> result(String check, String number) {
    OneCheck one = open.get(check);
    if (one == null || !number.matches("[0-9]{1,3}")) {
      return Optional.empty();
    }
    int index = Integer.parseInt(number);
    return index < one.checked.size()
        ? Optional.of(one.checked.get(index).folder())
        : Optional.empty();
  }
}
