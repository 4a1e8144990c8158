package vn.tnmt.lakehouse.orchestration.demo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A CSV file while it is being made: its text and the fates of its records. */
final class CsvDraft {
  private final StringBuilder text = new StringBuilder();
  private final List<Fate> fates = new ArrayList<>();

  CsvDraft(String header) {
    text.append(header).append('\n');
  }

  /** One line and the fates of the records in it: one, or one for each melted cell. */
  CsvDraft line(String line, Fate... recordFates) {
    text.append(line).append('\n');
    fates.addAll(List.of(recordFates));
    return this;
  }

  /** Cut off: the last line breaks off without an end. */
  CsvDraft cutOff(String partOfLine, Fate... recordFates) {
    text.append(partOfLine);
    fates.addAll(List.of(recordFates));
    return this;
  }

  byte[] bytes() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  List<Fate> fates() {
    return List.copyOf(fates);
  }
}
