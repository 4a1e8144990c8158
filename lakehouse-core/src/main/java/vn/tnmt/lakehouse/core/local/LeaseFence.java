package vn.tnmt.lakehouse.core.local;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.jdbc.JdbcClientPool;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.core.lease.LeaseRegister;
import vn.tnmt.lakehouse.core.lease.LeaseState;

/**
 * Keeps late holders of the lake's lease out: a request that bears a number lower than the lease's
 * changes nothing. It is looked at twice: when the request comes, to say so in words, and in the
 * very statement that would commit it, because a process may stand still for hours between the two.
 * What bears no number is free, as are tables of one's own; {@link MainGuard} looks at it.
 */
public final class LeaseFence {
  /** The number of the lease under which a request is made. */
  public static final String HEADER = "X-TNMT-Epoch";

  private static final ThreadLocal<Long> EPOCH = new ThreadLocal<>();

  private LeaseFence() {}

  /**
   * Does what a request asks for.
   *
   * @param header what it bears; empty for none
   * @throws ForbiddenException with {@code TNMT-6009}
   */
  static <T> T pass(Catalog catalogue, Optional<String> header, Change<T> change)
      throws IOException {
    if (header.isEmpty()) {
      return change.carryOut();
    }
    long epoch = number(header.get());
    Optional<LeaseState> lease = LeaseRegister.of(catalogue).state();
    if (lease.filter(now -> now.epoch() > epoch).isPresent()) {
      throw new ForbiddenException(
          "%s lệnh này đã mất quyền ghi hồ / this command has lost the lake's lease, now or last had"
              + " by %s (epoch %s): chạy lại / run it again",
          ErrorCode.LEASE_LOST.id(), lease.get().holder(), epoch);
    }
    EPOCH.set(epoch);
    try {
      return change.carryOut();
    } finally {
      EPOCH.remove();
    }
  }

  /** What a request asks for. */
  interface Change<T> {
    T carryOut() throws IOException;
  }

  private static long number(String header) {
    try {
      return Long.parseLong(header);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(HEADER + " is no number", e);
    }
  }

  /** Connections to the catalogue's database whose commits look at the lease themselves. */
  static final class Connections extends JdbcClientPool {
    private final String catalogue;

    Connections(String catalogue, Map<String, String> properties) {
      super(properties.get("uri"), properties);
      this.catalogue = catalogue;
    }

    @Override
    protected Connection newClient() {
      Connection connection = super.newClient();
      return (Connection)
          Proxy.newProxyInstance(
              Connection.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("prepareStatement")) {
                  arguments[0] = fenced((String) arguments[0]);
                }
                try {
                  return method.invoke(connection, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    /** Iceberg's statements that change a table all end in their condition. */
    private String fenced(String sql) {
      Long epoch = EPOCH.get();
      boolean changes =
          sql.startsWith("UPDATE iceberg_tables ") || sql.startsWith("DELETE FROM iceberg_tables ");
      return epoch == null || !changes ? sql : sql + LeaseRegister.sqlUnlessAbove(catalogue, epoch);
    }
  }
}
