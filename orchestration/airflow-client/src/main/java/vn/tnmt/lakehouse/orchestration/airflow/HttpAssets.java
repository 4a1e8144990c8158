package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Assets over HTTP; datasets in 2.x. */
record HttpAssets(Transport transport) implements Assets {
  @Override
  public Stream<Asset> list() {
    return listing(null);
  }

  private Stream<Asset> listing(@Nullable String uri) {
    return Pages.of(
        transport,
        () -> transport.call(Route.ASSETS).query("uri_pattern", uri),
        switch (transport.version()) {
          case V1 -> "datasets";
          case V2 -> "assets";
        },
        Asset.class);
  }

  @Override
  public Asset get(long id) {
    return transport.get(transport.call(Route.ASSET).at(id), Asset.class);
  }

  /** The server's pattern finds more than this: it is a part, in any case. */
  @Override
  public Optional<Asset> byUri(String uri) {
    return listing(uri).filter(asset -> uri.equals(asset.uri())).findFirst();
  }

  @Override
  public Stream<AssetEvent> events(AssetEventQuery query) {
    boolean isV1 = transport.version() == ApiVersion.V1;
    return Pages.of(
        transport,
        () ->
            transport
                .call(Route.ASSET_EVENTS)
                .query(isV1 ? "dataset_id" : "asset_id", query.assetId())
                .query("source_dag_id", query.sourceDagId())
                .query("source_task_id", query.sourceTaskId())
                .query("source_run_id", query.sourceRunId()),
        isV1 ? "dataset_events" : "asset_events",
        AssetEvent.class);
  }

  @Override
  public AssetEvent createEvent(Asset asset, Map<String, ?> extra) {
    Call call = transport.call(Route.CREATE_ASSET_EVENT);
    ObjectNode body = Json.object();
    switch (call.version()) {
      case V1 -> body.put("dataset_uri", asset.uri());
      case V2 -> body.put("asset_id", asset.id());
    }
    body.set("extra", Json.object(extra));
    return transport.get(call.body(body), AssetEvent.class);
  }
}
