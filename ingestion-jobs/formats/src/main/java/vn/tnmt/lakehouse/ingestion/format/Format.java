package vn.tnmt.lakehouse.ingestion.format;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;

/**
 * How the bytes of a file are cut into records: {@code format:} of a feed with its keys. What
 * others must know about it they ask here; which format it is, nobody outside its package asks.
 */
public interface Format extends Serializable {

  /** What the format is called, and what it can do. */
  FormatType type();

  /** What this format can do with the keys that it has. */
  default Set<Trait> traits() {
    return type().traits();
  }

  /** Whether this format can do something. */
  default boolean has(Trait trait) {
    return traits().contains(trait);
  }

  /** A reader of what is unpacked. One instance serves one thread, file by file. */
  RecordReader reader(Reading reading);

  /** A reader that unpacks for {@link #reader}, and for what stands around it. */
  default RecordReader unpacking(RecordReader content) {
    return content;
  }

  /**
   * What the cuts of a file depend on, where files are {@link Trait#CUT}: cuts made by another one
   * are not to be used.
   */
  default String cutBy(KnownColumns columns) {
    return toString();
  }

  /** The cells that every file has, where the format or its keys say so. */
  default Optional<FixedCells> cells() {
    return Optional.empty();
  }

  /** How rejected rows are written so that the feed takes them back; empty when it does not. */
  default Optional<RejectsDialect> rejects() {
    return Optional.empty();
  }

  /** The files beside a file that are parts of it. */
  default Optional<FileParts> parts() {
    return Optional.empty();
  }

  /** Names that the paths of members give, as those of delivered files do: {@code $path.name}. */
  default List<String> memberGroups() {
    return List.of();
  }

  /** The texts of {@link #memberGroups} in one path; empty for a file that is no member. */
  default Map<String, String> memberGroups(String member) {
    return Map.of();
  }
}
