package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * A line of a task's log.
 *
 * @param timestamp null where the server sends plain text (2.x)
 * @param event the message; in plain text the whole line
 * @param level for instance {@code info}; null in plain text
 * @param fields all else that a structured line carries
 */
public record LogLine(
    Instant timestamp, String level, String logger, String event, Map<String, JsonNode> fields) {
  public LogLine {
    event = event == null ? "" : event;
    fields = fields == null ? Map.of() : fields;
  }

  static LogLine plain(String text) {
    return new LogLine(null, null, null, text, Map.of());
  }

  /** The line as people read it: time, level and message, as far as there are any. */
  public String text() {
    StringBuilder text = new StringBuilder();
    if (timestamp != null) {
      text.append(timestamp).append(' ');
    }
    if (level != null) {
      text.append(level.toUpperCase(Locale.ROOT)).append(' ');
    }
    return text.append(event).toString();
  }
}
