package vn.tnmt.lakehouse.core.lease;

import java.time.DateTimeException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/**
 * The one place where a lake's lease stands, changed by compare-and-swap: version <i>n</i> is the
 * namespace {@code tnmt_lease_<n>} of the catalogue, and who creates version <i>n + 1</i> has
 * changed it. Every catalogue creates a namespace once, whoever asks at the same time; none offers
 * more for properties. The one with the highest number counts; those below it are dropped.
 */
public final class LeaseRegister {
  static final String PREFIX = "tnmt_lease_";

  private static final Pattern NAME = Pattern.compile(PREFIX + "\\d{10}");
  private static final String ATTEMPT = "attempt";
  private static final String RENEWALS = "renewals";

  private final SupportsNamespaces catalogue;

  private LeaseRegister(SupportsNamespaces catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * One version.
   *
   * @param attempt made at random by who wrote it
   * @param renewals how often its holder has renewed it
   */
  record Entry(long version, LeaseState state, String attempt, String renewals) {}

  /** The register of a catalogue. */
  public static LeaseRegister of(Catalog catalogue) {
    return new LeaseRegister((SupportsNamespaces) catalogue);
  }

  /** Whether a namespace is the register's: it never has tables, and goes at any time. */
  public static boolean owns(Namespace namespace) {
    return namespace.length() == 1 && NAME.matcher(namespace.level(0)).matches();
  }

  /**
   * A further condition of a statement on the database of Iceberg's JDBC catalogue: nobody has had
   * a lease with a higher number.
   *
   * @param catalogue its name in the database; trusted
   */
  public static String sqlUnlessAbove(String catalogue, long epoch) {
    return (" AND NOT EXISTS (SELECT 1 FROM iceberg_namespace_properties l"
            + " WHERE l.catalog_name = '%s' AND l.namespace LIKE '%s%%'"
            + " AND l.property_key = '%s' AND l.property_value > '%s')")
        .formatted(catalogue, PREFIX, LeaseState.EPOCH, LeaseState.sortable(epoch));
  }

  /** What stands now; empty before the first lease. */
  public Optional<LeaseState> state() {
    return read().map(Entry::state);
  }

  Optional<Entry> read() {
    while (true) {
      List<Namespace> versions = versions();
      if (versions.isEmpty()) {
        return Optional.empty();
      }
      Namespace last = versions.get(versions.size() - 1);
      try {
        return Optional.of(entry(last, catalogue.loadNamespaceMetadata(last)));
      } catch (NoSuchNamespaceException e) {
        // replaced meanwhile
      }
    }
  }

  /**
   * Writes the next version, if nobody else has since {@code seen}.
   *
   * @return what was written; empty when somebody was faster
   */
  Optional<Entry> replace(@Nullable Entry seen, LeaseState next) {
    long version = seen == null ? 1 : seen.version() + 1;
    String attempt = UUID.randomUUID().toString();
    Map<String, String> properties = next.properties();
    properties.put(ATTEMPT, attempt);
    RuntimeException unknown = null;
    try {
      catalogue.createNamespace(name(version), properties);
    } catch (AlreadyExistsException e) {
      // by somebody else, or by this call before its answer was lost and it was sent again
    } catch (RuntimeException e) {
      unknown = e; // a database that meets two at once may answer with anything
    }
    Optional<Entry> now = read();
    if (now.filter(it -> it.attempt().equals(attempt)).isPresent()) {
      dropBelow(version);
      return now;
    }
    if (unknown != null && now.map(Entry::version).orElse(0L) < version) {
      throw unknown;
    }
    withdraw(version, attempt);
    return Optional.empty();
  }

  /**
   * Shows others that the holder lives.
   *
   * @return whether the version still stands
   */
  boolean renew(Entry mine, long renewals) {
    try {
      catalogue.setProperties(
          name(mine.version()), new HashMap<>(Map.of(RENEWALS, Long.toString(renewals))));
      return read().filter(now -> now.attempt().equals(mine.attempt())).isPresent();
    } catch (NoSuchNamespaceException e) {
      return false;
    }
  }

  /** A version far behind, whose place was free again because it had been dropped. */
  private void withdraw(long version, String attempt) {
    try {
      if (attempt.equals(catalogue.loadNamespaceMetadata(name(version)).get(ATTEMPT))) {
        catalogue.dropNamespace(name(version));
      }
    } catch (NoSuchNamespaceException e) {
      // dropped by whoever went on
    }
  }

  private void dropBelow(long version) {
    for (Namespace namespace : versions()) {
      if (number(namespace) < version) {
        try {
          catalogue.dropNamespace(namespace);
        } catch (NoSuchNamespaceException | NamespaceNotEmptyException e) {
          // somebody else's work either way
        }
      }
    }
  }

  private List<Namespace> versions() {
    return catalogue.listNamespaces().stream()
        .filter(LeaseRegister::owns)
        .sorted(Comparator.comparing(Namespace::toString))
        .toList();
  }

  private static Entry entry(Namespace namespace, Map<String, String> properties) {
    try {
      return new Entry(
          number(namespace),
          LeaseState.of(properties),
          properties.getOrDefault(ATTEMPT, ""),
          properties.getOrDefault(RENEWALS, "0"));
    } catch (NumberFormatException | DateTimeException e) {
      throw TnmtException.of(
          ErrorCode.PAST_BROKEN,
          "không đọc được quyền ghi hồ / the lake's lease cannot be read",
          namespace.toString(),
          "khi không lệnh nào chạy, xoá nó trong danh mục / with no command running anywhere, drop"
              + " this namespace in the catalogue",
          e);
    }
  }

  private static Namespace name(long version) {
    return Namespace.of(PREFIX + LeaseState.sortable(version));
  }

  private static long number(Namespace namespace) {
    return Long.parseLong(namespace.level(0).substring(PREFIX.length()));
  }
}
