package vn.tnmt.lakehouse.validator;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.bundle.Bundle;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.gate.DeliverySample;
import vn.tnmt.lakehouse.ingestion.gate.Finding;
import vn.tnmt.lakehouse.ingestion.gate.GateCheck;
import vn.tnmt.lakehouse.ingestion.gate.Learnt;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.tables.codelist.Units;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.transform.receipt.GateAnswer;

/**
 * Takes a sample of the files while they are read, as the platform's gate takes one of a delivery,
 * and compares it with the fingerprints of the bundle. Without fingerprints it does nothing.
 */
final class Sampling {
  /** As landing cuts deliveries into splits. */
  private static final long SPLIT_BYTES = 8 << 20;

  private static final int SPLIT_FILES = 20_000;

  private final Bundle bundle;
  private final Feed feed;
  private final DeliverySample sample;
  private final List<Learnt> learnt;
  private final Set<SubmittedFile> firsts = new HashSet<>();
  private final Set<SubmittedFile> looked = new HashSet<>();
  private int places;
  private boolean taking;

  private Sampling(Bundle bundle, Feed feed, Contract contract) {
    this.bundle = bundle;
    this.feed = feed;
    this.sample = new DeliverySample(feed, contract, bundle.lists());
    this.learnt =
        GateCheck.isAsked(feed)
            ? bundle.learnt().getOrDefault(feed.id().toString(), List.of())
            : List.of();
  }

  /**
   * A sampling of files.
   *
   * @param files in the platform's order
   */
  static Sampling of(Bundle bundle, Feed feed, Contract contract, List<SubmittedFile> files)
      throws IOException {
    Sampling sampling = new Sampling(bundle, feed, contract);
    if (!sampling.learnt.isEmpty()) {
      List<List<SubmittedFile>> places = DeliverySample.places(splits(files));
      sampling.places = places.size();
      for (List<SubmittedFile> place : places) {
        sampling.firsts.add(place.get(0));
        sampling.looked.addAll(place);
      }
    }
    return sampling;
  }

  private static List<List<SubmittedFile>> splits(List<SubmittedFile> files) throws IOException {
    List<List<SubmittedFile>> splits = new ArrayList<>();
    List<SubmittedFile> open = new ArrayList<>();
    long bytes = 0;
    for (SubmittedFile file : files) {
      long size = file.size();
      if (!open.isEmpty() && (bytes + size > SPLIT_BYTES || open.size() == SPLIT_FILES)) {
        splits.add(open);
        open = new ArrayList<>();
        bytes = 0;
      }
      open.add(file);
      bytes += size;
    }
    if (!open.isEmpty()) {
      splits.add(open);
    }
    return splits;
  }

  /** The next file begins. */
  void begin(SubmittedFile file) {
    if (firsts.contains(file)) {
      sample.beginPlace(places);
    }
    taking = looked.contains(file) && sample.beginFile();
  }

  /** The next record of the file. */
  void add(RawRecord record) {
    if (taking && sample.wantsMore()) {
      sample.add(record);
    }
  }

  /**
   * What the gate would find; null for nothing.
   *
   * @param bytes of all files
   */
  @Nullable GateAnswer answer(LocalDate date, long bytes) {
    if (learnt.isEmpty()) {
      return null;
    }
    List<Finding> findings =
        new GateCheck(Units.of(bundle.lists()))
            .findings(feed, date, learnt, sample.fingerprint(bytes));
    return findings.isEmpty() ? null : GateAnswer.of(GateAnswer.State.WARNED, findings, null);
  }
}
