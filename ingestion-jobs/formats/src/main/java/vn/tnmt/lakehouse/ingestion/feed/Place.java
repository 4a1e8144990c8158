package vn.tnmt.lakehouse.ingestion.feed;

import java.io.Serializable;

/** A line of a file, counted from 1. */
public record Place(String file, int line) implements Serializable, Comparable<Place> {
  @Override
  public int compareTo(Place other) {
    int byFile = file.compareTo(other.file);
    return byFile != 0 ? byFile : Integer.compare(line, other.line);
  }

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
