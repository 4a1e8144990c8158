package vn.tnmt.lakehouse.core.local;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcClientPool;
import org.apache.iceberg.jdbc.UncheckedInterruptedException;
import org.apache.iceberg.jdbc.UncheckedSQLException;

/**
 * Where the metadata of a table is, asked of the database alone: JdbcCatalog tells it only with the
 * metadata read.
 */
final class TableLocations {
  /** Of Iceberg's JdbcCatalog, whose tables these are. */
  private static final String SELECT =
      "SELECT metadata_location FROM iceberg_tables"
          + " WHERE catalog_name = ? AND table_namespace = ? AND table_name = ?";

  private final JdbcClientPool connections;

  TableLocations(JdbcClientPool connections) {
    this.connections = connections;
  }

  /** The metadata file that the table has now; empty where there is no such table. */
  Optional<String> of(TableIdentifier table) {
    try {
      return connections.run(
          connection -> {
            try (PreparedStatement select = connection.prepareStatement(SELECT)) {
              select.setString(1, CatalogueServer.CATALOGUE);
              select.setString(2, table.namespace().toString());
              select.setString(3, table.name());
              try (ResultSet found = select.executeQuery()) {
                return found.next() ? Optional.ofNullable(found.getString(1)) : Optional.empty();
              }
            }
          });
    } catch (SQLException e) {
      throw new UncheckedSQLException(e, "%s", table);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedInterruptedException(e, "Interrupted while %s was looked for", table);
    }
  }
}
