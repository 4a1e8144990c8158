package vn.tnmt.lakehouse.ingestion.collect.landing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.store.StoreFaults;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;

/** Reads the deliveries in landing. */
public final class Deliveries {
  private static final String ROOT = "landing/";

  /** One empty object for each delivery that may not have been taken yet, named as its folder. */
  private static final String OPEN = "landing-open/";

  private static final Pattern NIGHT = Pattern.compile("\\d{4}-\\d{2}-\\d{2}/");
  private static final Pattern KEY =
      Pattern.compile("(?<folder>\\d{4}-\\d{2}-\\d{2}/\\d{2,9})/[^/]+");
  private static final Pattern FOLDER =
      Pattern.compile(ROOT + "(?<feed>[^/]+/[^/]+)/(?<night>\\d{4}-\\d{2}-\\d{2})/\\d{2,9}");

  private final LandingStore store;

  public Deliveries(LandingStore store) {
    this.store = store;
  }

  /**
   * The complete deliveries of a feed, in the order in which they were received.
   *
   * @param from first business date; {@link LocalDate#MIN} for all
   */
  public List<Manifest> list(FeedId feed, LocalDate from) {
    return complete(folders(feed, from));
  }

  /**
   * The last complete deliveries of the same feed up to a delivery's night, without itself.
   *
   * @param days how far back to look
   * @param most how many at most
   */
  public List<Manifest> before(Manifest delivery, int days, int most) {
    FeedId feed = new FeedId(delivery.publisher(), delivery.feed());
    LocalDate night = delivery.businessDate();
    Map<String, List<String>> folders = folders(feed, night.minusDays(days));
    List<String> earlier =
        folders.entrySet().stream()
            .filter(Deliveries::isComplete)
            .map(Map.Entry::getKey)
            .filter(folder -> !folder.equals(delivery.landing()))
            .filter(folder -> folder.compareTo(ROOT + feed + "/" + night + "/~") < 0)
            .toList();
    return earlier.stream()
        .skip(Math.max(0, earlier.size() - most))
        .map(this::read)
        .sorted(Manifest.ORDER)
        .toList();
  }

  /** A folder that is marked as not yet taken. */
  public record Marked(String folder, FeedId feed, LocalDate night) {}

  /**
   * Folders of deliveries that may not have been taken yet: nothing else has to be looked at to
   * find what has not, however long the history is.
   */
  public List<Marked> marked() {
    List<Marked> marked = new ArrayList<>();
    for (Iterator<String> keys = store.keysAfter(OPEN, OPEN); keys.hasNext(); ) {
      String folder = ROOT + keys.next().substring(OPEN.length());
      Matcher parts = FOLDER.matcher(folder);
      if (parts.matches()) {
        day(parts.group("night"))
            .map(night -> new Marked(folder, FeedId.parse(parts.group("feed")), night))
            .ifPresent(marked::add);
      }
    }
    return marked;
  }

