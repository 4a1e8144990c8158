package vn.tnmt.lakehouse.ingestion.collect.offer;

import java.util.ArrayList;
import java.util.List;

/** Counts and notes of one feed while it is collected. */
public final class Tally {
  /** Further notes are only counted. */
  public static final int MAX_NOTES = 20;

  public long taken;
  public long bytes;
  public long unrecognised;
  public long alreadyReceived;
  public long leftForLater;
  public long leftUnstable;
  public long outsideWindow;
  private final List<String> notes = new ArrayList<>();
  private long moreNotes;

  public void note(String text) {
    if (notes.size() < MAX_NOTES) {
      notes.add(text);
    } else {
      moreNotes++;
    }
  }

  /** The file stays where it is, for the next run. */
  public void unstable(String path, String why) {
    leftUnstable++;
    note(path + ": " + why);
  }

  /** Counts and notes of a part. */
  void add(Tally part) {
    taken += part.taken;
    bytes += part.bytes;
    unrecognised += part.unrecognised;
    alreadyReceived += part.alreadyReceived;
    leftForLater += part.leftForLater;
    leftUnstable += part.leftUnstable;
    outsideWindow += part.outsideWindow;
    part.notes.forEach(this::note);
    moreNotes += part.moreNotes;
  }

  public Counts counts() {
    return new Counts(
        taken, bytes, unrecognised, alreadyReceived, leftForLater, leftUnstable, outsideWindow);
  }

  public List<String> notes() {
    List<String> all = new ArrayList<>(notes);
    if (moreNotes > 0) {
      all.add("… và " + moreNotes + " ghi chú nữa / and " + moreNotes + " more notes");
    }
    return List.copyOf(all);
  }
}
