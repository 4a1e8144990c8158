package vn.tnmt.lakehouse.core.local;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.config.Credentials;
import vn.tnmt.lakehouse.core.config.SettingKey;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.store.StoreAccess;
import vn.tnmt.lakehouse.core.store.StoreFaults;

/**
 * The services that the settings want inside this process, and where everything is found. Both
 * start at the same time; nothing of them outlives the process. Where {@code tnmt up} keeps them
 * running already, its are used.
 */
public final class LocalServices implements AutoCloseable {
  private final Optional<EmbeddedS3> s3;
  private final Optional<CatalogueServer> catalogue;
  private final StoreAccess store;
  private final String catalogueUri;

  private LocalServices(
      Optional<EmbeddedS3> s3,
      Optional<CatalogueServer> catalogue,
      StoreAccess store,
      String catalogueUri) {
    this.s3 = s3;
    this.catalogue = catalogue;
    this.store = store;
    this.catalogueUri = catalogueUri;
  }

  /** Those that run already, or new ones on any free ports. */
  public static LocalServices start(Settings settings, Credentials credentials) {
    Optional<RunningServices.Address> up = RunningServices.find(settings.home());
    if (up.isEmpty()) {
      return start(settings, credentials, 0, 0);
    }
    StoreAccess store = StoreAccess.of(settings, credentials);
    return new LocalServices(
        Optional.empty(),
        Optional.empty(),
        embedded(settings, SettingKey.STORE_KIND) ? running(settings, store, up.get()) : store,
        embedded(settings, SettingKey.CATALOGUE_KIND)
            ? up.get().catalogue()
            : settings.text(SettingKey.CATALOGUE_URI));
  }

  /** The object store only, for work that asks no catalogue. */
  public static LocalServices startStore(Settings settings, Credentials credentials) {
    StoreAccess store = StoreAccess.of(settings, credentials);
    if (!embedded(settings, SettingKey.STORE_KIND)) {
      return new LocalServices(Optional.empty(), Optional.empty(), store, "");
    }
    Optional<RunningServices.Address> up = RunningServices.find(settings.home());
    if (up.isPresent()) {
      return new LocalServices(
          Optional.empty(), Optional.empty(), running(settings, store, up.get()), "");
    }
    EmbeddedS3 s3 = EmbeddedS3.start(settings.home(), credentials, store.bucket(), 0);
    return new LocalServices(Optional.of(s3), Optional.empty(), store.at(s3.endpoint()), "");
  }

  private static StoreAccess running(
      Settings settings, StoreAccess store, RunningServices.Address up) {
    StoreFaults.keepsIn(settings.home().resolve(EmbeddedS3.FOLDER));
    return store.at(URI.create(up.store()));
  }

  private static boolean embedded(Settings settings, SettingKey kind) {
    return settings.text(kind).equals("embedded");
  }

  /** On given ports, as {@code tnmt up} does; 0 for any free port. */
  public static LocalServices start(
      Settings settings, Credentials credentials, int s3Port, int cataloguePort) {
    StoreAccess configured = StoreAccess.of(settings, credentials);
    boolean embeddedStore = embedded(settings, SettingKey.STORE_KIND);
    boolean embeddedCatalogue = embedded(settings, SettingKey.CATALOGUE_KIND);

    CompletableFuture<Optional<EmbeddedS3>> s3 =
        embeddedStore
            ? CompletableFuture.supplyAsync(
                () ->
                    Optional.of(
                        EmbeddedS3.start(
                            settings.home(), credentials, configured.bucket(), s3Port)))
            : CompletableFuture.completedFuture(Optional.empty());
    CompletableFuture<StoreAccess> store =
        s3.thenApply(started -> started.map(it -> configured.at(it.endpoint())).orElse(configured));
    Optional<CatalogueServer> catalogue = Optional.empty();
    try {
      if (embeddedCatalogue) {
        catalogue = Optional.of(CatalogueServer.start(settings, credentials, store, cataloguePort));
        // A store that failed to start is reported as itself, not as the catalogue's failure.
        store.join();
        catalogue.get().awaitReady();
      }
      String uri =
          catalogue
              .map(it -> it.uri().toString())
              .orElseGet(() -> settings.text(SettingKey.CATALOGUE_URI));
      return new LocalServices(s3.join(), catalogue, store.join(), uri);
    } catch (CompletionException | TnmtException e) {
      catalogue.ifPresent(CatalogueServer::close);
      // it may still be starting
      CompletableFuture<Void> unused =
          s3.thenAccept(started -> started.ifPresent(EmbeddedS3::close));
      if (e instanceof CompletionException && e.getCause() instanceof TnmtException known) {
        throw known;
      }
      throw e;
    }
  }

  public StoreAccess store() {
    return store;
  }

  public String catalogueUri() {
    return catalogueUri;
  }

  @Override
  public void close() {
    catalogue.ifPresent(CatalogueServer::close);
    s3.ifPresent(EmbeddedS3::close);
  }
}
