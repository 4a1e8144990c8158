package vn.tnmt.lakehouse.ingestion.feed;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.feed.GatePolicy.Response;
import vn.tnmt.lakehouse.ingestion.feed.GatePolicy.SnapshotLimits;

/** {@code gate:} of a feed. */
final class GateParser {
  private static final Set<FindingKind> OF_SNAPSHOTS =
      Set.of(FindingKind.ADDED, FindingKind.CHANGED, FindingKind.REMOVED);
  private static final Set<String> KINDS =
      Stream.of(FindingKind.values())
          .filter(kind -> !OF_SNAPSHOTS.contains(kind) && kind != FindingKind.DAMAGED)
          .map(FindingKind::yamlName)
          .collect(Collectors.toUnmodifiableSet());
  private static final Set<String> RESPONSES = Set.of("off", "warn", "hold", "block");

  private GateParser() {}

  static GatePolicy gate(YamlNode node) {
    if (node.isScalar()) {
      return new GatePolicy(response(node), Map.of(), null);
    }
    node.only(
        Stream.concat(KINDS.stream(), Stream.of("otherwise", "snapshot"))
            .collect(Collectors.toSet()));
    Map<FindingKind, Response> responses = new EnumMap<>(FindingKind.class);
    for (FindingKind kind : FindingKind.values()) {
      node.find(kind.yamlName()).ifPresent(value -> responses.put(kind, response(value)));
    }
    SnapshotLimits snapshot = node.find("snapshot").map(GateParser::snapshot).orElse(null);
    if (snapshot != null) {
      OF_SNAPSHOTS.forEach(kind -> responses.put(kind, Response.HOLD));
    }
    return new GatePolicy(
        node.find("otherwise").map(GateParser::response).orElse(Response.WARN),
        responses,
        snapshot);
  }

  private static Response response(YamlNode node) {
    return Response.valueOf(node.choice(RESPONSES).toUpperCase(Locale.ROOT));
  }

  private static SnapshotLimits snapshot(YamlNode node) {
    node.only(Set.of("added", "changed", "removed"));
    return new SnapshotLimits(
        share(node, "added", 1), share(node, "changed", 1), share(node, "removed", 0.1));
  }

  /** {@code 0.05} or {@code 5%}. */
  private static double share(YamlNode node, String key, double otherwise) {
    return node.find(key)
        .map(
            value ->
                value.understood(
                    text -> {
                      double share =
                          text.endsWith("%")
                              ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100
                              : Double.parseDouble(text);
                      if (!(share >= 0 && share <= 1)) {
                        throw new IllegalArgumentException("0 to 1, or 0% to 100%");
                      }
                      return share;
                    }))
        .orElse(otherwise);
  }
}
