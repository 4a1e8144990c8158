package vn.tnmt.lakehouse.orchestration.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.config.SettingKey;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.orchestration.nightly.Erasing;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.transform.erase.Erasure;
import vn.tnmt.lakehouse.transform.erase.Subject;
import vn.tnmt.lakehouse.transform.release.Release;
import vn.tnmt.lakehouse.transform.release.Releases;
import vn.tnmt.lakehouse.transform.release.Retention;

/** {@code tnmt erase}: takes out what must not be kept, after a plan. */
@Command(
    name = "erase",
    description = {
      "Xóa một lần gửi, hoặc những gì một khóa chỉ tới, khỏi vùng nhận, bảng và các bản phát hành cũ.",
      "Erase a delivery, or what a key stands for, from landing, tables and past releases."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./tnmt erase --delivery 3f2a91c07d                            the plan; changes nothing",
      "  ./tnmt erase --delivery 3f2a91c07d --apply --reason \"official letter 12/CV\"",
      "  ./tnmt erase --dataset land.parcel --key commune_code=23824 sheet_number=7 parcel_number=15",
      "",
      "The reason is kept; no personal data belong in it. docs/erasure.md tells what stays."
    })
final class EraseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private HomeOptions options;
  @Mixin private FeedsCommand.FeedsOption feeds;

  @ArgGroup(multiplicity = "1")
  private What what;

  private static final class What {
    @Option(
        names = "--delivery",
        paramLabel = "ID",
        required = true,
        description = "A delivery: its id, or the first digits of it.")
    private @Nullable String delivery;

    @ArgGroup(exclusive = false)
    private @Nullable Key key;
  }

  private static final class Key {
    @Option(
        names = "--dataset",
        paramLabel = "NAME",
        required = true,
        description = "The dataset whose key it is, for example land.parcel.")
    private String dataset;

    @Option(
        names = "--key",
        paramLabel = "COLUMN=VALUE",
        required = true,
        arity = "1..*",
        description = "Each column of the dataset's key with its value.")
    private Map<String, String> values;
  }

  @Option(names = "--apply", description = "Do it; without this only the plan is printed.")
  private boolean apply;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; kept in ops.erasure. Needed with --apply.")
  private @Nullable String reason;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who decides; kept in ops.erasure (default: ${DEFAULT-VALUE}).")
  private String by;

  @Override
  public Integer call() {
    Settings settings = options.settings();
    List<Feed> loaded = feeds.load(settings);
    Subject subject =
        what.key == null
            ? Subject.delivery(what.delivery.strip())
            : Subject.key(Contracts.bundled().contract(what.key.dataset), what.key.values);
    if (!apply) {
      try (Lakehouse lake = options.openToReadWithSpark()) {
        print(erasing(lake, loaded).plan(subject), lake);
      }
      return 0;
    }
    if (reason == null || reason.isBlank()) {
      throw TnmtException.of(
          ErrorCode.ARGUMENT_INVALID,
          "thiếu lý do xóa / the reason is missing",
          "--reason",
          "--reason \"official letter 12/CV-STNMT\": it is kept in ops.erasure");
    }
    try (Writing open = Writing.withSpark(options, settings, "erase")) {
      Erasing erasing = erasing(open.lake(), loaded);
      print(erasing.plan(subject), open.lake());
      Optional<Release> release = erasing.apply(subject, new Erasing.Decision(by, reason.strip()));
      spec.commandLine()
          .getOut()
          .println(
              release
                  .map(
                      made ->
                          "đã xóa / erased: %s không còn giữ / no longer has it"
                              .formatted(made.releaseId()))
                  .orElse("đã xóa xong từ trước, không còn gì / erased before, nothing is left"));
    }
    return 0;
  }

  private Erasing erasing(Lakehouse lake, List<Feed> loaded) {
    return new Erasing(
        lake,
        Contracts.bundled(),
        loaded,
        Erasing.KeptReleases.of(lake.settings()),
        Clock.systemUTC(),
        options.progress());
  }

  private void print(Erasing.Plan plan, Lakehouse lake) {
    PrintWriter out = spec.commandLine().getOut();
    Erasure.Found found = plan.found();
    TextTable table =
        new TextTable("DELIVERY", "FEED", "DATASET", "RAW", "QUARANTINE", "STANDARD", "LANDING");
    for (Erasure.Of of : found.of()) {
      table.row(
          of.deliveryId(),
          of.feedId(),
          of.dataset(),
          of.rawRows(),
          of.quarantineRows(),
          of.standardRows(),
          of.landing());
    }
    out.println(found.subject());
    out.print(table.render());
    found.earlier().ifPresent(at -> out.printf("đã xóa lúc / erased before, at %s%n", at));
    out.printf("vùng nhận / landing: %d đối tượng / objects%n", plan.landing().size());
    plan.landing().forEach(key -> out.println("  " + key));
    out.printf("biên nhận / answers: %d tệp / files%n", plan.answers().size());
    for (Path file : plan.answers()) {
      out.println("  " + file);
    }
    if (found.stays() > 0) {
      out.printf(
          "%d dòng chuẩn của lần gửi ở lại / standard rows of it stay: --dataset, --key erase one%n",
          found.stays());
    }
    if (!found.holding().isEmpty()) {
      printHolding(found.holding(), lake, out);
    }
    held(out, "nhánh, nhãn riêng / branches, tags of people", found.others());
    held(out, "dòng tham chiếu / rows that refer to it", found.referring());
    out.flush();
  }

  private static void held(PrintWriter out, String what, List<String> names) {
    if (!names.isEmpty()) {
      out.printf("%s: %s%n", what, String.join(", ", names));
    }
  }

  private static void printHolding(List<String> holding, Lakehouse lake, PrintWriter out) {
    boolean withdrawn = Erasing.KeptReleases.of(lake.settings()) == Erasing.KeptReleases.WITHDRAW;
    out.printf(
        "%d bản phát hành giữ dữ liệu này, %s / releases hold it, and %s (%s)%n",
        holding.size(),
        withdrawn ? "sẽ bị rút" : "chặn việc xóa",
        withdrawn ? "are withdrawn" : "keep it from being erased",
        SettingKey.ERASE_KEPT_RELEASES.key());
    Releases releases = new Releases(lake);
    Retention retention = Retention.of(lake.settings());
    for (String id : holding) {
      out.printf(
          "  %s  giữ ít nhất tới / kept at least until %s%n",
          id, retention.until(releases.find(id)));
    }
  }
}
