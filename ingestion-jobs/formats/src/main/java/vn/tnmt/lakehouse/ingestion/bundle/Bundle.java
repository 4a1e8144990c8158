package vn.tnmt.lakehouse.ingestion.bundle;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.ingestion.gate.Learnt;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.rule.RuleText;
import vn.tnmt.lakehouse.tables.rule.RuleTexts;

/**
 * The content of a contract bundle.
 *
 * @param id short name of the content: the same content has the same id
 * @param software version of the platform that made it
 * @param references {@code dataset.column} → the values that a reference to it may take; a
 *     reference that is not in it can be checked at the ministry only
 * @param learnt feed id → what its last deliveries looked like, oldest first; a feed that is not in
 *     it is compared with nothing
 */
public record Bundle(
    String id,
    String software,
    Contracts contracts,
    CodeLists lists,
    List<Feed> feeds,
    RuleTexts texts,
    Map<String, Set<String>> references,
    Map<String, List<Learnt>> learnt) {

  /** Format that this class writes and reads. */
  public static final int FORMAT = 1;

  private static final String HEAD = "bundle.json";
  private static final String TEXTS = "rule-texts.json";
  private static final String REFERENCES = "references/";
  private static final String FINGERPRINTS = "fingerprints/";
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private record Head(int format, String software, List<String> publishers) {}

  /** A bundle whose signature fits its content, and the key that made the signature. */
  public record Signed(Bundle bundle, PublicKeyText key) {}

  /** The publishers whose feeds are in it, in order. */
  public List<String> publishers() {
    return feeds.stream().map(feed -> feed.publisher().id()).distinct().sorted().toList();
  }

  /** The feed of an id, if it is in the bundle. */
  public Optional<Feed> feed(FeedId id) {
    return feeds.stream().filter(feed -> feed.id().equals(id)).findFirst();
  }

  /**
   * Writes a bundle.
   *
   * @param sources {@code contracts/…}, {@code code-lists/…}, {@code feeds/…} → text
   * @return the bundle's id
   */
  public static String write(Sources sources, String software, SigningKey key, OutputStream out)
      throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    sources.texts().forEach((name, text) -> files.put(name, utf8(text)));
    CodeLists lists = CodeLists.of(below(sources.texts(), "code-lists/"));
    Contracts contracts = Contracts.of(below(sources.texts(), "contracts/"));
    List<Feed> feeds = Feeds.of(below(sources.texts(), "feeds/"), Map.of(), lists);
    List<String> publishers = feeds.stream().map(f -> f.publisher().id()).distinct().toList();
    files.put(HEAD, json(new Head(FORMAT, software, publishers)));
    files.put(TEXTS, json(new TreeMap<>(RuleTexts.of(contracts).all())));
    sources
        .references()
        .forEach(
            (name, values) ->
                files.put(
                    REFERENCES + name + ".txt",
                    utf8(String.join("\n", values.stream().sorted().toList()) + "\n")));
    for (Feed feed : feeds) {
      List<Learnt> learnt = sources.learnt().getOrDefault(feed.id().toString(), List.of());
      if (!learnt.isEmpty()) {
        Contract contract = contracts.contract(feed.dataset());
        files.put(
            FINGERPRINTS + feed.id() + ".json",
            utf8(
                Learnt.toJson(learnt.stream().map(one -> one.forPublisher(feed, contract)).toList())
                    + "\n"));
      }
    }
    BundleFiles.write(files, key, out);
    return BundleFiles.id(files);
  }

  /**
   * What a bundle is made of.
   *
   * @param texts file name → text
   * @param references {@code dataset.column} → values without line breaks
   * @param learnt feed id → what its last deliveries looked like; of it only what may leave the
   *     platform is written ({@link Learnt#forPublisher}), of feeds in the bundle only
   */
  public record Sources(
      SortedMap<String, String> texts,
      Map<String, Set<String>> references,
      Map<String, List<Learnt>> learnt) {
    /** Without fingerprints. */
    public Sources(SortedMap<String, String> texts, Map<String, Set<String>> references) {
      this(texts, references, Map.of());
    }
  }

  /**
   * Reads and verifies a bundle.
   *
   * @throws TnmtException {@code TNMT-2008} when it is no bundle, was changed or is of a newer
   *     format, {@code TNMT-2009} when it is not signed, {@code TNMT-1001} when the file cannot be
   *     read
   */
  public static Signed read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString());
    } catch (NoSuchFileException e) {
      throw TnmtException.of(
          ErrorCode.SOURCE_MISSING, "không có gói / there is no bundle", file.toString(), "", e);
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.SOURCE_UNREADABLE,
          "không đọc được gói / the bundle cannot be read",
          file.toString(),
          "",
          e);
    }
  }

  /** As {@link #read(Path)}; {@code where} is for messages. */
  public static Signed read(InputStream in, String where) throws IOException {
    BundleFiles.Verified verified = BundleFiles.read(in, where);
    Map<String, String> texts = new TreeMap<>();
    verified
        .files()
        .forEach((name, bytes) -> texts.put(name, new String(bytes, StandardCharsets.UTF_8)));
    try {
      Head head = JSON.readValue(texts.getOrDefault(HEAD, ""), Head.class);
      if (head.format() != FORMAT) {
        throw TnmtException.of(
            ErrorCode.BUNDLE_DAMAGED,
            "gói thuộc định dạng %1$d / the bundle is of format %1$d".formatted(head.format()),
            where,
            "get the newest tnmt-validator.jar");
      }
      Contracts contracts = Contracts.of(below(texts, "contracts/"));
      CodeLists lists = CodeLists.of(below(texts, "code-lists/"));
      Map<String, RuleText> rules = JSON.readValue(texts.get(TEXTS), new TypeReference<>() {});
      Bundle bundle =
          new Bundle(
              verified.id(),
              head.software(),
              contracts,
              lists,
              Feeds.of(below(texts, "feeds/"), Map.of(), lists),
              RuleTexts.of(contracts).with(rules),
              references(texts),
              learnt(texts));
      return new Signed(bundle, verified.key());
    } catch (IOException | IllegalArgumentException e) {
      throw TnmtException.of(
          ErrorCode.BUNDLE_DAMAGED,
          "gói thiếu phần hoặc hỏng / the bundle is incomplete or broken",
          where,
          "ask the ministry for the bundle again",
          e);
    }
  }

  private static Map<String, Set<String>> references(Map<String, String> texts) {
    Map<String, Set<String>> references = new TreeMap<>();
    below(texts, REFERENCES)
        .forEach(
            (name, text) ->
                references.put(
                    name.substring(REFERENCES.length(), name.length() - ".txt".length()),
                    new LinkedHashSet<>(text.lines().toList())));
    return references;
  }

  private static Map<String, List<Learnt>> learnt(Map<String, String> texts) {
    Map<String, List<Learnt>> learnt = new TreeMap<>();
    below(texts, FINGERPRINTS)
        .forEach(
            (name, text) ->
                learnt.put(
                    name.substring(FINGERPRINTS.length(), name.length() - ".json".length()),
                    Learnt.read(text)));
    return learnt;
  }

  private static SortedMap<String, String> below(Map<String, String> texts, String folder) {
    SortedMap<String, String> below = new TreeMap<>();
    texts.forEach(
        (name, text) -> {
          if (name.startsWith(folder)) {
            below.put(name, text);
          }
        });
    return below;
  }

  private static byte[] json(Object value) throws IOException {
    return utf8(JSON.writeValueAsString(value) + "\n");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
