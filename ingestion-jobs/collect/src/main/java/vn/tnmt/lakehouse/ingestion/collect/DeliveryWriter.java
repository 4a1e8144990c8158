package vn.tnmt.lakehouse.ingestion.collect;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.collect.landing.Cuts;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.EarlierFiles;
import vn.tnmt.lakehouse.ingestion.collect.landing.IndexEntry;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingLimits;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.collect.landing.Sha256;
import vn.tnmt.lakehouse.ingestion.collect.landing.Turn;
import vn.tnmt.lakehouse.ingestion.collect.offer.Offered;
import vn.tnmt.lakehouse.ingestion.feed.Feed;

/**
 * Writes one delivery, file by file in the order of the paths; nothing at all when there is no
 * file. The manifest comes last: until then the folder's objects are nobody's.
 */
final class DeliveryWriter {
  private static final int BUFFER = 1 << 16;

  private final LandingStore store;
  private final Feed feed;
  private final LocalDate businessDate;
  private final Instant receivedAt;
  private final Turn turn;
  private final String folder;
  private final LandingLimits limits;
  private final MessageDigest content = Sha256.digest();
  private final MessageDigest identity = Sha256.digest();
  private final List<Manifest.Split> splits = new ArrayList<>();

  private @Nullable OutputStream index;
  private long indexBytes;
  private @Nullable OutputStream bundle;
  private String bundleName;
  private long bundleBytes;
  private int bundles;
  private int larges;
  private Manifest.@Nullable Split split;

  /** Of the lines of the split, from its first on. */
  private final MessageDigest splitIndex = Sha256.digest();

  private long files;
  private long bytes;

  DeliveryWriter(
      LandingStore store,
      Feed feed,
      LocalDate businessDate,
      Instant receivedAt,
      Turn turn,
      String folder,
      LandingLimits limits) {
    this.store = store;
    this.feed = feed;
    this.businessDate = businessDate;
    this.receivedAt = receivedAt;
    this.turn = turn;
    this.folder = folder;
    this.limits = limits;
    update(identity, feed.id().toString());
    // The same content twice is two deliveries; the first is named as the validator names it.
    if (turn.number() > 1) {
      update(identity, Long.toString(turn.number()));
    }
  }

  /**
   * Adds a small file.
   *
   * @param replaces the version that this one replaces; null for a new path
   */
  void add(Offered file, byte[] content, String sha256, EarlierFiles.@Nullable Version replaces)
      throws IOException {
    if (bundle == null || (bundleBytes > 0 && bundleBytes + content.length > limits.bundle())) {
      closeBundle();
      bundleName = String.format("files-%05d.bin", bundles++);
      bundle = new BufferedOutputStream(store.create(folder + "/" + bundleName), BUFFER);
      bundleBytes = 0;
    }
    bundle.write(content);
    record(file, content.length, sha256, bundleName, bundleBytes, replaces);
    bundleBytes += content.length;
  }

  /**
   * Adds a large file as an object of its own, streaming.
   *
   * @param wanted asked after the last byte; when false the object is taken back
   * @return whether the file was added
   */
  boolean addLarge(Offered file, InputStream content, Wanted wanted, EarlierFiles.Version replaces)
      throws IOException {
    String name = String.format("large-%05d.bin", larges);
    Cuts.Copied copied;
    try (OutputStream out = store.create(folder + "/" + name)) {
      copied = Cuts.copy(feed, content, out, limits.split());
    }
    if (!wanted.after(copied.size(), copied.sha256())) {
      store.delete(folder + "/" + name);
      return false;
    }
    larges++;
    record(file, copied.size(), copied.sha256(), name, 0, replaces);
    if (!copied.cuts().isEmpty()) {
      split = split.cutBy(Cuts.by(feed), copied);
    }
    return true;
  }

  /** Whether what was read is to stay. */
  interface Wanted {
    boolean after(long bytesRead, String sha256);
  }

  private void record(
      Offered file,
      long size,
      String sha256,
      String object,
      long offset,
      EarlierFiles.Version replaces)
      throws IOException {
    byte[] line =
        new IndexEntry(
                file.path(), file.modifiedMillis(), size, sha256, object, offset, file.version())
            .line()
            .getBytes(StandardCharsets.UTF_8);
    if (index == null) {
      index = new BufferedOutputStream(store.create(folder + "/" + Manifest.INDEX), BUFFER);
    }
    index.write(line);
    extendSplit(object, offset, size, line.length);
    splitIndex.update(line);
    indexBytes += line.length;
    files++;
    bytes += size;
    update(content, file.path());
    update(content, sha256);
    update(identity, file.path());
    update(identity, sha256);
    update(identity, replaces == null ? "" : replaces.deliveryId());
  }

  private void extendSplit(String object, long offset, long size, int indexLength) {
    boolean fits =
        split != null
            && split.object().equals(object)
            && split.files() < limits.splitFiles()
            && split.length() + size <= limits.split();
    if (!fits) {
      closeSplit();
      split = new Manifest.Split(object, offset, 0, indexBytes, 0, 0);
    }
    split =
        new Manifest.Split(
            object,
            split.offset(),
            split.length() + size,
            split.indexOffset(),
            split.indexLength() + indexLength,
            split.files() + 1);
  }

  private void closeSplit() {
    if (split != null) {
      splits.add(split.indexed(Sha256.hex(splitIndex)));
      split = null;
    }
  }

  /** Completes the delivery; empty when no file was added. */
  Optional<Manifest> finish() throws IOException {
    if (files == 0) {
      return Optional.empty();
    }
    closeBundle();
    closeSplit();
    index.close();
    Manifest manifest =
        new Manifest(
            Sha256.hex(identity).substring(0, 20),
            feed.publisher().id(),
            feed.name(),
            feed.dataset(),
            businessDate,
            receivedAt,
            turn,
            folder,
            files,
            bytes,
            Sha256.hex(content),
            indexBytes,
            List.copyOf(splits));
    Deliveries.mark(store, folder);
    try (OutputStream out = store.create(folder + "/" + Manifest.NAME)) {
      out.write(manifest.toJson());
    }
    return Optional.of(manifest);
  }

  private void closeBundle() throws IOException {
    if (bundle != null) {
      bundle.close();
      bundle = null;
    }
  }

  private static void update(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
