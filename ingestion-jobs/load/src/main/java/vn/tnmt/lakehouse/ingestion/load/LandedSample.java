package vn.tnmt.lakehouse.ingestion.load;

import java.io.IOException;
import java.util.List;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.IndexEntry;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.collect.landing.SplitReader;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.gate.DeliverySample;
import vn.tnmt.lakehouse.ingestion.gate.Fingerprint;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.feed.Readers;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Contract;

/** Learns the fingerprint of a delivery in landing. */
public final class LandedSample {
  private LandedSample() {}

  /**
   * The fingerprint.
   *
   * @param lists with the symbols of parameters
   * @throws vn.tnmt.lakehouse.base.error.TnmtException {@code TNMT-3002} or {@code TNMT-3003} when
   *     landing cannot be read
   */
  public static Fingerprint fingerprint(
      Deliveries landing, Feed feed, Contract contract, CodeLists lists, Manifest delivery)
      throws IOException {
    DeliverySample sample = new DeliverySample(feed, contract, lists);
    RecordReader reader = Readers.of(feed, contract);
    List<Manifest.Split> places = DeliverySample.places(delivery.splits());
    for (Manifest.Split place : places) {
      sample.beginPlace(places.size());
      try (SplitReader split = landing.look(delivery, place)) {
        for (IndexEntry entry = split.next();
            entry != null && sample.beginFile();
            entry = split.next()) {
          boolean recognised = feed.transport().pattern().match(entry.path()).isPresent();
          SourceFile file = new SourceFile(entry.path(), entry.size(), recognised);
          try (RecordReader.Records records = reader.open(file, split.content())) {
            while (sample.wantsMore() && records.hasNext()) {
              sample.add(records.next());
            }
          }
        }
      }
    }
    return sample.fingerprint(delivery.bytes());
  }
}
