package vn.tnmt.lakehouse.ingestion.format.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.sample;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.io.input.BrokenInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;
import vn.tnmt.lakehouse.ingestion.format.csv.Csv;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.ReaderTesting;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.tables.rule.Breach;

/** Archives as zip, Info-ZIP and tar make them, and as attackers do. */
class ArchiveReaderTest {
  private static final String CSV = "id,ten\n1,Hồ Tây\n2,Sông Hồng\n";

  private static RecordReader csv() {
    return ReaderTesting.reader(
        new Csv(',', '"', 1), new KnownColumns(Set.of("id"), Set.of("id", "ten"), Set.of()));
  }

  private static RecordReader reader(Archive.Kind kind, String members, Archive.Limits limits) {
    return new ArchiveReader(csv(), new Archive(kind, FilePattern.parse(members), limits));
  }

  private static RecordReader reader(String members) {
    return reader(Archive.Kind.AUTO, members, Archive.Limits.USUAL);
  }

  /** For example {@code a.zip!/b.csv 2 ok}. */
  private static List<String> told(RecordReader reader, byte[] content) {
    SourceFile file = new SourceFile("a", content.length, true);
    List<String> told = new ArrayList<>();
    try (RecordReader.Records records = reader.open(file, new ByteArrayInputStream(content))) {
      while (records.hasNext()) {
        RawRecord record = records.next();
        String codes = String.join(" ", record.breaches().stream().map(Breach::rule).toList());
        told.add(
            records.file(file).path()
                + " "
                + record.line()
                + " "
                + (codes.isEmpty() ? "ok" : codes));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return told;
  }

  private static byte[] zip(String... namesAndContents) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndContents[i]));
        zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Test
  void readsMembersByTheirNames() {
    assertThat(told(reader("**/*.csv"), sample("utf8.zip")))
        .containsExactly(
            "a!/bao cao/Hà Nội - Số liệu.csv 2 ok",
            "a!/bao cao/Hà Nội - Số liệu.csv 3 ok",
            "a!/bao cao/doc.txt 0 REC-03",
            "a!/stored.csv 2 ok",
            "a!/stored.csv 3 ok");
    assertThat(told(reader("*.csv"), sample("piped.zip")))
        .containsExactly("a!/a.csv 2 ok", "a!/a.csv 3 ok");
  }

  @Test
  void readsNamesInOldCodePages() {
    assertThat(told(reader("*.csv"), sample("cp1258.zip"))).contains("a!/Sông Hồng.csv 2 ok");
    assertThat(told(reader("*.csv"), sample("tcvn3.zip"))).contains("a!/Sông Hồng.csv 2 ok");
    assertThat(told(reader("*.csv"), sample("tcvn3.tar"))).contains("a!/Sông Hồng.csv 2 ok");
    assertThat(told(reader("*.csv"), sample("cp437.zip"))).contains("a!/Trà Vinh cá tôm.csv 2 ok");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mixed.tar", "mixed.tar.gz"})
  void refusesWhatIsNoPlainFileOfATar(String name) {
    List<String> expected =
        List.of(
            "a!/bao cao/Hà Nội - Số liệu.csv 2 ok",
            "a!/bao cao/Hà Nội - Số liệu.csv 3 ok",
            "a!/link.csv 0 REC-48",
            "a!/hard.csv 0 REC-48",
            "a!/pipe.csv 0 REC-48",
            "a!/../evil.csv 0 REC-48",
            "a!/last.csv 2 ok",
            "a!/last.csv 3 ok");
    assertThat(told(reader("**/*.csv"), sample(name))).isEqualTo(expected);
    Archive.Kind kind = name.endsWith("gz") ? Archive.Kind.TAR_GZ : Archive.Kind.TAR;
    assertThat(told(reader(kind, "**/*.csv", Archive.Limits.USUAL), sample(name)))
        .isEqualTo(expected);
  }

  @Test
  void refusesPathsThatLeadOutAndLinks() {
    assertThat(told(reader("**/*.csv"), sample("traversal.zip")))
        .containsExactly(
            "a!/../../evil.csv 0 REC-48",
            "a!//etc/evil.csv 0 REC-48",
            "a!/C:/evil.csv 0 REC-48",
            "a!/good.csv 2 ok",
            "a!/good.csv 3 ok");
    assertThat(told(reader("*.csv"), sample("link.zip")))
        .containsExactly("a!/a.csv 2 ok", "a!/a.csv 3 ok", "a!/link.csv 0 REC-48");
  }

  @Test
  void tellsAPassword() {
    assertThat(told(reader("*.csv"), sample("locked.zip"))).containsExactly("a!/a.csv 0 REC-49");
  }

  @Test
  void unpacksOneCompressedFile() {
    for (Archive.Kind kind : List.of(Archive.Kind.AUTO, Archive.Kind.GZ)) {
      assertThat(told(reader(kind, "**/*", Archive.Limits.USUAL), sample("one.csv.gz")))
          .containsExactly("a 2 ok", "a 3 ok");
    }
  }

  @Test
  void aFileThatIsNoArchiveIsReadAsItIsOnlyWhenTheFeedSaysSo() {
    byte[] plain = CSV.getBytes(StandardCharsets.UTF_8);
    assertThat(told(reader("*.csv"), plain)).containsExactly("a 2 ok", "a 3 ok");
    for (Archive.Kind kind :
        List.of(Archive.Kind.ZIP, Archive.Kind.TAR, Archive.Kind.TAR_GZ, Archive.Kind.GZ)) {
      assertThat(told(reader(kind, "*", Archive.Limits.USUAL), plain))
          .containsExactly("a 0 REC-50");
      assertThat(told(reader(kind, "*", Archive.Limits.USUAL), new byte[0]))
          .containsExactly("a 0 REC-01");
    }
    assertThat(told(reader("*"), zip())).containsExactly("a 0 REC-01");
  }

  @Test
  void opensArchivesInArchivesDownToTheDepthAllowed() {
    assertThat(told(reader("*.csv"), sample("nested.zip")))
        .containsExactly(
            "a!/inner.zip!/in.csv 2 ok",
            "a!/inner.zip!/in.csv 3 ok",
            "a!/middle.zip!/deeper.zip 0 REC-47",
            "a!/middle.zip!/b.csv 2 ok",
            "a!/middle.zip!/b.csv 3 ok",
            "a!/a.csv 2 ok",
            "a!/a.csv 3 ok");
    ByteArrayOutputStream gz = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gz)) {
      out.write(zip("x.csv", CSV));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(told(reader(Archive.Kind.GZ, "*", Archive.Limits.USUAL), gz.toByteArray()))
        .as("gz alone is not opened further")
        .containsExactly("a 0 REC-02");
  }

