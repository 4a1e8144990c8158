package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One answer with a piece of a log, read as it comes, in whichever form: {@code {"content": […],
 * "continuation_token": …}} of 3.x, NDJSON, the JSON of 2.x whose content is Python's way to write
 * a list of host and text, or plain text.
 */
final class LogChunk implements AutoCloseable {
  private final Transport transport;
  private final Transport.Answer answer;
  private final StringBuilder unfinished;
  private final Queue<LogLine> ready = new ArrayDeque<>();
  private final @Nullable BufferedReader lines;
  private final @Nullable JsonParser json;
  private final boolean isNdjson;
  private boolean isInContent;
  private @Nullable String token;

  private LogChunk(Transport transport, Transport.Answer answer, StringBuilder unfinished)
      throws IOException {
    this.transport = transport;
    this.answer = answer;
    this.unfinished = unfinished;
    this.isNdjson = answer.isA("application/x-ndjson");
    this.token = answer.headers().firstValue("Airflow-Continuation-Token").orElse(null);
    if (answer.isA("application/json")) {
      this.json = Json.mapper().createParser(answer.body());
      this.lines = null;
    } else {
      this.json = null;
      this.lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }
  }

  /**
   * {@code unfinished} is a line of which the piece before had only the beginning: 2.x cuts
   * anywhere.
   */
  static LogChunk open(Transport transport, Call call, StringBuilder unfinished) {
    Transport.Answer answer = transport.open(call);
    try {
      return new LogChunk(transport, answer, unfinished);
    } catch (IOException e) {
      transport.close(answer);
      throw transport.broken(call, e);
    }
  }

  /** The next whole line; null at the end of this piece. */
  @Nullable LogLine next() {
    try {
      while (ready.isEmpty()) {
        if (!(json == null ? readLine() : readJson())) {
          close();
          return null;
        }
      }
      return ready.remove();
    } catch (IOException e) {
      close();
      throw transport.broken(answer.call(), e);
    }
  }

  /** At the end of the log: a last line without a line break; null if there is none. */
  static @Nullable LogLine rest(StringBuilder unfinished) {
    if (unfinished.length() == 0) {
      return null;
    }
    LogLine line = LogLine.plain(unfinished.toString());
    unfinished.setLength(0);
    return line;
  }

  /** Once this piece is read: where to go on. Null for nowhere, or for the beginning. */
  @Nullable String token() {
    return isNdjson ? null : token;
  }

  @Override
  public void close() {
    transport.close(answer);
  }

  private boolean readLine() throws IOException {
    String line = lines.readLine();
    if (line == null) {
      return false;
    }
    ready.add(isNdjson && line.startsWith("{") ? structured(line) : LogLine.plain(line));
    return true;
  }

  private static LogLine structured(String line) {
    try {
      return line(Json.mapper().readTree(line));
    } catch (JsonProcessingException notJson) {
      return LogLine.plain(line);
    }
  }

  private boolean readJson() throws IOException {
    JsonToken next = json.nextToken();
    if (next == null) {
      return false;
    }
    if (isInContent) {
      if (next == JsonToken.END_ARRAY) {
        isInContent = false;
      } else {
        ready.add(line(json.readValueAsTree()));
      }
    } else if (next == JsonToken.START_ARRAY && "content".equals(json.currentName())) {
      isInContent = true;
    } else if (next == JsonToken.VALUE_STRING && "content".equals(json.currentName())) {
      PythonText.logs(json.getText()).forEach(this::addText);
    } else if (next == JsonToken.VALUE_STRING && "continuation_token".equals(json.currentName())) {
      token = json.getText();
    } else if (next == JsonToken.START_ARRAY
        || (next == JsonToken.START_OBJECT && json.currentName() != null)) {
      json.skipChildren();
    }
    return true;
  }

  private void addText(String text) {
    int from = 0;
    for (int to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
      ready.add(LogLine.plain(unfinished + text.substring(from, to)));
      unfinished.setLength(0);
      from = to + 1;
    }
    unfinished.append(text, from, text.length());
  }

  private static LogLine line(JsonNode node) {
    if (!node.isObject()) {
      return LogLine.plain(node.asText());
    }
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    node.fields().forEachRemaining(field -> fields.put(field.getKey(), field.getValue()));
    String timestamp = text(fields.remove("timestamp"));
    String level = text(fields.remove("level"));
    String logger = text(fields.remove("logger"));
    String event = text(fields.remove("event"));
    return new LogLine(
        timestamp == null ? null : Json.instant(timestamp),
        level,
        logger,
        event,
        Collections.unmodifiableMap(fields));
  }

  private static @Nullable String text(@Nullable JsonNode node) {
    if (node == null || node.isNull()) {
      return null;
    }
    return node.isValueNode() ? node.asText() : node.toString();
  }
}
