package vn.tnmt.lakehouse.core.local;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import vn.tnmt.lakehouse.core.config.Credentials;
import vn.tnmt.lakehouse.core.config.SettingKey;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.error.TnmtException;
import vn.tnmt.lakehouse.core.store.StoreAccess;

/**
 * The services that the settings want inside this process, and where everything is found. Both
 * start at the same time; nothing of them outlives the process.
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

  /** On any free ports. */
  public static LocalServices start(Settings settings, Credentials credentials) {
    return start(settings, credentials, 0, 0);
  }

  /** On given ports, as {@code tnmt up} does; 0 for any free port. */
  public static LocalServices start(
      Settings settings, Credentials credentials, int s3Port, int cataloguePort) {
    StoreAccess configured = StoreAccess.of(settings, credentials);
    boolean embeddedStore = settings.text(SettingKey.STORE_KIND).equals("embedded");
    boolean embeddedCatalogue = settings.text(SettingKey.CATALOGUE_KIND).equals("embedded");

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