  /** Empty for what looks like a day and is none: the platform never wrote it. */
  private static Optional<LocalDate> day(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Marks a delivery before it is complete, so that none is complete and unmarked. */
  public static void mark(LandingStore store, String folder) throws IOException {
    store.create(mark(folder)).close();
  }

  /** Takes the mark off a delivery that was taken for good, or cannot be taken any more. */
  public void unmark(String folder) {
    store.forget(mark(folder));
  }

  private static String mark(String folder) {
    return OPEN + folder.substring(ROOT.length());
  }

  /**
   * Marks every complete delivery that there is in landing: when the ledger of what was taken is
   * not the one by which marks were taken off. The next night unmarks what it knows.
   *
   * <p>Those whose bytes have ended cannot be taken again, whatever the ledger knows.
   *
   * @return how many had no mark
   */
  public int markAll() throws IOException {
    Set<String> marked = marked().stream().map(Marked::folder).collect(Collectors.toSet());
    String ended = "";
    int anew = 0;
    for (Iterator<String> keys = store.keysAfter(ROOT, ROOT); keys.hasNext(); ) {
      String key = keys.next();
      if (key.endsWith("/" + Ended.NAME)) { // listed before its manifest
        ended = key.substring(0, key.length() - Ended.NAME.length());
      } else if (key.endsWith("/" + Manifest.NAME) && !key.equals(ended + Manifest.NAME)) {
        String folder = key.substring(0, key.length() - Manifest.NAME.length() - 1);
        if (marked.add(folder)) {
          mark(store, folder);
          anew++;
        }
      }
    }
    return anew;
  }

  /** That the bytes of a folder's delivery are no longer kept, and why. */
  public Optional<Ended> ended(String folder) {
    String key = folder + "/" + Ended.NAME;
    try (InputStream json = store.open(key)) {
      return Optional.of(Ended.read(key, json.readAllBytes()));
    } catch (TnmtException e) {
      if (e.code() == ErrorCode.OBJECT_MISSING) {
        return Optional.empty();
      }
      throw e;
    } catch (IOException e) {
      throw StoreFaults.failed(e, key);
    }
  }

  /** Keys of the objects that hold the bytes of a folder's delivery. */
  public List<String> bytes(String folder) {
    List<String> keys = new ArrayList<>();
    store.keysAfter(folder + "/", folder + "/").forEachRemaining(keys::add);
    keys.removeIf(
        key ->
            Set.of(Manifest.NAME, Manifest.INDEX, Ended.NAME)
                .contains(key.substring(folder.length() + 1)));
    return keys;
  }

  /**
   * Ends the bytes of a delivery: what was said first of its end stands, then the objects go. May
   * be repeated.
   *
   * @return how many objects were there
   */
  public int end(String folder, Ended fact) {
    List<String> bytes = bytes(folder);
    if (ended(folder).isEmpty()) {
      String key = folder + "/" + Ended.NAME;
      try (OutputStream out = store.create(key)) {
        out.write(fact.toJson());
      } catch (IOException e) {
        throw StoreFaults.failed(e, key);
      }
    }
    bytes.forEach(store::forget);
    return bytes.size();
  }

  /** The manifest of a folder, if its delivery is complete. */
  public Optional<Manifest> find(String folder) {
    try {
      return Optional.of(read(folder));
    } catch (TnmtException e) {
      if (e.code() == ErrorCode.OBJECT_MISSING) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whether a feed has a complete delivery of a night. */
  public boolean has(FeedId feed, LocalDate businessDate) {
    String night = ROOT + feed + "/" + businessDate + "/";
    return store.children(night).stream()
        .anyMatch(folder -> store.children(night + folder).contains(Manifest.NAME));
  }

  /** The manifest of a delivery's folder. */
  public Manifest read(String landing) {
    String key = landing + "/" + Manifest.NAME;
    try (InputStream json = store.open(key)) {
      return Manifest.read(key, json.readAllBytes());
    } catch (IOException e) {
      throw StoreFaults.failed(e, key);
    }
  }

  /** The index line of one file of a delivery. */
  public Optional<IndexEntry> find(Manifest delivery, String path) {
    IndexReader index = index(delivery, 0, delivery.indexBytes());
    for (IndexEntry entry = index.next(); entry != null; entry = index.next()) {
      int order = entry.path().compareTo(path);
      if (order >= 0) {
        return order == 0 ? Optional.of(entry) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /**
   * A file of a delivery as the publisher sent it, byte for byte.
   *
   * @throws TnmtException {@code TNMT-1004} when the delivery has no such file, {@code TNMT-1003}
   *     when the bytes in landing are not those received, {@code TNMT-1005} when they have ended
   */
  public byte[] restore(Manifest delivery, String path) {
    IndexEntry entry =
        find(delivery, path)
            .orElseThrow(
                () ->
                    TnmtException.of(
                        ErrorCode.NOT_FOUND_IN_LEDGER,
                        "lần gửi không có tệp / the delivery has no file '" + path + "'",
                        delivery.landing(),
                        ""));
    String key = delivery.landing() + "/" + entry.object();
    byte[] bytes = bytes(key, entry);
    if (!Sha256.hex(bytes).equals(entry.sha256())) {
      throw TnmtException.of(
          ErrorCode.DELIVERY_DAMAGED,
          "tệp không còn như lúc nhận / the file is not as received '" + path + "'",
          key,
          "restore the object from a backup");
    }
    return bytes;
  }

  private byte[] bytes(String key, IndexEntry entry) {
    if (entry.size() == 0) {
      return new byte[0];
    }
    try (InputStream in = store.openRange(key, entry.offset(), entry.size())) {
      return in.readAllBytes();
    } catch (TnmtException e) {
      throw e.code() != ErrorCode.OBJECT_MISSING
          ? e
          : ended(key.substring(0, key.lastIndexOf('/'))).map(end -> end.error(key)).orElse(e);
    } catch (IOException e) {
      throw StoreFaults.failed(e, key);
    }
  }

  /** The index of a delivery of few files. */
  public List<IndexEntry> files(Manifest delivery) {
    IndexReader index = index(delivery, 0, delivery.indexBytes());
    List<IndexEntry> files = new ArrayList<>();
    for (IndexEntry entry = index.next(); entry != null; entry = index.next()) {
      files.add(entry);
    }
    return files;
  }

  /** The files of one split, for somebody who reads a little of them: nothing is checked. */
  public SplitReader look(Manifest delivery, Manifest.Split split) {
    return new SplitReader(store, delivery.landing(), split, 0, split.length(), false);
  }

  /** The files of one split, one after the other; what is read is checked. */
  public SplitReader open(Manifest delivery, Manifest.Split split) {
    return open(delivery, split, 0, split.length());
  }

  /**
   * The files of one split, one after the other, or a stretch of the one file of a split that has
   * cuts; what is read is checked, {@link SplitReader#damage}.
   *
   * @param from first byte, counted from the split's begin
   * @param to the byte after the last
   */
  public SplitReader open(Manifest delivery, Manifest.Split split, long from, long to) {
    return new SplitReader(store, delivery.landing(), split, from, to, true);
  }

  private IndexReader index(Manifest delivery, long offset, long length) {
    return new IndexReader(store, delivery.landing() + "/" + Manifest.INDEX, offset, length);
  }

  /**
   * Delivery folders of a feed, complete or not → their keys.
   *
   * @param from first business date
   */
  public Map<String, List<String>> folders(FeedId feed, LocalDate from) {
    String prefix = ROOT + feed + "/";
    // In the order of the keys, nights before the window come first: they are not even listed.
    return folders(prefix, from.equals(LocalDate.MIN) ? prefix : prefix + from);
  }

  private Map<String, List<String>> folders(String prefix, String after) {
    Map<String, List<String>> folders = new TreeMap<>();
    for (Iterator<String> keys = store.keysAfter(prefix, after); keys.hasNext(); ) {
      String key = keys.next();
      Matcher parts = KEY.matcher(key.substring(prefix.length()));
      if (parts.matches()) {
        folders
            .computeIfAbsent(prefix + parts.group("folder"), folder -> new ArrayList<>())
            .add(key);
      }
    }
    return folders;
  }

  /** The complete deliveries among the folders, in the order in which they were received. */
  public List<Manifest> complete(Map<String, List<String>> folders) {
    return folders.entrySet().stream()
        .filter(Deliveries::isComplete)
        .map(folder -> read(folder.getKey()))
        .sorted(Manifest.ORDER)
        .toList();
  }

  /**
   * The turn of a feed's next delivery.
   *
   * @param earlier the complete deliveries since {@code from}
   */
  public Turn nextTurn(
      FeedId feed, LocalDate businessDate, List<Manifest> earlier, LocalDate from) {
    return Turn.after(earlier.isEmpty() ? lastBefore(feed, from) : earlier, businessDate);
  }

  /** Those of the last night before a date that has any. */
  private List<Manifest> lastBefore(FeedId feed, LocalDate date) {
    String prefix = ROOT + feed + "/";
    List<String> nights =
        store.children(prefix).stream()
            .filter(name -> NIGHT.matcher(name).matches())
            .filter(name -> dayOf(name).isBefore(date))
            .sorted(Comparator.reverseOrder())
            .toList();
    for (String night : nights) {
      Map<String, List<String>> folders = folders(prefix, prefix + night);
      folders.keySet().removeIf(folder -> !folder.startsWith(prefix + night));
      List<Manifest> complete = complete(folders);
      if (!complete.isEmpty()) {
        return complete;
      }
    }
    return List.of();
  }

  private static LocalDate dayOf(String night) {
    return LocalDate.parse(night.substring(0, night.length() - 1));
  }

  /** Removes what a run that died has left of its deliveries. */
  public void sweep(Map<String, List<String>> folders) {
    folders.entrySet().stream()
        .filter(folder -> !isComplete(folder))
        .forEach(folder -> folder.getValue().forEach(store::delete));
  }

  /**
   * The folder of a feed's next delivery of a night. It is numbered, so that a run repeated after
   * it was killed ends with the same folder.
   */
  public static String nextFolder(
      Map<String, List<String>> folders, FeedId feed, LocalDate businessDate) {
    String night = ROOT + feed + "/" + businessDate + "/";
    int last =
        folders.entrySet().stream()
            .filter(folder -> isComplete(folder) && folder.getKey().startsWith(night))
            .mapToInt(folder -> Integer.parseInt(folder.getKey().substring(night.length())))
            .max()
            .orElse(0);
    return night + String.format("%02d", last + 1);
  }

  private static boolean isComplete(Map.Entry<String, List<String>> folder) {
    return folder.getValue().contains(folder.getKey() + "/" + Manifest.NAME);
  }
}
