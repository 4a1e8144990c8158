package vn.tnmt.lakehouse.ingestion.collect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.ingestion.feed.Transport;

/** A feed file of which only {@code transport:}, on line 7, matters. */
public final class TransportTesting {
  private TransportTesting() {}

  /** The feed file. */
  public static String feed(String transport) {
    return """
        apiVersion: tnmt.vn/v1
        kind: Feeds
        publisher: {id: vien-x, nameVi: Viện X, nameEn: Institute X}
        feeds:
          - id: sample
            dataset: water.sample
            transport: %s
            format: {type: csv}
            mapping: {sample_point: ma_diem}
        """
        .formatted(transport.strip());
  }

  /** The transport as the feed file {@code a.yaml} of a folder has it. */
  public static Transport transport(Path dir, String transport) throws IOException {
    Files.writeString(dir.resolve("a.yaml"), feed(transport));
    return Feeds.load(dir, Map.of()).get(0).transport();
  }
}
