package vn.tnmt.lakehouse.orchestration.demo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One file of an automatic station while it is being made, with verbs that plant flaws. Named and
 * filed as Thông tư 10/2021/TT-BTNMT, Phụ lục 15 has it.
 */
final class StationFile {
  static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
  static final String FEED = "observation";
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");
  private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("uuuu/MM/dd");

  /** A line: of a reading, or of text that is none. */
  private record Line(@Nullable Reading reading, @Nullable String text, Fate fate) {}

  private final Station station;
  private final LocalDateTime named;
  private final List<Line> lines = new ArrayList<>();
  private String facility = "TTQT";
  private @Nullable String name;
  private int night;
  private Instant modified;
  private byte @Nullable [] bytes;

  /** An empty draft of the file of one point in time, to be taken in the given night. */
  StationFile(Station station, LocalDateTime named, int night) {
    this.station = station;
    this.named = named;
    this.night = night;
    this.modified = named.plusSeconds(75).atZone(ZONE).toInstant();
  }

  LocalDateTime named() {
    return named;
  }

  Reading reading(String symbol) {
    return lines.stream().filter(l -> isOf(l, symbol)).findFirst().map(Line::reading).orElseThrow();
  }

  StationFile add(Reading reading, Fate fate) {
    lines.add(new Line(reading, null, fate));
    return this;
  }

  /** Replaces the reading of a symbol. */
  StationFile change(String symbol, Fate fate, UnaryOperator<Reading> change) {
    lines.replaceAll(l -> isOf(l, symbol) ? new Line(change.apply(l.reading()), null, fate) : l);
    return this;
  }

  StationFile change(String symbol, UnaryOperator<Reading> change) {
    return change(symbol, Fate.ACCEPTED, change);
  }

  /** Replaces the line of a symbol by its text after a change. */
  StationFile changeText(String symbol, Fate fate, UnaryOperator<String> change) {
    lines.replaceAll(
        l ->
            isOf(l, symbol)
                ? new Line(null, change.apply(station.layout().line(l.reading())), fate)
                : l);
    return this;
  }

  /** Every record of this file meets this fate. */
  StationFile all(Fate fate) {
    lines.replaceAll(l -> new Line(l.reading(), l.text(), fate));
    return this;
  }

  /** The record of this symbol meets this fate. */
  StationFile fate(String symbol, Fate fate) {
    return change(symbol, fate, UnaryOperator.identity());
  }

  /** Changes every reading and leaves the fates. */
  StationFile changeAll(UnaryOperator<Reading> change) {
    lines.replaceAll(l -> new Line(change.apply(l.reading()), l.text(), l.fate()));
    return this;
  }

  StationFile shuffle(long seed) {
    Collections.shuffle(lines, new java.util.Random(seed));
    return this;
  }

  /** The same readings in another file. */
  StationFile copyNamed(LocalDateTime otherName) {
    StationFile copy = new StationFile(station, otherName, night);
    copy.lines.addAll(lines);
    copy.facility = facility;
    return copy;
  }

  StationFile absorb(StationFile other) {
    lines.addAll(other.lines);
    return this;
  }

  StationFile facility(String other) {
    facility = other;
    return this;
  }

  /** A name that is not in the feed's pattern: the file is not interpreted. */
  StationFile notInPattern(String otherName) {
    name = otherName;
    return whole(render(), "REC-03");
  }

  StationFile takenIn(int otherNight, Instant time) {
    night = otherNight;
    modified = time;
    return this;
  }

  StationFile empty() {
    return whole(new byte[0], "REC-01");
  }

  StationFile garbage(long seed) {
    byte[] noise = new byte[700];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) (i % 7 == 0 ? 0 : random.nextInt(256));
    }
    return whole(noise, "REC-02");
  }

  /** Cut off within the value of a symbol. */
  StationFile cutOffAt(String symbol) {
    int at = 0;
    while (!isOf(lines.get(at), symbol)) {
      at++;
    }
    String line = station.layout().line(lines.get(at).reading());
    lines.subList(at, lines.size()).clear();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(render());
    out.writeBytes(line.substring(0, symbol.length() + 3).getBytes(StandardCharsets.UTF_8));
    lines.add(new Line(null, "", Fate.breaks("REC-04")));
    bytes = out.toByteArray();
    return this;
  }

  /** Already delivered: this path with these bytes brings no record. */
  StationFile nothingNew() {
    bytes = render();
    lines.clear();
    return this;
  }

  DemoFile toFile() {
    String fileName =
        name != null
            ? name
            : String.join(
                "_",
                station.province().initials(),
                facility,
                station.code(),
                STAMP.format(named) + ".txt");
    String path =
        String.join(
            "/",
            station.province().slug(),
            "quan-trac",
            station.code(),
            FOLDER.format(named),
            fileName);
    return new DemoFile(
        station.province().publisher(),
        FEED,
        night,
        path,
        modified,
        bytes == null ? render() : bytes,
        lines.stream().map(Line::fate).toList());
  }

  private StationFile whole(byte[] content, String rule) {
    bytes = Arrays.copyOf(content, content.length);
    lines.clear();
    lines.add(new Line(null, "", Fate.breaks(rule)));
    return this;
  }

  private byte[] render() {
    StringBuilder text = new StringBuilder(lines.size() * 48);
    for (Line l : lines) {
      text.append(l.reading() == null ? l.text() : station.layout().line(l.reading()))
          .append("\r\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isOf(Line line, String symbol) {
    return line.reading() != null && line.reading().symbol().equals(symbol);
  }
}
