package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Airflow's own specifications, as far as the client uses them: see airflow_excerpt.py. */
final class Contract {
  private static final Contract V1 = new Contract("v1.json");
  private static final Contract V2 = new Contract("v2.json");

  private final JsonNode specification;

  private Contract(String resource) {
    try (InputStream json = Contract.class.getResourceAsStream("/airflow/" + resource)) {
      specification = Json.mapper().readTree(json);
    } catch (IOException e) {
      throw new AssertionError(resource, e);
    }
  }

  static Contract of(ApiVersion version) {
    return switch (version) {
      case V1 -> V1;
      case V2 -> V2;
    };
  }

  JsonNode specification() {
    return specification;
  }

  /** Missing if there is none. */
  JsonNode operation(String method, String path) {
    return specification.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
  }

  Set<String> queryParameters(JsonNode operation) {
    Set<String> names = new TreeSet<>();
    for (JsonNode parameter : operation.path("parameters")) {
      JsonNode found = resolved(parameter);
      if ("query".equals(found.path("in").asText())) {
        names.add(found.path("name").asText());
      }
    }
    return names;
  }

  JsonNode bodySchema(JsonNode operation) {
    JsonNode body = resolved(operation.path("requestBody"));
    return resolved(body.path("content").path("application/json").path("schema"));
  }

  JsonNode schema(String name) {
    return specification.path("components").path("schemas").path(name);
  }

  /** With those of the schemas it is made of. */
  Map<String, JsonNode> properties(JsonNode schema) {
    Map<String, JsonNode> properties = new HashMap<>();
    JsonNode found = resolved(schema);
    found
        .path("properties")
        .fields()
        .forEachRemaining(p -> properties.put(p.getKey(), p.getValue()));
    found.path("allOf").forEach(part -> properties.putAll(properties(part)));
    return properties;
  }

  JsonNode resolved(JsonNode node) {
    JsonNode found = node;
    while (found.has("$ref")) {
      found = specification.at(found.path("$ref").asText().substring(1));
    }
    return found;
  }

  /** What of a request is not in the specification. Tokens are not part of the stable API. */
  static List<String> violations(FakeAirflow.Request request) {
    if ("/auth/token".equals(request.path())) {
      return List.of();
    }
    boolean isV1 = request.path().contains("/api/v1/");
    return (isV1 ? V1 : V2).check(request, isV1);
  }

  private List<String> check(FakeAirflow.Request request, boolean isV1) {
    String path = template(request);
    if (path == null) {
      return List.of("no such operation: " + request);
    }
    List<String> found = new ArrayList<>();
    JsonNode operation = operation(request.method(), path);
    request.query().keySet().stream()
        .filter(name -> !queryParameters(operation).contains(name))
        .forEach(name -> found.add(request + " has no parameter " + name));
    for (JsonNode parameter : operation.path("parameters")) {
      JsonNode wanted = resolved(parameter);
      List<String> values = request.query().get(wanted.path("name").asText());
      if (values != null) {
        List<String> single =
            isV1 && "array".equals(wanted.path("schema").path("type").asText())
                ? List.of(values.get(0).split(","))
                : values;
        single.forEach(
            value ->
                checkText(
                    request + "?" + wanted.path("name").asText(),
                    wanted.path("schema"),
                    value,
                    found));
      }
    }
    if (!request.body().isEmpty()) {
      checkValue(request.toString(), bodySchema(operation), request.json(), found);
    }
    return found;
  }

  private @Nullable String template(FakeAirflow.Request request) {
    List<String> candidates = new ArrayList<>();
    specification.path("paths").fieldNames().forEachRemaining(candidates::add);
    // A name in it is encoded, its slashes too; what comes before the API is the installation's.
    String called = request.rawPath().replaceFirst("^.*?(?=/api/)", "");
    return candidates.stream()
        .filter(path -> called.matches(path.replaceAll("\\{[^}]+}", "[^/]+")))
        .filter(path -> !operation(request.method(), path).isMissingNode())
        .min(Comparator.comparing(path -> path.chars().filter(c -> c == '{').count()))
        .orElse(null);
  }

  private void checkText(String where, JsonNode schema, String value, List<String> found) {
    JsonNode wanted = resolved(schema);
    JsonNode element =
        "array".equals(wanted.path("type").asText()) ? resolved(wanted.path("items")) : wanted;
    List<JsonNode> forms = forms(element);
    boolean fits =
        forms.stream()
            .anyMatch(
                form ->
                    switch (form.path("type").asText()) {
                      case "integer" -> value.matches("-?\\d+");
                      case "number" -> value.matches("-?\\d+(\\.\\d+)?");
                      case "boolean" -> value.matches("true|false");
                      default -> fitsText(form, value);
                    });
    if (!fits) {
      found.add(where + " does not take " + value);
    }
  }

  private void checkValue(String where, JsonNode schema, JsonNode value, List<String> found) {
    JsonNode wanted = resolved(schema);
    List<JsonNode> forms = forms(wanted);
    if (wanted.has("anyOf") || wanted.has("oneOf")) {
      List<String> problems = new ArrayList<>();
      for (JsonNode form : forms) {
        List<String> here = new ArrayList<>();
        checkValue(where, form, value, here);
        if (here.isEmpty()) {
          return;
        }
        problems.addAll(here);
      }
      found.addAll(problems);
      return;
    }
    if (value.isNull()
        && (wanted.path("nullable").asBoolean() || "null".equals(wanted.path("type").asText()))) {
      return;
    }
    boolean fits =
        switch (wanted.path("type").asText()) {
          case "object" -> value.isObject();
          case "array" -> value.isArray();
          case "integer" -> value.isIntegralNumber();
          case "number" -> value.isNumber();
          case "boolean" -> value.isBoolean();
          case "string" -> value.isTextual() && fitsText(wanted, value.textValue());
          case "null" -> false;
          default -> true;
        };
    if (!fits) {
      found.add(where + " does not take " + value);
    } else if (value.isObject() && (wanted.has("properties") || wanted.has("allOf"))) {
      checkFields(where, wanted, value, found);
    } else if (value.isArray() && wanted.has("items")) {
      value.forEach(element -> checkValue(where + "[]", wanted.path("items"), element, found));
    }
  }

  private void checkFields(String where, JsonNode wanted, JsonNode value, List<String> found) {
    Map<String, JsonNode> properties = properties(wanted);
    value
        .fields()
        .forEachRemaining(
            field -> {
              JsonNode property = properties.get(field.getKey());
              if (property == null) {
                found.add(where + " has no field " + field.getKey());
              } else {
                checkValue(where + "." + field.getKey(), property, field.getValue(), found);
              }
            });
    for (JsonNode required : wanted.path("required")) {
      if (!value.has(required.asText())) {
        found.add(where + " lacks " + required.asText());
      }
    }
  }

  /** The alternatives of a schema, or itself. */
  private List<JsonNode> forms(JsonNode schema) {
    for (String key : List.of("anyOf", "oneOf")) {
      if (schema.has(key)) {
        return StreamSupport.stream(schema.path(key).spliterator(), false)
            .map(this::resolved)
            .toList();
      }
    }
    return List.of(schema);
  }

  private static boolean fitsText(JsonNode schema, String value) {
    if (schema.has("enum")) {
      return StreamSupport.stream(schema.path("enum").spliterator(), false)
          .anyMatch(known -> known.asText().equals(value));
    }
    if (schema.path("format").asText().startsWith("date")) {
      try {
        return OffsetDateTime.parse(value) != null;
      } catch (DateTimeParseException e) {
        return false;
      }
    }
    return true;
  }
}