  @Test
  void aBombCostsOneFile() {
    byte[] bomb = sample("bomb.zip");
    List<String> told = told(reader("*.csv"), bomb);
    assertThat(told.get(told.size() - 1)).startsWith("a!/bomb.csv ").endsWith("REC-47");
    assertThat(told).hasSizeBetween(100_000, 399_999).noneMatch(line -> line.contains("after"));
    Archive.Limits usual = Archive.Limits.USUAL;
    assertThat(
            told(
                reader(
                    Archive.Kind.ZIP, "*.csv", new Archive.Limits(10, 1 << 20, 1_000_000, 2, 512)),
                bomb))
        .hasSizeLessThan(25_000)
        .last()
        .asString()
        .endsWith("REC-47");
    assertThat(
            told(
                reader(
                    Archive.Kind.ZIP,
                    "*.csv",
                    new Archive.Limits(usual.entries(), usual.unpackedBytes(), 1_000_000, 2, 512)),
                bomb))
        .hasSize(400_002)
        .last()
        .isEqualTo("a!/after.csv 3 ok");
  }

  @Test
  void tooManyMembersAreTold() {
    String[] members = new String[20];
    for (int i = 0; i < 20; i += 2) {
      members[i] = i + ".csv";
      members[i + 1] = "id,ten\n1,x\n";
    }
    RecordReader reader =
        reader(Archive.Kind.ZIP, "*.csv", new Archive.Limits(3, 1 << 20, 200, 2, 512));
    assertThat(told(reader, zip(members)))
        .containsExactly("a!/0.csv 2 ok", "a!/2.csv 2 ok", "a!/4.csv 2 ok", "a 0 REC-47");
    assertThat(
            told(
                reader(Archive.Kind.ZIP, "*", new Archive.Limits(3, 1 << 20, 200, 2, 5)),
                zip("toolong.csv", CSV)))
        .containsExactly("a!/toolo… 0 REC-47");
  }

  @Test
  void membersOfTheSameNameAreKeptApart() {
    byte[] twice = zip("a.csv", CSV, "b.csv", CSV);
    byte[] renamed =
        new String(twice, StandardCharsets.ISO_8859_1)
            .replace("b.csv", "a.csv")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThat(told(reader("*.csv"), renamed))
        .containsExactly("a!/a.csv 2 ok", "a!/a.csv 3 ok", "a!/a.csv#2 2 ok", "a!/a.csv#2 3 ok");
  }

