package vn.tnmt.lakehouse.ingestion.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.ingestion.collect.landing.FolderStore;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.dbf.Dbf;
import vn.tnmt.lakehouse.ingestion.format.shapefile.Shapefile;
import vn.tnmt.lakehouse.ingestion.reader.FileLimits;
import vn.tnmt.lakehouse.ingestion.reader.zip.PartsZip;

/** The parts of Shapefiles and tables in a folder become one file of a delivery. */
class BundledOfferTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 3, 10);
  private static final Instant NOW = Instant.parse("2026-03-10T18:30:00Z");
  private static final Format SHAPEFILE = new Shapefile("", "", FileLimits.USUAL);

  @TempDir Path dir;
  private Path source;
  private FolderStore store;

  @BeforeEach
  void folders() throws IOException {
    source = Files.createDirectories(dir.resolve("source"));
    store = new FolderStore(dir.resolve("store"));
  }

  private void write(String path, String content) throws IOException {
    Path file = source.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(3600)));
  }

  private CollectResult collect(Format format, String pattern) {
    Feed feed = TestFeeds.feed("x/f", source, pattern, 30);
    Feed with =
        new Feed(
            feed.id(),
            feed.publisher(),
            feed.dataset(),
            feed.transport(),
            format,
            feed.conventions(),
            feed.melt(),
            feed.measure(),
            feed.mapping(),
            feed.symbols(),
            feed.schedule(),
            feed.place());
    CollectResult result =
        new Collector(store, dir.resolve("work"), Clock.fixed(NOW, ZoneOffset.UTC), 2)
            .collect(List.of(with), NIGHT)
            .get(0);
    assertThat(result.failure()).isEmpty();
    return result;
  }

  /** Index fields: path, time, size, digest, object, offset. */
  private List<String[]> index(CollectResult result) {
    String key = result.delivery().orElseThrow().landing() + "/index.tsv";
    return new String(store.contents().get(key), StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.split("\t", -1))
        .toList();
  }

  private List<String> paths(CollectResult result) {
    return index(result).stream().map(fields -> fields[0]).toList();
  }

  /** Names and contents of the zip that stands for a path. */
  private List<String> parts(CollectResult result, String path) throws IOException {
    String[] fields =
        index(result).stream().filter(entry -> entry[0].equals(path)).findFirst().orElseThrow();
    byte[] object =
        store.contents().get(result.delivery().orElseThrow().landing() + "/" + fields[4]);
    int offset = Integer.parseInt(fields[5]);
    byte[] bytes = Arrays.copyOfRange(object, offset, offset + Integer.parseInt(fields[2]));
    Path file = Files.write(dir.resolve("check.zip"), bytes);
    List<String> found = new ArrayList<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (var entry : java.util.Collections.list(zip.entries())) {
        found.add(
            entry.getName()
                + "="
                + new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return found;
  }

  @Test
  void partsOfAStemAreOneFile() throws IOException {
    write("a/thửa.shp", "S");
    write("a/thửa.DBF", "D");
    write("a/thửa.prj", "P");
    write("a/thửa.shx", "X");
    write("a/thửa.shp.xml", "M");
    write("a/thửa.sbn", "index");
    write("a/thửa.old.shp", "s");
    write("a/thửa.old.dbf", "d");
    write("a/khác.zip", "Z");
    write("a/lẻ.dbf", "alone");
    CollectResult result = collect(SHAPEFILE, "**/{name}.shp");
    assertThat(paths(result))
        .containsExactly("a/khác.zip", "a/lẻ.dbf", "a/thửa.old.shp", "a/thửa.shp");
    assertThat(parts(result, "a/thửa.shp"))
        .containsExactly("thửa.DBF=D", "thửa.prj=P", "thửa.shp=S", "thửa.shp.xml=M", "thửa.shx=X");
    assertThat(parts(result, "a/thửa.old.shp")).containsExactly("thửa.old.dbf=d", "thửa.old.shp=s");
    assertThat(result.counts().unrecognised()).isEqualTo(2);
  }

  @Test
  void aPartThatChangesBringsAllOfThem() throws IOException {
    write("t.shp", "S");
    write("t.dbf", "D");
    write("t.prj", "P");
    collect(SHAPEFILE, "{name}.shp");
    CollectResult again = collect(SHAPEFILE, "{name}.shp");
    assertThat(again.delivery()).isEmpty();
    assertThat(again.counts().alreadyReceived()).isEqualTo(1);
    Files.setLastModifiedTime(source.resolve("t.prj"), FileTime.from(NOW.minusSeconds(60)));
    assertThat(collect(SHAPEFILE, "{name}.shp").delivery()).as("touched only").isEmpty();
    write("t.prj", "p");
    Files.setLastModifiedTime(source.resolve("t.prj"), FileTime.from(NOW.minusSeconds(30)));
    assertThat(parts(collect(SHAPEFILE, "{name}.shp"), "t.shp"))
        .containsExactly("t.dbf=D", "t.prj=p", "t.shp=S");
  }

  @Test
  void aShpWaitsForItsTable() throws IOException {
    write("t.shp", "S");
    CollectResult result = collect(SHAPEFILE, "{name}.shp");
    assertThat(result.delivery()).isEmpty();
    assertThat(result.counts().leftUnstable()).isEqualTo(1);
    assertThat(result.notes().get(0)).contains("t.shp").contains(".dbf");
    write("t.dbf", "D");
    assertThat(paths(collect(SHAPEFILE, "{name}.shp"))).containsExactly("t.shp");
  }

  @Test
  void aTableAndItsMemoAreOneFileAndATableAloneStaysAsItIs() throws IOException {
    write("a.dbf", "D");
    write("b.dbf", "D");
    write("b.fpt", "F");
    write("b.cdx", "index");
    CollectResult result = collect(new Dbf(false, FileLimits.USUAL), "{name}.dbf");
    assertThat(paths(result)).containsExactly("a.dbf", "b.dbf");
    assertThat(index(result).get(0)[2]).isEqualTo("1");
    assertThat(parts(result, "b.dbf")).containsExactly("b.dbf=D", "b.fpt=F");
  }

  @Test
  void theSizeOfABundleIsKnownBeforehand() throws IOException {
    List<PartsZip.Part> parts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      byte[] content = new byte[i * 1000];
      parts.add(
          new PartsZip.Part("t.é" + i, content.length, () -> new ByteArrayInputStream(content)));
    }
    byte[] bytes = new PartsZip(parts).readAllBytes();
    assertThat(PartsZip.size(parts)).isEqualTo(bytes.length);
    assertThat(new PartsZip(parts).readAllBytes()).isEqualTo(bytes);
    PartsZip zip = new PartsZip(parts);
    zip.readAllBytes();
    assertThat(zip.partsRead()).containsExactly(0L, 1000L, 2000L);
  }
}
