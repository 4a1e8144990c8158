package vn.tnmt.lakehouse.orchestration.demo;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The demo's ledger of truth: what the platform must find, counted by the generator from what it
 * planted and never by running the platform.
 */
public final class Expectations {
  /**
   * One delivery.
   *
   * @param publisher for example {@code snnmt-ha_noi}
   * @param feed the feed's id without its publisher, for example {@code observation}
   * @param night 1 or 2: the run that takes the delivery
   */
  public record Key(String publisher, String feed, int night) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byNight = Integer.compare(night, other.night);
      int byPublisher = publisher.compareTo(other.publisher);
      return byNight != 0 ? byNight : byPublisher != 0 ? byPublisher : feed.compareTo(other.feed);
    }
  }

  /** Counts of one delivery: files, records by outcome, and records by blocking rule. */
  public static final class Counts {
    private long files;
    private long accepted;
    private long quarantined;
    private long duplicate;
    private long superseded;
    private long replaced;
    private final SortedMap<String, Long> blockedBy = new TreeMap<>();

    public long files() {
      return files;
    }

    /** Records of the delivery: the sum of the four outcomes. */
    public long received() {
      return accepted + quarantined + duplicate + superseded;
    }

    public long accepted() {
      return accepted;
    }

    public long quarantined() {
      return quarantined;
    }

    public long duplicate() {
      return duplicate;
    }

    public long superseded() {
      return superseded;
    }

    /** Rows of earlier deliveries that this delivery overwrote; counted in accepted too. */
    public long replaced() {
      return replaced;
    }

    /** Blocking rule → records that break it; a record may break several. */
    public SortedMap<String, Long> blockedBy() {
      return Collections.unmodifiableSortedMap(blockedBy);
    }

    private void add(DemoFile file) {
      files++;
      for (Fate fate : file.fates()) {
        switch (fate.outcome()) {
          case ACCEPTED -> accepted++;
          case REPLACING -> {
            accepted++;
            replaced++;
          }
          case DUPLICATE -> duplicate++;
          case SUPERSEDED -> superseded++;
          case QUARANTINED -> quarantined++;
        }
        fate.rules().forEach(rule -> blockedBy.merge(rule, 1L, Long::sum));
      }
    }

    @Override
    public String toString() {
      return "files %d, received %d, accepted %d, quarantined %d %s, duplicate %d, superseded %d, replaced %d"
          .formatted(
              files, received(), accepted, quarantined, blockedBy, duplicate, superseded, replaced);
    }
  }

  private final SortedMap<Key, Counts> deliveries = new TreeMap<>();

  static Expectations of(Stream<DemoFile> files) {
    Expectations all = new Expectations();
    files
        .filter(DemoFile::isNew)
        .forEach(
            f ->
                all.deliveries
                    .computeIfAbsent(new Key(f.publisher(), f.feed(), f.night()), k -> new Counts())
                    .add(f));
    return all;
  }

  /** Every delivery of both nights; a feed that brings nothing new in a night has none. */
  public SortedMap<Key, Counts> deliveries() {
    return Collections.unmodifiableSortedMap(deliveries);
  }

  /** Counts of all deliveries of a night together. */
  public Collection<Counts> night(int night) {
    return deliveries.entrySet().stream()
        .filter(e -> e.getKey().night() == night)
        .map(Map.Entry::getValue)
        .toList();
  }
}
