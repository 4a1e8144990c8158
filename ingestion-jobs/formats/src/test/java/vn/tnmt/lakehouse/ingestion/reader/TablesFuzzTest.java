package vn.tnmt.lakehouse.ingestion.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.read;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.reader;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.CONVENTIONS;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.file;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.workbook;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.zip;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import vn.tnmt.lakehouse.ingestion.format.dbf.Dbf;
import vn.tnmt.lakehouse.ingestion.format.shapefile.Shapefile;

/**
 * Whatever the bytes are: no exception, at least one record, the same records twice. Zips are
 * changed inside their parts, and as they are.
 */
class TablesFuzzTest {
  /** For a longer run by hand: -Dfuzz.factor=20. */
  private static final int FACTOR = Integer.getInteger("fuzz.factor", 1);

  private static final KnownColumns ANY = new KnownColumns(Set.of(), Set.of("MA"), Set.of());
  private static final FileLimits LIMITS = new FileLimits(1 << 20, 8 << 20, 200);

  static Stream<Arguments> readers() {
    RecordReader workbook = reader(workbook("*", 0, 2), ANY, CONVENTIONS);
    RecordReader dbf = reader(new Dbf(true, LIMITS), ANY, CONVENTIONS, false);
    RecordReader shapefile = reader(new Shapefile("*", "", LIMITS), ANY, CONVENTIONS, false);
    return Stream.of(
        Arguments.of(workbook, file("lab.xlsx"), 80),
        Arguments.of(workbook, file("bieu.xls"), 150),
        Arguments.of(dbf, file("db3.dbf"), 3_000),
        Arguments.of(dbf, zip(Map.of("v.dbf", file("vfp.dbf"), "v.fpt", file("vfp.fpt"))), 100),
        Arguments.of(shapefile, file("thua.zip"), 200),
        Arguments.of(shapefile, file("lop.zip"), 100));
  }

  @ParameterizedTest
  @MethodSource("readers")
  void neverThrowsAndAlwaysGivesARecord(RecordReader reader, byte[] good, int rounds) {
    Random random = new Random(20260101);
    boolean zipped = good[0] == 'P';
    for (int round = 0; round < rounds * FACTOR; round++) {
      byte[] content =
          zipped && round % 4 != 0
              ? rezipped(good, part -> random.nextInt(3) == 0 ? mutated(part, random) : part)
              : mutated(good, random);
      List<RawRecord> records = read(reader, content);
      assertThat(records).isNotEmpty();
      assertThat(records).isEqualTo(read(reader, content));
    }
  }

  private static byte[] rezipped(byte[] zip, UnaryOperator<byte[]> change) {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        parts.put(entry.getName().replaceAll("[^ -~]", "_"), change.apply(in.readAllBytes()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zip(parts);
  }

  private static byte[] mutated(byte[] good, Random random) {
    if (good.length == 0) {
      return good;
    }
    byte[] bytes =
        random.nextInt(4) == 0
            ? Arrays.copyOf(good, random.nextInt(good.length) + 1)
            : good.clone();
    for (int i = random.nextInt(5); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) "<>&\"'/ 0A\0\u0001\u001a".charAt(random.nextInt(12));
        case 2 ->
            Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) (random.nextInt(3) - 1));
        default -> System.arraycopy(bytes, 0, bytes, at, Math.min(16, bytes.length - at));
      }
    }
    return bytes;
  }
}
