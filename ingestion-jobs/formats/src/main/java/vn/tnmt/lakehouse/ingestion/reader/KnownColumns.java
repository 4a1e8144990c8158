package vn.tnmt.lakehouse.ingestion.reader;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The columns that a feed speaks of.
 *
 * @param required columns that the header must have (else REC-07 for the whole file)
 * @param known every column that the feed uses; others are kept and told (REC-08)
 * @param melted columns that become records of their own, of which the header must have one; empty
 *     when the file is long already
 */
public record KnownColumns(Set<String> required, Set<String> known, Set<String> melted) {
  public KnownColumns {
    required = Set.copyOf(required);
    known = Set.copyOf(known);
    melted = Set.copyOf(melted);
  }

  /**
   * The names, of which the first of several alike is {@code name#1} where the feed calls it so;
   * the others are {@code name#2} and so on already.
   */
  public List<String> numbered(List<String> unique) {
    return unique.stream()
        .map(name -> known.contains(name + "#1") && !known.contains(name) ? name + "#1" : name)
        .toList();
  }

  /** What a file with these columns lacks, sorted; of the melted ones all when it has none. */
  public Set<String> missing(Collection<String> names) {
    Set<String> missing = new TreeSet<>(required);
    names.forEach(missing::remove);
    if (!melted.isEmpty() && names.stream().noneMatch(melted::contains)) {
      missing.addAll(melted);
    }
    return missing;
  }
}
