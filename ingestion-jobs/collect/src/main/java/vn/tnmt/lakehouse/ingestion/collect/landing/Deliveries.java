package vn.tnmt.lakehouse.ingestion.collect.landing;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.store.StoreFaults;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;

/** Reads the deliveries in landing. */
public final class Deliveries {
  private static final String ROOT = "landing/";
  private static final Pattern NIGHT = Pattern.compile("\\d{4}-\\d{2}-\\d{2}/");
  private static final Pattern KEY = Pattern.compile("(\\d{2,9})/[^/]+");

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
   * As {@link #list(FeedId, LocalDate)}, reading only the manifests of folders that are wanted.
   *
   * @param to last business date
   */
  public List<Manifest> list(
      FeedId feed, LocalDate from, LocalDate to, Predicate<String> wantedFolder) {
    Map<String, List<String>> folders = folders(feed, from);
    folders.keySet().removeIf(folder -> !wantedFolder.test(folder));
    return complete(folders).stream().filter(m -> !m.businessDate().isAfter(to)).toList();
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
   *     when the bytes in landing are not those received
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
    Map<String, List<String>> folders = new TreeMap<>();
    // Nights before the window are named, but never looked into: the work does not grow with them.
    for (String night : store.children(prefix)) {
      if (NIGHT.matcher(night).matches() && !day(night).isBefore(from)) {
        addFolders(prefix + night, folders);
      }
    }
    return folders;
  }

  private void addFolders(String night, Map<String, List<String>> folders) {
    for (Iterator<String> keys = store.keys(night); keys.hasNext(); ) {
      String key = keys.next();
      Matcher parts = KEY.matcher(key.substring(night.length()));
      if (parts.matches()) {
        folders.computeIfAbsent(night + parts.group(1), folder -> new ArrayList<>()).add(key);
      }
    }
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
            .filter(name -> day(name).isBefore(date))
            .sorted(Comparator.reverseOrder())
            .toList();
    for (String night : nights) {
      Map<String, List<String>> folders = new TreeMap<>();
      addFolders(prefix + night, folders);
      List<Manifest> complete = complete(folders);
      if (!complete.isEmpty()) {
        return complete;
      }
    }
    return List.of();
  }

  private static LocalDate day(String night) {
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
