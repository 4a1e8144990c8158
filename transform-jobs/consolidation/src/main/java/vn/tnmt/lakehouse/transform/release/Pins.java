package vn.tnmt.lakehouse.transform.release;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.store.ObjectStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.Sha256;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.tables.contract.Contracts;

/**
 * Writes down what a release is made with, and finds it again. Contracts are kept by their content,
 * {@code definitions/contracts-<SHA-256>.json}: a set that many releases share is there once.
 */
public final class Pins {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectStore store;

  public Pins(ObjectStore store) {
    this.store = store;
  }

  /**
   * Stores what the release was made with.
   *
   * @param national table → what it was computed as
   */
  public Definitions pin(
      Settings settings, List<Feed> feeds, Contracts contracts, Map<String, String> national) {
    byte[] texts = json(contracts.texts());
    String key = "definitions/contracts-" + Sha256.hex(texts) + ".json";
    if (!store.exists(key)) {
      store.put(key, texts);
    }
    Map<String, String> hashes = new TreeMap<>();
    contracts
        .all()
        .forEach(
            contract ->
                hashes.put(
                    contract.dataset(),
                    Sha256.hex(
                        contracts
                            .texts()
                            .get(contract.source())
                            .getBytes(StandardCharsets.UTF_8))));
    return new Definitions(
        Build.commit(),
        settings.choices(),
        feeds.stream().map(Duty::of).toList(),
        files(feeds),
        hashes,
        key,
        new TreeMap<>(national));
  }

  /** The contracts of a release; those of this version for a release that did not keep any. */
  public Contracts contracts(Definitions definitions) {
    if (definitions.contractTexts().isEmpty()) {
      return Contracts.bundled();
    }
    try {
      return Contracts.of(
          JSON.readValue(
              store.get(definitions.contractTexts()),
              new TypeReference<TreeMap<String, String>>() {}));
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.STORE_FAILED,
          "the contracts of a release cannot be read",
          definitions.contractTexts(),
          "make the report with the code of commit " + definitions.commit(),
          e);
    }
  }

  /** Feeds that came from no file have no hash. */
  private static Map<String, String> files(List<Feed> feeds) {
    Map<String, String> hashes = new TreeMap<>();
    feeds.stream()
        .map(feed -> Path.of(feed.place().file()))
        .distinct()
        .filter(Files::isRegularFile)
        .forEach(
            file -> {
              try {
                hashes.put(file.getFileName().toString(), Sha256.hex(Files.readAllBytes(file)));
              } catch (IOException e) {
                throw TnmtException.of(
                    ErrorCode.FEED_INVALID,
                    "a file of feeds cannot be read",
                    file.toString(),
                    "",
                    e);
              }
            });
    return hashes;
  }

  private static byte[] json(Map<String, String> texts) {
    try {
      return JSON.writeValueAsBytes(new TreeMap<>(texts));
    } catch (IOException e) {
      throw TnmtException.of(ErrorCode.INTERNAL, "contracts cannot be written as JSON", "", "", e);
    }
  }
}
