package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request, checked against what its {@link Route} declares. */
final class Call {
  private final Route route;
  private final ApiVersion version;
  private final Endpoint endpoint;
  private final Map<String, List<String>> query = new LinkedHashMap<>();
  private final List<String> secrets = new ArrayList<>();
  private String path;
  private byte[] body;
  private String accept = "application/json";
  private int attempts = Integer.MAX_VALUE;
  private Deadline deadline;
  private Duration silence;

  private Call(Route route, ApiVersion version, Endpoint endpoint) {
    this.route = route;
    this.version = version;
    this.endpoint = endpoint;
    this.path = endpoint.path();
  }

  /**
   * @throws AirflowException.Unsupported where this version has no such operation
   */
  static Call of(Route route, ApiVersion version) {
    Endpoint endpoint = route.in(version);
    if (endpoint == null) {
      throw unsupported(route.name().toLowerCase(Locale.ROOT), version);
    }
    return new Call(route, version, endpoint);
  }

  static AirflowException unsupported(String what, ApiVersion version) {
    return new AirflowException.Unsupported(
        AirflowException.Failure.of(
            version.prefix(), "this version of the API does not have: " + what));
  }

  /** Fills in the next placeholder of the path. */
  Call at(Object value) {
    String text = value.toString();
    if (text.isEmpty() || ".".equals(text) || "..".equals(text)) {
      throw new IllegalArgumentException("not the name of anything: '" + text + "'");
    }
    int from = path.indexOf('{');
    int to = path.indexOf('}');
    if (from < 0) {
      throw new IllegalStateException(route + " has no place for " + text);
    }
    path = path.substring(0, from) + encode(text) + path.substring(to + 1);
    return this;
  }

  Call at(TaskRef task) {
    return at(task.dagId()).at(task.runId()).at(task.taskId());
  }

  /** Null is left out. */
  Call query(String name, @Nullable Object value) {
    return value == null ? this : query(name, List.of(value));
  }

  /** An empty list is left out; 2.x takes {@code a=1,2}, 3.x {@code a=1&a=2}. */
  Call query(String name, Collection<?> values) {
    declared(name, endpoint.query());
    List<String> texts = values.stream().map(Object::toString).toList();
    if (!texts.isEmpty()) {
      query.put(name, version == ApiVersion.V1 ? List.of(String.join(",", texts)) : texts);
    }
    return this;
  }

  Call body(ObjectNode json) {
    json.fieldNames().forEachRemaining(name -> declared(name, endpoint.body()));
    return body(json.toString().getBytes(StandardCharsets.UTF_8));
  }

  Call body(byte[] json) {
    body = json;
    return this;
  }

  /** What no message may repeat, should the server do so. */
  Call secret(@Nullable String text) {
    if (text != null && !text.isEmpty()) {
      String inJson = JsonNodeFactory.instance.textNode(text).toString();
      secrets.add(text);
      secrets.add(inJson.substring(1, inJson.length() - 1));
    }
    return this;
  }

  Call accept(String type) {
    accept = type;
    return this;
  }

  /** Sent once, whatever comes. */
  Call once() {
    attempts = 1;
    return this;
  }

  Call until(Deadline end) {
    deadline = end;
    return this;
  }

  /** The answer is a stream, which ends when this long nothing has come. */
  Call streaming(Duration longestSilence) {
    silence = longestSilence;
    return this;
  }

  URI uri(URI address) {
    if (path.indexOf('{') >= 0) {
      throw new IllegalStateException(route + " lacks a part of " + path);
    }
    StringBuilder uri = new StringBuilder(address.toString()).append(fullPath());
    char separator = '?';
    for (Map.Entry<String, List<String>> parameter : query.entrySet()) {
      for (String value : parameter.getValue()) {
        uri.append(separator).append(parameter.getKey()).append('=').append(encode(value));
        separator = '&';
      }
    }
    return URI.create(uri.toString());
  }

  /** For messages: without the query. */
  @Override
  public String toString() {
    return endpoint.method() + " " + fullPath();
  }

  private String fullPath() {
    return endpoint.atRoot() ? path : version.prefix() + path;
  }

  private void declared(String name, List<String> names) {
    if (!names.contains(name)) {
      throw new IllegalStateException(route + " in " + version + " has no " + name);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  Endpoint endpoint() {
    return endpoint;
  }

  ApiVersion version() {
    return version;
  }

  List<String> secrets() {
    return secrets;
  }

  byte[] body() {
    return body;
  }

  String accept() {
    return accept;
  }

  int attempts() {
    return endpoint.isRepeatable() ? attempts : 1;
  }

  Deadline deadline() {
    return deadline;
  }

  Duration silence() {
    return silence;
  }
}
