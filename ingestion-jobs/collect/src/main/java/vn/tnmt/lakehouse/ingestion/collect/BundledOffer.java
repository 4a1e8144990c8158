package vn.tnmt.lakehouse.ingestion.collect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.collect.landing.EarlierFiles;
import vn.tnmt.lakehouse.ingestion.collect.landing.Sha256;
import vn.tnmt.lakehouse.ingestion.collect.offer.Offer;
import vn.tnmt.lakehouse.ingestion.collect.offer.Offered;
import vn.tnmt.lakehouse.ingestion.collect.offer.Tally;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.format.FileParts;
import vn.tnmt.lakehouse.ingestion.reader.SystemFiles;
import vn.tnmt.lakehouse.ingestion.reader.zip.PartsZip;

/**
 * Offers the parts of a Shapefile, or of a table and its memo file, as one file: a zip of them
 * under the name of the .shp or .dbf. So a change of any part brings all of them, whatever the
 * transport; and a part without its main file is offered as it is.
 */
final class BundledOffer implements Offer {
  /** Search indices beside the parts: made from them, not data. */
  private static final Set<String> INDICES =
      Set.of("sbn", "sbx", "qix", "fbn", "fbx", "ain", "aih", "atx", "ixs", "mxs", "cdx", "mdx");

  private final Offer offer;
  private final Tally tally;
  private final FileParts format;
  private final Deque<Offered> ready = new ArrayDeque<>();
  private @Nullable Offered ahead;
  private boolean exhausted;

  private BundledOffer(Offer offer, Tally tally, FileParts format) {
    this.offer = offer;
    this.tally = tally;
    this.format = format;
  }

  /** The offer itself for formats whose files have no parts. */
  static Offer of(Feed feed, Offer offer, Tally tally) {
    return feed.format()
        .parts()
        .<Offer>map(parts -> new BundledOffer(offer, tally, parts))
        .orElse(offer);
  }

  /** The parts of a bundle, and what was read of them. */
  private static final class Bundle {
    private final List<Offered> parts;
    private PartsZip zip;

    Bundle(List<Offered> parts) {
      this.parts = parts;
    }
  }

  @Override
  public Offered next(EarlierFiles earlier) throws IOException {
    while (ready.isEmpty() && !(exhausted && ahead == null)) {
      collectRun();
    }
    return ready.poll();
  }

  /**
   * Takes the files whose names are the same up to their first dot: they follow each other in any
   * order of paths, and no part of theirs is elsewhere.
   */
  private void collectRun() throws IOException {
    Offered first = ahead == null ? further() : ahead;
    ahead = null;
    if (first == null) {
      return;
    }
    int dot = first.path().indexOf('.', first.path().lastIndexOf('/') + 1);
    if (dot < 0) {
      ready.add(first);
      return;
    }
    String prefix = first.path().substring(0, dot + 1);
    Map<String, Offered> out = new TreeMap<>();
    Map<String, List<Offered>> stems = new TreeMap<>();
    Offered file = first;
    for (; file != null && file.path().startsWith(prefix); file = further()) {
      Optional<String> stem = stem(file.path());
      if (stem.isPresent()) {
        stems.computeIfAbsent(stem.get(), key -> new ArrayList<>()).add(file);
      } else {
        out.put(file.path(), file);
      }
    }
    ahead = file;
    stems.forEach((stem, parts) -> bundle(stem, parts, out));
    ready.addAll(out.values());
  }

  private Offered further() throws IOException {
    // The transport knows the parts by other names than the ledger: it cannot ask about them.
    Offered file;
    do {
      file = exhausted ? null : offer.next(new EarlierFiles(null, List.of()));
      exhausted = file == null;
    } while (file != null && SystemFiles.is(file.path()));
    return file;
  }

  /** What stands before the extension; empty when a file is no part. */
  private Optional<String> stem(String path) {
    String small = path.toLowerCase(Locale.ROOT);
    if (format.has("shp.xml") && small.endsWith(".shp.xml")) {
      return Optional.of(path.substring(0, path.length() - ".shp.xml".length()));
    }
    int dot = path.lastIndexOf('.');
    String extension = small.substring(dot + 1);
    return format.has(extension) || INDICES.contains(extension)
        ? Optional.of(path.substring(0, dot))
        : Optional.empty();
  }

  private void bundle(String stem, List<Offered> all, Map<String, Offered> out) {
    List<Offered> parts =
        all.stream()
            .filter(part -> !INDICES.contains(extension(part.path())))
            .sorted((a, b) -> a.path().compareTo(b.path()))
            .toList();
    Optional<Offered> head =
        parts.stream().filter(part -> extension(part.path()).equals(format.main())).findFirst();
    boolean alone = parts.size() == 1 && format.required().isEmpty();
    if (head.isEmpty() || alone) {
      all.forEach(part -> out.put(part.path(), part));
      return;
    }
    String path = head.get().path();
    for (String required : format.required()) {
      if (parts.stream().noneMatch(part -> extension(part.path()).equals(required))) {
        tally.unstable(
            path, "chưa có tệp .%1$s đi kèm / its .%1$s is not there yet".formatted(required));
        return;
      }
    }
    long size = PartsZip.size(zipParts(parts));
    if (size > PartsZip.MAX_BYTES) {
      tally.unstable(path, "các tệp thành phần quá lớn / its parts are too large: " + stem);
      return;
    }
    long modified = parts.stream().mapToLong(Offered::modifiedNanos).max().orElse(0);
    boolean known = parts.stream().allMatch(part -> part.modifiedNanos() != 0);
    StringBuilder version = new StringBuilder();
    for (Offered part : parts) {
      version.append(part.path()).append('\t').append(part.size()).append('\t');
      version.append(part.modifiedNanos()).append('\t').append(part.version()).append('\n');
    }
    out.put(
        path,
        new Offered(
            path,
            new Bundle(parts),
            size,
            known ? modified : 0,
            Sha256.hex(version.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 20),
            false));
  }

  private static String extension(String path) {
    return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private List<PartsZip.Part> zipParts(List<Offered> parts) {
    return parts.stream()
        .map(
            part ->
                new PartsZip.Part(
                    part.path().substring(part.path().lastIndexOf('/') + 1),
                    part.size(),
                    () -> offer.open(part)))
        .toList();
  }

  @Override
  public InputStream open(Offered file) throws IOException {
    if (file.source() instanceof Bundle bundle) {
      bundle.zip = new PartsZip(zipParts(bundle.parts));
      return bundle.zip;
    }
    return offer.open(file);
  }

  @Override
  public boolean unchanged(Offered file, long bytesRead) {
    if (!(file.source() instanceof Bundle bundle)) {
      return offer.unchanged(file, bytesRead);
    }
    List<Long> read = bundle.zip.partsRead();
    for (int i = 0; i < bundle.parts.size(); i++) {
      if (i >= read.size() || !offer.unchanged(bundle.parts.get(i), read.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Offered opened(Offered file) {
    return file.source() instanceof Bundle ? file : offer.opened(file);
  }

  @Override
  public String why() {
    return offer.why();
  }

  @Override
  public void close() throws IOException {
    offer.close();
  }
}
