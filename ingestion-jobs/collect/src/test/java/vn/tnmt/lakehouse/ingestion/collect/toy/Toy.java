package vn.tnmt.lakehouse.ingestion.collect.toy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import vn.tnmt.lakehouse.ingestion.collect.landing.EarlierFiles;
import vn.tnmt.lakehouse.ingestion.collect.offer.CollectedTransport;
import vn.tnmt.lakehouse.ingestion.collect.offer.Offer;
import vn.tnmt.lakehouse.ingestion.collect.offer.OfferRequest;
import vn.tnmt.lakehouse.ingestion.collect.offer.Offered;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;

/** One file, whose text stands in the feed. */
record Toy(String file, String text, FilePattern pattern, int lookbackDays)
    implements CollectedTransport {
  @Override
  public String location() {
    return "toy:" + file;
  }

  @Override
  public Offer open(OfferRequest request) {
    byte[] content = text.getBytes(UTF_8);
    Iterator<Offered> files = List.of(Offered.of(file, content, content.length, 0)).iterator();
    return new Offer() {
      @Override
      public Offered next(EarlierFiles earlier) {
        return files.hasNext() ? files.next() : null;
      }

      @Override
      public InputStream open(Offered offered) {
        return new ByteArrayInputStream((byte[]) offered.source());
      }

      @Override
      public boolean unchanged(Offered offered, long bytesRead) {
        return bytesRead == offered.size();
      }

      @Override
      public void close() {}
    };
  }
}
