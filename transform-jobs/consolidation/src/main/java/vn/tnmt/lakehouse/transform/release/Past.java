package vn.tnmt.lakehouse.transform.release;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.SupportsNamespaces;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.lease.Lease;
import vn.tnmt.lakehouse.core.store.ObjectStore;

/**
 * Whether home, store and catalogue are of one lake and have the same past. Each bears the lake's
 * id and the newest release; manifests name the one before, with its hash. Who writes asks first: a
 * catalogue that has forgotten releases would make them again over those that were cited.
 */
public final class Past {
  private final Lakehouse lake;
  private final Marks marks;
  private final Manifests manifests;

  public Past(Lakehouse lake) {
    this.lake = lake;
    this.marks = new Marks(lake.home(), lake.store());
    this.manifests = new Manifests(lake.store());
  }

  /**
   * A lakehouse whose home, store and catalogue have the same past; it is closed where they have
   * not.
   *
   * @throws TnmtException as {@link #require()}
   */
  public static Lakehouse agreed(Lakehouse lake) {
    try {
      String id = new Past(lake).require();
      lake.lease().ifPresent(lease -> lease.ofLake(id));
      return lake;
    } catch (RuntimeException e) {
      lake.close();
      throw e;
    }
  }

  /**
   * Compares the three; at first use, or where one is new, gives it its mark.
   *
   * @return the lake's id
   * @throws TnmtException {@code TNMT-6006} that says who has forgotten what
   */
  public String require() {
    Optional<Mark> home = marks.ofHome();
    Optional<Mark> store = marks.ofStore();
    Optional<Mark> catalogue = Marks.ofCatalogue(catalogue());
    ManifestRef newest = manifests.ref(Manifests.NEWEST);
    String id = id(home, store, catalogue);
    boolean released = !newest.isNone();
    if (id.isEmpty()) {
      if (released) {
        new Heads(lake.catalog()).require(manifests.find(Manifests.NEWEST).orElseThrow());
      }
      id = UUID.randomUUID().toString();
    } else {
      requireStore(home, catalogue, store, newest);
      if (released) {
        requireManifests(newest);
        requireCatalogue(catalogue, newest);
      }
    }
    Mark mark = new Mark(id, newest);
    if (!Stream.of(home, store, catalogue).allMatch(Optional.of(mark)::equals)) {
      marks.set(mark, catalogue());
    }
    return id;
  }

  /**
   * Remembers the newest release in all three.
   *
   * @param lakeId empty when it is to be made
   */
  void remember(String lakeId, ManifestRef newest) {
    marks.set(
        new Mark(lakeId.isEmpty() ? UUID.randomUUID().toString() : lakeId, newest), catalogue());
  }

  /**
   * Whether a store belongs to a home, as far as can be seen without a catalogue.
   *
   * @throws TnmtException {@code TNMT-6006}
   */
  public static void require(Home home, ObjectStore store) {
    Marks marks = new Marks(home, store);
    Optional<Mark> known = marks.ofHome();
    Optional<Mark> found = marks.ofStore();
    id(known, found, Optional.empty());
    if (known.isPresent() && !known.get().newest().isNone()) {
      requireKnown(known.get().newest(), new Manifests(store), "thư mục chính / the home");
    }
  }

  /** The lake's id, as the home knows it or else the store; empty at first use. */
  public static String knownId(Home home, ObjectStore store) {
    Marks marks = new Marks(home, store);
    return marks.ofHome().or(marks::ofStore).map(Mark::lakeId).orElse("");
  }

  /** Where the lease of a lake begins whose catalogue knows of none. */
  public static Lease.Start beginning(ObjectStore store) {
    return Intent.beginning(store, Clock.systemUTC());
  }

  private SupportsNamespaces catalogue() {
    return (SupportsNamespaces) lake.catalog();
  }

  private static String id(Optional<Mark> home, Optional<Mark> store, Optional<Mark> catalogue) {
    Set<String> ids = new TreeSet<>();
    Stream.of(home, store, catalogue).flatMap(Optional::stream).forEach(m -> ids.add(m.lakeId()));
    if (ids.size() > 1) {
      throw broken(
          "thư mục chính, kho và danh mục là của các hồ khác nhau / home, store and catalogue are of"
              + " different lakes",
          "home %s, store %s, catalogue %s".formatted(text(home), text(store), text(catalogue)),
          "kiểm tra / check --home, store.*, catalogue.*: nothing was changed");
    }
    return ids.isEmpty() ? "" : ids.iterator().next();
  }

  private static String text(Optional<Mark> mark) {
    return mark.map(Mark::lakeId).orElse("∅");
  }

  /** The store has the releases that the others remember. */
  private void requireStore(
      Optional<Mark> home, Optional<Mark> catalogue, Optional<Mark> store, ManifestRef newest) {
    boolean remembered =
        Stream.of(home, catalogue).flatMap(Optional::stream).anyMatch(m -> !m.newest().isNone());
    if ((newest.isNone() && remembered) || (store.isEmpty() && !newest.isNone())) {
      throw broken(
          "kho thiếu bản kê phát hành hoặc dấu của hồ / the store lacks releases/newest.json or the"
              + " lake's mark",
          lake.access().store().toString(),
          "./tnmt repair --dry-run; a store that lost objects is restored from a backup");
    }
    home.map(Mark::newest)
        .filter(ref -> !ref.isNone())
        .ifPresent(ref -> requireKnown(ref, manifests, "thư mục chính / the home"));
  }

  private static void requireKnown(ManifestRef ref, Manifests manifests, String who) {
    if (!manifests.has(ref)) {
      throw broken(
          "%s biết bản phát hành mà kho không còn đúng như vậy / knows a release that the store does"
                  .formatted(who)
              + " not hold so",
          Manifests.key(ref.releaseId()),
          "restore the object from a backup of the store; ./tnmt repair --dry-run says what else");
    }
  }

  /** The newest manifest and the one before it are what the chain says. */
  private void requireManifests(ManifestRef newest) {
    requireKnown(newest, manifests, "releases/newest.json");
    ManifestRef before = manifests.find(Manifests.NEWEST).orElseThrow().lineage().before();
    if (!before.isNone()) {
      requireKnown(before, manifests, Manifests.key(newest.releaseId()));
    }
  }

  private void requireCatalogue(Optional<Mark> catalogue, ManifestRef newest) {
    ManifestRef known = catalogue.map(Mark::newest).orElse(ManifestRef.NONE);
    if (catalogue.isPresent() && (known.equals(newest) || isBeingFinished(known, newest))) {
      return;
    }
    if (!known.isNone()) {
      requireKnown(known, manifests, "danh mục / the catalogue");
    }
    throw broken(
        "danh mục đã quên quá khứ / the catalogue has forgotten its past: it knows "
            + known
            + ", the store holds "
            + newest,
        lake.access().uri(),
        "./tnmt repair --dry-run, then ./tnmt repair; or restore the catalogue's database");
  }

  /** Killed between the manifest and the marks: the intent still stands. */
  private boolean isBeingFinished(ManifestRef known, ManifestRef newest) {
    return manifests
        .find(new Intent(lake).key())
        .filter(intent -> intent.releaseId().equals(newest.releaseId()))
        .filter(intent -> intent.lineage().before().equals(known))
        .isPresent();
  }

  private static TnmtException broken(String what, String where, String remedy) {
    return TnmtException.of(ErrorCode.PAST_BROKEN, what, where, remedy);
  }
}
