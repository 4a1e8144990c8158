package vn.tnmt.lakehouse.orchestration.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.text.Nearest;
import vn.tnmt.lakehouse.core.config.SettingKey;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.ingestion.bundle.Bundle;
import vn.tnmt.lakehouse.ingestion.bundle.SigningKey;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedCheck;
import vn.tnmt.lakehouse.ingestion.feed.Problem;
import vn.tnmt.lakehouse.ingestion.feed.PublisherFeeds;
import vn.tnmt.lakehouse.ingestion.gate.GateCheck;
import vn.tnmt.lakehouse.ingestion.gate.Learnt;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.contract.Reference;
import vn.tnmt.lakehouse.tables.source.SourceFiles;
import vn.tnmt.lakehouse.transform.gate.Judgements;

/** {@code tnmt contracts bundle|key}: what publishers check their own files with. */
@Command(
    name = "contracts",
    description = "Make the signed bundle that publishers check their files with.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./tnmt contracts key --out keys/bundle.key",
      "  ./tnmt contracts bundle --key keys/bundle.key --publisher snnmt-ha_noi --out tnmt-bundle.zip"
    })
final class ContractsCommand implements Runnable {
  private static final String VERSION = "0.1.0";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "key",
      mixinStandardHelpOptions = true,
      description = {
        "Make the Ed25519 key pair that signs bundles, in a file of mode 600.",
        "Make its fingerprint known by another way than the bundle."
      })
  int key(
      @Mixin HomeOptions options,
      @Option(names = "--out", required = true, paramLabel = "FILE", description = "A new file.")
          Path file) {
    SigningKey key = SigningKey.create(file);
    PrintWriter out = spec.commandLine().getOut();
    out.println(file);
    out.println("fingerprint " + key.publicKey().fingerprint());
    return 0;
  }

  /** What the bundle holds. */
  static final class BundleOptions {
    @Option(
        names = "--out",
        required = true,
        paramLabel = "FILE",
        description = "The bundle, for example tnmt-bundle.zip.")
    private Path out;

    @Option(
        names = "--publisher",
        paramLabel = "ID",
        split = ",",
        description = "Only the feeds of these publishers (default: all).")
    private List<String> publishers = List.of();

    @Option(
        names = "--key",
        paramLabel = "FILE",
        description = "The signing key (default: the setting bundle.signingKey).")
    private @Nullable Path key;

    @Option(
        names = "--references",
        description = {
          "Put the values in that references may take (station codes, …), as the last release has",
          "them; without, references are checked at the ministry only."
        })
    private boolean references;

    @Option(
        names = "--fingerprints",
        description = {
          "Put in what the last deliveries of the feeds looked like, so that the validator tells what",
          "the gate would: of public columns ranges, of declared codes the codes, of all others",
          "shares and lengths only."
        })
    private boolean fingerprints;
  }

  @Command(
      name = "bundle",
      mixinStandardHelpOptions = true,
      description = "Write contracts, feeds, code lists and rule texts as one signed zip.")
  int bundle(
      @Mixin HomeOptions options,
      @Mixin FeedsCommand.FeedsOption feedsOption,
      @Mixin BundleOptions bundle)
      throws IOException {
    Settings settings = options.settings();
    SigningKey key = SigningKey.read(keyFile(settings, bundle));
    Contracts contracts = Contracts.bundled();
    List<Feed> feeds = feedsOption.load(settings);
    List<Problem> problems = FeedCheck.check(feeds, contracts);
    PrintWriter out = spec.commandLine().getOut();
    if (!problems.isEmpty()) {
      problems.forEach(out::println);
      return 2;
    }
    Set<String> wanted = wanted(bundle, feeds);
    TreeMap<String, String> texts = new TreeMap<>();
    texts.putAll(SourceFiles.bundled(Contracts.class, "contracts", ".yaml"));
    texts.putAll(SourceFiles.bundled(CodeLists.class, "code-lists", ".csv"));
    texts.putAll(
        PublisherFeeds.texts(
            feedsOption.folder(settings),
            FeedFolder.variables(settings),
            CodeLists.bundled(),
            wanted::contains));
    Map<String, Set<String>> references = Map.of();
    Map<String, List<Learnt>> learnt = Map.of();
    if (bundle.references || bundle.fingerprints) {
      try (Lakehouse lake = options.openToReadWithSpark()) {
        references = bundle.references ? references(lake, contracts) : references;
        learnt = bundle.fingerprints ? learnt(lake, feeds, wanted) : learnt;
      }
    }
    Path partial = bundle.out.resolveSibling("." + bundle.out.getFileName() + ".partial");
    String id;
    try (OutputStream file = Files.newOutputStream(partial)) {
      id = Bundle.write(new Bundle.Sources(texts, references, learnt), VERSION, key, file);
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.ARGUMENT_INVALID,
          "the bundle cannot be written",
          bundle.out.toString(),
          "choose a folder that exists and is writable",
          e);
    }
    Files.move(partial, bundle.out, StandardCopyOption.REPLACE_EXISTING);
    out.printf(
        "%s: bundle %s, %d publishers, %d bytes%n",
        bundle.out, id, wanted.size(), Files.size(bundle.out));
    if (bundle.fingerprints) {
      out.printf("fingerprints of %d feeds%n", learnt.size());
    }
    out.println("signed by " + key.publicKey().fingerprint());
    return 0;
  }

  private static Path keyFile(Settings settings, BundleOptions bundle) {
    return bundle.key != null
        ? bundle.key
        : settings
            .optionalPath(SettingKey.BUNDLE_SIGNING_KEY)
            .orElseThrow(
                () ->
                    TnmtException.of(
                        ErrorCode.ARGUMENT_INVALID,
                        "no signing key",
                        SettingKey.BUNDLE_SIGNING_KEY.key(),
                        "give --key FILE; ./tnmt contracts key --out FILE makes one"));
  }

  private static Set<String> wanted(BundleOptions bundle, List<Feed> feeds) {
    Set<String> known = new TreeSet<>();
    feeds.forEach(feed -> known.add(feed.publisher().id()));
    for (String publisher : bundle.publishers) {
      if (!known.contains(publisher)) {
        throw TnmtException.of(
            ErrorCode.ARGUMENT_INVALID,
            "no feed of a publisher '" + publisher + "'",
            "--publisher",
            Nearest.hint(publisher, known));
      }
    }
    return bundle.publishers.isEmpty() ? known : Set.copyOf(bundle.publishers);
  }

  /** Of the publishers' own deliveries; {@link Bundle#write} takes out what is not to be told. */
  private static Map<String, List<Learnt>> learnt(
      Lakehouse lake, List<Feed> feeds, Set<String> publishers) {
    List<String> wanted =
        feeds.stream()
            .filter(feed -> publishers.contains(feed.publisher().id()) && GateCheck.isAsked(feed))
            .map(feed -> feed.id().toString())
            .toList();
    return new Judgements(lake).past(wanted, LocalDate.EPOCH, GateCheck.PAST);
  }

  /** Only what is public (P0) leaves the platform. */
  private static Map<String, Set<String>> references(Lakehouse lake, Contracts contracts) {
    Map<String, Set<String>> references = new TreeMap<>();
    for (Contract contract : contracts.all()) {
      for (Reference reference : contract.references()) {
        String name = reference.dataset() + "." + reference.targetColumn();
        boolean open =
            contracts
                .contract(reference.dataset())
                .column(reference.targetColumn())
                .privacy()
                .equals("P0");
        if (open && !references.containsKey(name)) {
          Set<String> values = new LinkedHashSet<>();
          for (Row row :
              lake.spark()
                  .sql(
                      "SELECT DISTINCT string(%1$s) FROM lake.%2$s WHERE %1$s IS NOT NULL"
                          .formatted(reference.targetColumn(), reference.dataset()))
                  .collectAsList()) {
            values.add(row.getString(0));
          }
          references.put(name, values);
        }
      }
    }
    return references;
  }
}