  @Test
  void aBrokenOffArchiveKeepsTheMembersBefore() {
    byte[] zip = zip("a.csv", CSV, "b.csv", CSV);
    String text = new String(zip, StandardCharsets.ISO_8859_1);
    int directory = text.indexOf("PK\1\2");
    assertThat(told(reader("*.csv"), Arrays.copyOf(zip, directory)))
        .as("without its central directory")
        .containsExactly(
            "a!/a.csv 2 ok", "a!/a.csv 3 ok", "a!/b.csv 2 ok", "a!/b.csv 3 ok", "a 0 REC-50");
    int second = text.indexOf("PK\3\4", 4);
    List<String> cut = told(reader("*.csv"), Arrays.copyOf(zip, second + 50));
    assertThat(cut).startsWith("a!/a.csv 2 ok", "a!/a.csv 3 ok");
    assertThat(cut.get(cut.size() - 1)).startsWith("a!/b.csv").endsWith("REC-50");

    byte[] tar = sample("mixed.tar");
    assertThat(told(reader("**/*.csv"), Arrays.copyOf(tar, 2_048)))
        .contains("a!/bao cao/Hà Nội - Số liệu.csv 2 ok")
        .last()
        .asString()
        .endsWith("REC-50");
    byte[] gz = sample("mixed.tar.gz");
    assertThat(told(reader("**/*.csv"), Arrays.copyOf(gz, gz.length - 30)))
        .last()
        .asString()
        .endsWith("REC-50");
    byte[] one = sample("one.csv.gz");
    assertThat(told(reader("*"), Arrays.copyOf(one, one.length - 4)))
        .as("only the trailer is cut")
        .containsExactly("a 2 ok", "a 3 ok", "a 0 REC-50");
    byte[] both = Arrays.copyOf(one, one.length * 2);
    System.arraycopy(one, 0, both, one.length, one.length);
    assertThat(told(reader("*"), both))
        .as("several gzip members are one file")
        .containsExactly("a 2 ok", "a 3 ok", "a 4 ok", "a 5 ok", "a 6 ok");
  }

  @Test
  void aChangedByteIsFound() {
    byte[] zip = sample("utf8.zip");
    int stored = new String(zip, StandardCharsets.ISO_8859_1).indexOf("1,H\u00E1");
    byte[] changed = zip.clone();
    changed[stored] = '7';
    assertThat(told(reader("**/*.csv"), changed)).contains("a!/stored.csv 3 REC-50");
  }

  @Test
  void onlyFailingInputThrows() {
    InputStream failing = new BrokenInputStream(() -> new IOException("the disk is gone"));
    for (Archive.Kind kind : List.of(Archive.Kind.AUTO, Archive.Kind.TAR, Archive.Kind.GZ)) {
      assertThatThrownBy(
              () ->
                  reader(kind, "*", Archive.Limits.USUAL)
                      .open(new SourceFile("a", 1, true), failing)
                      .hasNext())
          .hasMessageContaining("the disk is gone");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "utf8.zip",
        "nested.zip",
        "link.zip",
        "piped.zip",
        "mixed.tar",
        "mixed.tar.gz",
        "one.csv.gz"
      })
  void neverThrowsAndLeavesNothingBehind(String name) throws IOException {
    Random random = new Random(20260101);
    byte[] good = sample(name);
    RecordReader reader = reader("**/*.csv");
    for (int round = 0; round < 400; round++) {
      byte[] bytes =
          Arrays.copyOf(good, round % 3 == 0 ? random.nextInt(good.length) : good.length);
      for (int i = random.nextInt(6); i > 0 && bytes.length > 0; i--) {
        bytes[random.nextInt(Math.min(bytes.length, 4_096))] = (byte) random.nextInt(256);
      }
      assertThat(told(reader, bytes)).isNotEmpty();
    }
    assertThat(ReaderTesting.spools()).isZero();
  }

  /** One entry of 20 KB that the directory names 50 times: "overlapping" bombs are made so. */
  @Test
  void entriesThatShareBytesAreRefusedBeforeTheyAreUnpacked() throws IOException {
    byte[] noise = new byte[20_000];
    new Random(1).nextBytes(noise);
    byte[] zip = zip("a.csv", noise);
    ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    int end = zip.length - 22;
    int directory = bytes.getInt(end + 16);
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.write(zip, 0, directory);
    for (int i = 0; i < 50; i++) {
      bomb.write(zip, directory, end - directory);
    }
    bytes.putShort(end + 8, (short) 50).putShort(end + 10, (short) 50);
    bytes.putInt(end + 12, 50 * (end - directory));
    bomb.write(zip, end, 22);
    assertThat(told(reader("*.csv"), bomb.toByteArray()))
        .singleElement()
        .asString()
        .contains("REC-47");
  }

  private static byte[] zip(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return bytes.toByteArray();
  }
}
