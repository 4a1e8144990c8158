package vn.tnmt.lakehouse.ingestion.reader.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.read;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.reader;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import vn.tnmt.lakehouse.ingestion.format.Reading;
import vn.tnmt.lakehouse.ingestion.format.csv.Csv;
import vn.tnmt.lakehouse.ingestion.format.geojson.GeoJson;
import vn.tnmt.lakehouse.ingestion.format.json.Json;
import vn.tnmt.lakehouse.ingestion.format.ndjson.NdJson;
import vn.tnmt.lakehouse.ingestion.format.stationtext.StationText;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;

/** Whatever the bytes are: no exception, at least one record, the same records twice. */
class ReadersFuzzTest {
  private static final String STATION =
      "pH\t7,33\t-\t20230509153800\t00\r\nTSS 6.93 mg/L 20230509153800\n";
  private static final String CSV = "id,pH,DO\r\n\"S\n1\",7.1,<0.01\nHồ Tây,,\"5\"\"\"\n";
  private static final String GEOJSON =
      "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"tên\":\"Huế\\n\",\"n\":1.50},"
          + "\"geometry\":{\"type\":\"Point\",\"coordinates\":[105.1,21]}}]}";

  static Stream<Arguments> readers() {
    return Stream.of(
        Arguments.of(reader(new StationText()), STATION),
        Arguments.of(
            reader(
                new Csv(',', '\"', 1),
                new KnownColumns(Set.of("id"), Set.of("id"), Set.of("pH", "DO"))),
            CSV),
        Arguments.of(reader(new GeoJson()), GEOJSON),
        Arguments.of(
            EvidenceReader.around(
                new Csv(',', '"', 1)
                    .reader(
                        new Reading(
                            new KnownColumns(
                                Set.of("id"), Set.of("id", "pH", "DO"), Set.of("pH", "DO")),
                            '.',
                            "auto",
                            true)),
                new EvidencePlan(
                    true,
                    "auto",
                    Map.of("DO", "VNI"),
                    Set.of("id", "pH", "DO"),
                    Set.of("pH", "DO"),
                    Set.of("id"))),
            CSV),
        Arguments.of(
            reader(new NdJson(true)), "{\"a\":{\"b\":1.50}}\r\n{\"tên\":[\"Huế\",null]}\n"),
        Arguments.of(
            reader(new Json("/d", false)),
            "{\"x\":1,\"d\":[{\"a\":{\"b\":1}},{\"tên\":\"Huế\"}],\"y\":[]}"));
  }

  @ParameterizedTest
  @MethodSource("readers")
  void neverThrowsAndAlwaysGivesARecord(RecordReader reader, String seed) {
    Random random = new Random(20260101);
    byte[] good = seed.getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 20_000; round++) {
      byte[] content = round % 4 == 0 ? noise(random) : mutated(good, random);
      List<RawRecord> records = read(reader, content);
      assertThat(records).isNotEmpty();
      assertThat(records).isEqualTo(read(reader, content));
    }
  }

  private static byte[] noise(Random random) {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] mutated(byte[] good, Random random) {
    byte[] bytes = Arrays.copyOf(good, random.nextInt(good.length) + 1);
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(3)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) "\t\n\r\",;{}[]:\\ 0<>/&!".charAt(random.nextInt(19));
        default -> System.arraycopy(bytes, 0, bytes, at, Math.min(8, bytes.length - at));
      }
    }
    return bytes;
  }
}
