package vn.tnmt.lakehouse.ingestion.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.store.ObjectStore;
import vn.tnmt.lakehouse.core.store.StoreAccess;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.gate.Fingerprint;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Contract;

/** Looks at deliveries in landing before they are loaded, in Spark tasks side by side. */
public final class LandedSamples {
  private LandedSamples() {}

  /** A delivery to look at. */
  public record Look(Feed feed, Contract contract, Manifest manifest) implements Serializable {}

  /**
   * Their fingerprints, by landing folder; that of a delivery which lacks objects, or whose index
   * is damaged, is missing.
   *
   * @throws TnmtException {@code TNMT-3002} when the store does not answer
   */
  public static Map<String, Fingerprint> fingerprints(Lakehouse lake, List<Look> looks) {
    if (looks.isEmpty()) {
      return Map.of();
    }
    StoreAccess store = lake.access().store();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(lake.spark().sparkContext());
    int tasks = Math.min(looks.size(), 4 * context.defaultParallelism());
    // The looks travel in the closure and the answers as text: Kryo knows no records.
    List<Look> all = new ArrayList<>(looks);
    List<String> found =
        context
            .parallelize(IntStream.range(0, all.size()).boxed().toList(), tasks)
            .map(i -> fingerprint(store, all.get(i)).map(Fingerprint::toJson).orElse(""))
            .collect();
    Map<String, Fingerprint> fingerprints = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      if (!found.get(i).isEmpty()) {
        fingerprints.put(all.get(i).manifest.landing(), Fingerprint.read(found.get(i)));
      }
    }
    return fingerprints;
  }

  /** The load looks at every byte and says what is damaged. */
  private static Optional<Fingerprint> fingerprint(StoreAccess store, Look look) {
    try {
      return Optional.of(
          LandedSample.fingerprint(
              new Deliveries(LandingStore.of(ObjectStore.shared(store))),
              look.feed,
              look.contract,
              CodeLists.bundled(),
              look.manifest));
    } catch (TnmtException e) {
      if (e.code() == ErrorCode.OBJECT_MISSING || e.code() == ErrorCode.DELIVERY_DAMAGED) {
        return Optional.empty();
      }
      throw e;
    } catch (EOFException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.STORE_FAILED, "delivery not read", look.manifest.landing(), "run again", e);
    }
  }
}
