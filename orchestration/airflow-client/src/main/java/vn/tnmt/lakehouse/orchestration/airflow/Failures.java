package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.orchestration.airflow.AirflowException.Detail;
import vn.tnmt.lakehouse.orchestration.airflow.AirflowException.Failure;
import vn.tnmt.lakehouse.orchestration.airflow.AirflowException.FieldError;

/** What a refusal says, in all the shapes that servers and proxies know. */
final class Failures {
  private static final int LONGEST_DETAIL = 2_000;
  private static final Pattern TITLE = Pattern.compile("(?is)<title[^>]*>(.*?)</title>");
  private static final Pattern UNSEEN =
      Pattern.compile("(?is)<(script|style|head)\\b.*?</\\1>|<!--.*?-->|<[^>]*>");

  private static final Map<Integer, String> SUMMARIES =
      Map.of(
          400, "bad request",
          401, "not authenticated",
          403, "not allowed (2.x says so of a wrong user or password too)",
          404, "not found",
          409, "conflict",
          422, "not valid",
          429, "too many requests");

  private Failures() {}

  static AirflowException of(
      String request,
      int status,
      HttpHeaders headers,
      byte[] body,
      List<String> secrets,
      Instant now) {
    Detail detail = redacted(detail(body), secrets);
    Duration retryAfter =
        headers.firstValue("Retry-After").map(text -> retryAfter(text, now)).orElse(null);
    Failure failure = new Failure(request, status, summary(status), detail, retryAfter, null);
    return switch (status) {
      case 401 -> new AirflowException.Unauthorized(failure);
      case 403 -> new AirflowException.Forbidden(failure);
      case 404 -> new AirflowException.NotFound(failure);
      case 408 -> new AirflowException.Timeout(failure);
      case 409 -> new AirflowException.Conflict(failure);
      case 429 -> new AirflowException.RateLimited(failure);
      default -> {
        if (status >= 500) {
          yield new AirflowException.ServerFault(failure);
        }
        yield status >= 400
            ? new AirflowException.Invalid(failure)
            : new AirflowException.Malformed(failure);
      }
    };
  }

  private static String summary(int status) {
    if (status >= 500) {
      return "the server is out of order";
    }
    if (status >= 300 && status < 400) {
      return "a redirect, so this is not the address of an Airflow";
    }
    return SUMMARIES.getOrDefault(status, "refused");
  }

  /** Seconds, or an HTTP date; null for anything else. */
  static @Nullable Duration retryAfter(String text, Instant now) {
    try {
      return Duration.ofSeconds(Math.max(0, Long.parseLong(text.trim())));
    } catch (NumberFormatException notSeconds) {
      try {
        Instant date =
            ZonedDateTime.parse(text.trim(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        return date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO;
      } catch (DateTimeException notDate) {
        return null;
      }
    }
  }

  static Detail detail(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    if (text.isEmpty()) {
      return Detail.EMPTY;
    }
    JsonNode json = parsed(text);
    if (json == null) {
      return new Detail(shortened(text.startsWith("<") ? page(text) : text), List.of());
    }
    if (!json.isObject()) {
      return said(json);
    }
    // {"detail": …} of 3.x; title and detail of RFC 7807 from 2.x; some proxies say "message".
    Detail detail = said(json.path("detail"));
    String title = json.path("title").asText("");
    String message = json.path("message").asText("");
    if (detail.text().isEmpty() && !(title + message).isEmpty()) {
      return new Detail(shortened(title.isEmpty() ? message : title), List.of());
    }
    return detail;
  }

  private static @Nullable JsonNode parsed(String text) {
    try {
      JsonNode json = Json.mapper().readTree(text);
      return json == null || json.isMissingNode() ? null : json;
    } catch (IOException notJson) {
      return null;
    }
  }

  private static Detail said(JsonNode detail) {
    if (detail.isArray()) {
      List<FieldError> fields = new ArrayList<>();
      StringJoiner text = new StringJoiner("; ");
      for (JsonNode element : detail) {
        FieldError field = field(element);
        fields.add(field);
        text.add(
            field.location().isEmpty()
                ? field.message()
                : field.location() + ": " + field.message());
      }
      return new Detail(shortened(text.toString()), List.copyOf(fields));
    }
    if (detail.isObject()) {
      StringJoiner text = new StringJoiner(", ");
      detail
          .fields()
          .forEachRemaining(field -> text.add(field.getKey() + ": " + field.getValue().asText()));
      return new Detail(shortened(text.toString()), List.of());
    }
    return new Detail(shortened(detail.asText("")), List.of());
  }

  /** Of {@code {loc, msg, type, input, ctx}}; the input repeats what was sent, secrets included. */
  private static FieldError field(JsonNode element) {
    if (!element.isObject()) {
      return new FieldError("", shortened(element.asText("")), "");
    }
    StringJoiner location = new StringJoiner(".");
    element.path("loc").forEach(part -> location.add(part.asText()));
    return new FieldError(
        location.toString(),
        shortened(element.path("msg").asText("")),
        element.path("type").asText(""));
  }

  /** What a web page says: its title, else its text. */
  static String page(String html) {
    Matcher title = TITLE.matcher(html);
    String text = title.find() ? title.group(1) : html;
    return UNSEEN.matcher(text).replaceAll(" ").replaceAll("\\s+", " ").strip();
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_DETAIL ? text : text.substring(0, LONGEST_DETAIL) + "…";
  }

  private static Detail redacted(Detail detail, List<String> secrets) {
    return new Detail(
        redacted(detail.text(), secrets),
        detail.fields().stream()
            .map(
                field ->
                    new FieldError(
                        redacted(field.location(), secrets),
                        redacted(field.message(), secrets),
                        field.type()))
            .toList());
  }

  static String redacted(String text, List<String> secrets) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, "***");
    }
    return clean;
  }

  static boolean isPage(HttpHeaders headers) {
    return headers
        .firstValue("Content-Type")
        .map(type -> type.toLowerCase(Locale.ROOT).contains("html"))
        .orElse(false);
  }
}
