package vn.tnmt.lakehouse.core.lake;

import vn.tnmt.lakehouse.core.config.Credentials;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.local.LocalServices;
import vn.tnmt.lakehouse.core.store.ObjectStore;

/** The object store alone, for work that needs neither catalogue nor Spark. */
public final class OpenStore implements AutoCloseable {
  private final LocalServices services;
  private final ObjectStore store;

  private OpenStore(LocalServices services, ObjectStore store) {
    this.services = services;
    this.store = store;
  }

  public static OpenStore open(Home home, Settings settings) {
    HomeLog.open(home);
    LocalServices services = LocalServices.startStore(settings, Credentials.of(settings));
    try {
      return new OpenStore(services, ObjectStore.open(services.store()));
    } catch (RuntimeException e) {
      services.close();
      throw e;
    }
  }

  public ObjectStore store() {
    return store;
  }

  @Override
  public void close() {
    store.close();
    services.close();
  }
}
