package vn.tnmt.lakehouse.core.lake;

import java.util.Optional;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.RESTException;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.cluster.ClusterFaults;
import vn.tnmt.lakehouse.core.store.StoreFaults;

/**
 * What fails around the platform (disk, store, catalogue, cluster), told with a code and what to
 * do.
 */
public final class Faults {
  private Faults() {}

  /** The coded error for a failure, wherever among its causes; empty when it is a fault of ours. */
  public static Optional<TnmtException> of(Throwable failure) {
    return StoreFaults.disk(failure)
        .or(() -> CatalogueFaults.of(failure))
        .or(() -> StoreFaults.of(failure))
        .or(() -> ClusterFaults.of(failure))
        .or(() -> catalogue(failure));
  }

  /** A line for a person: the coded error, else what the failure says itself. */
  public static String told(Throwable failure) {
    return of(failure)
        .map(TnmtException::getMessage)
        .orElseGet(() -> String.valueOf(failure.getMessage()).lines().findFirst().orElse(""));
  }

  private static Optional<TnmtException> catalogue(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RESTException || cause instanceof CommitStateUnknownException) {
        return Optional.of(
            TnmtException.of(
                ErrorCode.CATALOGUE_UNREACHABLE,
                "danh mục không trả lời được / the catalogue does not answer",
                "",
                "kiểm tra danh mục / see to the catalogue (./tnmt up, catalogue.uri), then run again:"
                    + " it carries on",
                failure));
      }
    }
    return Optional.empty();
  }
}
