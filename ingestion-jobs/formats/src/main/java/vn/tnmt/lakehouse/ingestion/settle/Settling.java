package vn.tnmt.lakehouse.ingestion.settle;

import java.io.Closeable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.settle.ExternalSort.Cursor;
import vn.tnmt.lakehouse.ingestion.settle.Fate.Outcome;
import vn.tnmt.lakehouse.ingestion.settle.Fate.Place;
import vn.tnmt.lakehouse.tables.contract.Contract;

/**
 * Decides what becomes of the records of one dataset that passed their own rules. They are added
 * once; then the fates of those that are not accepted are read, in the order of adding.
 *
 * <p>The versions of one key are read in the order (file, line, part). Records of the same key and
 * file that differ in content contradict each other and are all quarantined. Of the others a
 * version equal to the one before it is a duplicate; the last one that differs is accepted and the
 * rest are superseded by it. What the ministry's table holds already is not known here.
 */
public final class Settling implements Closeable {
  /** Records that are held in memory before disk is used: about 50 MB. */
  public static final int IN_MEMORY = 500_000;

  /** Versions of one key that are held in memory; beyond, they are read from disk three times. */
  private static final int GROUP_IN_MEMORY = 10_000;

  private static final Comparator<Fate> BY_SEQUENCE = Comparator.comparingLong(Fate::sequence);

  private static final List<Outcome> OUTCOMES = List.of(Outcome.values());

  private static final ExternalSort.Codec<Fate> FATES =
      new ExternalSort.Codec<>() {
        @Override
        public int size() {
          return 2 * Long.BYTES + 2 * Integer.BYTES + 1;
        }

        @Override
        public void write(Fate fate, DataOutput out) throws IOException {
          out.writeLong(fate.sequence());
          out.writeByte(OUTCOMES.indexOf(fate.outcome()));
          out.writeInt(fate.by().map(Place::source).orElse(-1));
          out.writeLong(fate.by().map(Place::line).orElse(0L));
          out.writeInt(fate.by().map(Place::part).orElse(0));
        }

        @Override
        public Fate read(DataInput in) throws IOException {
          long sequence = in.readLong();
          Outcome outcome = OUTCOMES.get(in.readByte());
          Place by = new Place(in.readInt(), in.readLong(), in.readInt());
          return new Fate(sequence, outcome, by.source() < 0 ? Optional.empty() : Optional.of(by));
        }
      };

  private final KeyHash keys;
  private final ExternalSort<Version> versions;
  private final ExternalSort<Fate> fates;
  private long sequence;
  private @Nullable Cursor<Fate> settled;

  /**
   * @param folder for temporary files
   */
  public Settling(Contract contract, Path folder) {
    this(contract, folder, IN_MEMORY);
  }

  /**
   * @param inMemory records that are held in memory
   */
  public Settling(Contract contract, Path folder, int inMemory) {
    this.keys = new KeyHash(contract);
    this.versions = new ExternalSort<>(Version.ORDER, Version.CODEC, folder, inMemory);
    this.fates = new ExternalSort<>(BY_SEQUENCE, FATES, folder, inMemory);
  }

  /**
   * Adds a record.
   *
   * @param source number of its file: files count in the order of these
   * @param row values in the contract's column order
   * @return the record's number, from 0
   */
  public long add(int source, long line, int part, Object[] row, long contentHash)
      throws IOException {
    ByteBuffer key = keys.of(row);
    versions.add(
        new Version(key.getLong(0), key.getLong(8), source, line, part, contentHash, sequence));
    return sequence++;
  }

  /**
   * Fates of the records that are not accepted, by number; nothing more can be added. It is closed
   * with the settling.
   */
  public Iterator<Fate> settle() throws IOException {
    ExternalSort.Sorted<Version> sorted = versions.sorted();
    try (Cursor<Version> all = sorted.from(0)) {
      List<Version> group = new ArrayList<>();
      long begin = 0;
      long end = 0;
      while (all.hasNext()) {
        Version version = all.next();
        if (!group.isEmpty() && !version.sameKey(group.get(0))) {
          decide(sorted, begin, end, group);
          group.clear();
          begin = end;
        }
        if (group.size() < GROUP_IN_MEMORY) {
          group.add(version);
        }
        end++;
      }
      decide(sorted, begin, end, group);
    }
    settled = fates.sorted().from(0);
    return settled;
  }

  /**
   * Decides the versions of one key.
   *
   * @param group the versions, or the first of them when they are too many
   */
  private void decide(
      ExternalSort.Sorted<Version> sorted, long begin, long end, List<Version> group)
      throws IOException {
    if (end - begin < 2) {
      return;
    }
    Group versionsOfKey = new Group(sorted, begin, end, group);
    Set<Integer> contradicting = new HashSet<>();
    try (Cursor<Version> all = versionsOfKey.open()) {
      contradicting(all, contradicting);
    }
    Version winner;
    try (Cursor<Version> all = versionsOfKey.open()) {
      winner = winner(all, contradicting);
    }
    try (Cursor<Version> all = versionsOfKey.open()) {
      tell(all, contradicting, winner);
    }
  }

  /** Finds the files that say different things of the key. */
  private static void contradicting(Cursor<Version> group, Set<Integer> files) {
    Version first = group.next();
    while (group.hasNext()) {
      Version version = group.next();
      if (first.source() != version.source()) {
        first = version;
      } else if (first.contentHash() != version.contentHash()) {
        files.add(version.source());
      }
    }
  }

  /** The last version that says something else than the one before it. */
  private static Version winner(Cursor<Version> group, Set<Integer> contradicting) {
    Version winner = null;
    Version before = null;
    while (group.hasNext()) {
      Version version = group.next();
      if (!contradicting.contains(version.source())) {
        winner = same(before, version) ? winner : version;
        before = version;
      }
    }
    return winner;
  }

  private void tell(Cursor<Version> group, Set<Integer> contradicting, Version winner)
      throws IOException {
    Version before = null;
    while (group.hasNext()) {
      Version version = group.next();
      if (contradicting.contains(version.source())) {
        fates.add(new Fate(version.sequence(), Outcome.QUARANTINED, Optional.empty()));
        continue;
      }
      if (same(before, version)) {
        fates.add(new Fate(version.sequence(), Outcome.DUPLICATE, Optional.of(before.place())));
      } else if (version.sequence() != winner.sequence()) {
        fates.add(new Fate(version.sequence(), Outcome.SUPERSEDED, Optional.of(winner.place())));
      }
      before = version;
    }
  }

  private static boolean same(@Nullable Version before, Version version) {
    return before != null && before.contentHash() == version.contentHash();
  }

  /** The versions of one key, in memory when they are few. */
  private record Group(
      ExternalSort.Sorted<Version> sorted, long begin, long end, List<Version> few) {
    Cursor<Version> open() throws IOException {
      return end - begin == few.size()
          ? ExternalSort.inMemory(few.iterator())
          : new Part(sorted.from(begin), end - begin);
    }
  }

  private static final class Part implements Cursor<Version> {
    private final Cursor<Version> all;
    private long left;

    Part(Cursor<Version> all, long size) {
      this.all = all;
      this.left = size;
    }

    @Override
    public boolean hasNext() {
      return left > 0;
    }

    @Override
    public Version next() {
      if (left-- <= 0) {
        throw new NoSuchElementException();
      }
      return all.next();
    }

    @Override
    public void close() throws IOException {
      all.close();
    }
  }

  @Override
  public void close() throws IOException {
    if (settled != null) {
      settled.close();
    }
    versions.close();
    fates.close();
  }
}
