package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A line of a task's log.
 *
 * @param timestamp null where the server sends plain text (2.x)
 * @param event the message; in plain text the whole line
 * @param level for instance {@code info}; null in plain text
 * @param fields all else that a structured line carries
 */
public record LogLine(
    @Nullable Instant timestamp,
    @Nullable String level,
    @Nullable String logger,
    String event,
    Map<String, JsonNode> fields) {
  private static final String CAUSED =
      "\n\nThe above exception was the direct cause of the following exception:\n";
  private static final String MEANWHILE =
      "\n\nDuring handling of the above exception, another exception occurred:\n";

  public LogLine {
    event = Objects.requireNonNullElse(event, "");
    fields = Objects.requireNonNullElse(fields, Map.of());
  }

  static LogLine plain(String text) {
    return new LogLine(null, null, null, text, Map.of());
  }

  /**
   * The line as people read it: time, level and message, as far as there are any. Where a task
   * failed with an exception, its traceback follows below, as Python prints one.
   */
  public String text() {
    StringBuilder text = new StringBuilder();
    if (timestamp != null) {
      text.append(timestamp).append(' ');
    }
    if (level != null) {
      text.append(level.toUpperCase(Locale.ROOT)).append(' ');
    }
    text.append(event);
    JsonNode stacks = fields.getOrDefault("error_detail", MissingNode.getInstance());
    for (int i = stacks.size() - 1; i >= 0; i--) { // the cause comes last, and is told first
      appendTraceback(stacks.get(i), text);
      if (i > 0) {
        text.append(stacks.get(i).path("is_cause").asBoolean() ? CAUSED : MEANWHILE);
      }
    }
    return text.toString();
  }

  private static void appendTraceback(JsonNode stack, StringBuilder text) {
    JsonNode frames = stack.path("frames");
    if (!frames.isEmpty()) {
      text.append("\nTraceback (most recent call last):");
    }
    for (JsonNode frame : frames) {
      text.append("\n  File \"").append(frame.path("filename").asText());
      text.append("\", line ").append(frame.path("lineno").asText());
      text.append(", in ").append(frame.path("name").asText());
    }
    text.append('\n').append(stack.path("exc_type").asText());
    text.append(": ").append(stack.path("exc_value").asText());
    stack.path("exc_notes").forEach(note -> text.append('\n').append(note.asText()));
  }
}
