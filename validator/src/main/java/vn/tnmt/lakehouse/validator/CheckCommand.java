package vn.tnmt.lakehouse.validator;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.bundle.Bundle;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.reader.SystemFiles;
import vn.tnmt.lakehouse.transform.receipt.ReceiptText;
import vn.tnmt.lakehouse.validator.Checker.Checked;

/** {@code check}: the verdict of some files, as text and as files. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {"Kiểm tra tệp hoặc thư mục.", "Checks files or folders."})
final class CheckCommand implements Callable<Integer> {
  /** Languages of what is printed. */
  enum Language {
    vi,
    en
  }

  @Spec private CommandSpec spec;
  @Mixin private Bundles bundles;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILES",
      description = "Tệp hoặc thư mục / files or folders.")
  private List<Path> files;

  @Option(
      names = "--feed",
      paramLabel = "F",
      description = {
        "Nguồn cấp của các tệp (mặc định: theo tên tệp).",
        "The files' feed (default: the one that their names fit)."
      })
  private String feed;

  @Option(
      names = "--publisher",
      paramLabel = "ID",
      description = "Đơn vị cung cấp / the publisher, when the bundle has several.")
  private String publisher;

  @Option(
      names = "--date",
      paramLabel = "YYYY-MM-DD",
      description = {
        "Ngày nghiệp vụ (mặc định: hôm nay); số liệu sau ngày này là ở tương lai.",
        "Business date (default: today); what is later lies in the future."
      })
  private LocalDate date = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Ghi / writes receipt.html, receipt.json, rejects.csv, rejects.xlsx.")
  private Path out;

  @Option(names = "--lang", defaultValue = "vi", description = "vi (mặc định / default), en.")
  private Language language;

  @Override
  public Integer call() throws IOException {
    Path file =
        bundles
            .file()
            .orElseThrow(
                () ->
                    TnmtException.of(
                        ErrorCode.ARGUMENT_INVALID,
                        "chưa có gói quy chuẩn / no contract bundle",
                        "",
                        "name it with --bundle FILE"));
    Bundle.Signed signed = Bundle.read(file);
    bundles.applyTrust(signed);
    bundles.trusted().require(signed.key(), file.toString());
    Bundle bundle = signed.bundle();
    Map<Feed, List<SubmittedFile>> sorted =
        FeedFinder.of(bundle, publisher, feed).sort(submitted());
    List<Checked> checked =
        new Checker(bundle, date).check(sorted, out, (path, line, part, outcome, breaches) -> {});
    PrintWriter print = spec.commandLine().getOut();
    for (Checked one : checked) {
      print.println(
          language == Language.vi
              ? ReceiptText.vietnamese(one.receipt())
              : ReceiptText.english(one.receipt()));
      if (one.folder() != null) {
        print.println(one.folder().resolve("receipt.html"));
        if (!one.receipt().rejects().csv().isEmpty()) {
          print.println(one.folder().resolve(one.receipt().rejects().csv()));
        }
      }
    }
    return checked.stream().anyMatch(one -> one.receipt().counts().quarantined() > 0) ? 1 : 0;
  }

  private List<SubmittedFile> submitted() throws IOException {
    List<SubmittedFile> submitted = new ArrayList<>();
    for (Path given : files) {
      Path path = given.toAbsolutePath().normalize();
      if (Files.isDirectory(path)) {
        try (Stream<Path> below = Files.walk(path)) {
          below
              .filter(Files::isRegularFile)
              .filter(file -> !SystemFiles.is(path.relativize(file).toString().replace('\\', '/')))
              .sorted()
              .forEach(file -> submitted.add(new SubmittedFile(file.toString(), file)));
        }
      } else if (Files.isReadable(path)) {
        submitted.add(new SubmittedFile(path.toString(), path));
      } else {
        throw TnmtException.of(
            ErrorCode.SOURCE_MISSING,
            "không có tệp, hoặc không đọc được / no such file, or not readable",
            given.toString(),
            "");
      }
    }
    return submitted;
  }
}
