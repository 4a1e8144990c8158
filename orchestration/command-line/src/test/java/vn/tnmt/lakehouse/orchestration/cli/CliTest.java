package vn.tnmt.lakehouse.orchestration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;

/** The command line as a person or a scheduler meets it: what is printed, and the exit code. */
class CliTest {
  private static final String FEEDS = "../../ingestion-jobs/feeds";
  private static final String STATION =
      """
      ma_tram,ten_tram,ma_tinh,loai_tram,kinh_do,vi_do,ngay_bat_dau,ngay_ket_thuc
      01KK001,Trạm,01,4,105.8,21.0,1/1/2020,
      """;

  @TempDir Path dir;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
  private PrintStream out;
  private PrintStream err;

  @BeforeEach
  void listen() {
    out = System.out;
    err = System.err;
    System.setOut(new PrintStream(printed, false, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stopListening() {
    System.setOut(out);
    System.setErr(err);
  }

  private int tnmt(String... arguments) {
    printed.reset();
    complained.reset();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--home", dir.resolve("home").toString()));
    int code = Tnmt.run(all.toArray(String[]::new));
    System.out.flush();
    return code;
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private String complained() {
    return complained.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsPrintedLastIsNotLost() {
    assertThat(tnmt("nightly", "--date", "2026-03-14", "--dry-run", "--feeds", FEEDS)).isZero();
    assertThat(printed()).startsWith("The night of 2026-03-14").contains("receipts");
  }

  @Test
  void aDryRunIsPrintedForProgramsToo() throws IOException {
    assertThat(
            tnmt(
                "nightly",
                "--date",
                "2026-03-14",
                "--dry-run",
                "--format",
                "json",
                "--feeds",
                FEEDS))
        .isZero();
    JsonNode planned = new ObjectMapper().readTree(printed());
    assertThat(planned.get("businessDate").asText()).isEqualTo("2026-03-14");
    assertThat(planned.get("feeds").asInt())
        .isEqualTo(Feeds.load(Path.of(FEEDS), Map.of("exports", "x")).size());
    assertThat(planned.at("/feedsByDataset/water.sample").asInt()).isPositive();
  }

  @Test
  void aWrongArgumentIsNamedAndAnswered2() {
    assertThat(tnmt("nightly", "--date", "14/3/2026")).isEqualTo(2);
    assertThat(complained()).startsWith("TNMT-5004").contains("--date").contains("14/3/2026");
    assertThat(complained()).contains("yyyy-MM-dd").doesNotContain("java.");
    assertThat(tnmt("nigthly")).isEqualTo(2);
    assertThat(complained()).contains("nightly");
    assertThat(tnmt("ingest", "--date", "2026-03-14", "--feed", "x/y", "--feeds", FEEDS))
        .isEqualTo(2);
    assertThat(complained()).contains("x/y").contains("./tnmt feeds list");
  }

  @Test
  void anErasureIsNotBegunOnHalfAnAnswer() {
    for (String[] wrong :
        List.of(
            new String[] {"--apply", "--delivery", "3f2a91c07d", "thiếu lý do"},
            new String[] {"--apply", "--reason", "x", "--delivery"},
            new String[] {"--dataset", "land.parcel", "--key"},
            new String[] {
              "--dataset", "land.parcel", "--delivery=3f2a", "--key", "a=b", "--delivery"
            },
            new String[] {
              "--dataset", "land.parcel", "--key", "commune_code=00001", "[commune_code"
            },
            new String[] {"--dataset", "land.parcel", "--key", "ten=x", "[ten]"},
            new String[] {"--dataset", "land.parcels", "--key", "ten=x", "land.parcels"})) {
      List<String> arguments = new ArrayList<>(List.of("erase", "--feeds", FEEDS));
      arguments.addAll(List.of(wrong).subList(0, wrong.length - 1));
      assertThat(tnmt(arguments.toArray(String[]::new))).as(arguments.toString()).isEqualTo(2);
      assertThat(complained())
          .startsWith("TNMT-")
          .contains(wrong[wrong.length - 1])
          .doesNotContain("java.", "null");
    }
  }

  @Test
  void aWrongFeedIsNotWorthAnotherTry() throws IOException {
    Path feeds = Files.createDirectories(dir.resolve("feeds"));
    Files.writeString(
        feeds.resolve("bad.yaml"), "apiVersion: tnmt.vn/v1\nkind: Feeds\nfeedz: []\n");
    assertThat(tnmt("ingest", "--date", "2026-03-14", "--feeds", feeds.toString())).isEqualTo(2);
    assertThat(complained()).startsWith("TNMT-2").contains("bad.yaml").contains("feedz");
  }

  @Test
  void thePipelineTellsASchedulerEverything() throws IOException {
    assertThat(tnmt("pipeline", "--format", "json", "--feeds", FEEDS)).isZero();
    JsonNode pipeline = new ObjectMapper().readTree(printed());
    assertThat(pipeline.get("stages").findValuesAsText("name"))
        .containsExactly("ingest", "consolidate", "release", "report", "maintain");
    assertThat(pipeline.get("feeds"))
        .hasSameSizeAs(Feeds.load(Path.of(FEEDS), Map.of("exports", "x")));
    JsonNode hanoi = null;
    for (JsonNode feed : pipeline.get("feeds")) {
      hanoi = feed.get("id").asText().equals("snnmt-ha_noi/observation") ? feed : hanoi;
    }
    assertThat(hanoi).isNotNull();
    assertThat(hanoi.at("/name/vi").asText()).isEqualTo("Sở Nông nghiệp và Môi trường Hà Nội");
    for (JsonNode stage : pipeline.get("stages")) {
      String command = stage.get("command").get(0).asText();
      assertThat(tnmt(command, "--help")).as(command).isZero();
    }
  }

  @Test
  void ingestTellsWhoHasSent() throws IOException {
    Path folder = Files.createDirectories(dir.resolve("home/exports/ha_noi/danh-muc-tram"));
    Files.createDirectories(dir.resolve("home/exports/ha_noi/mau-nuoc"));
    Files.writeString(folder.resolve("tram_20260314.csv"), STATION);
    assertThat(ingest("snnmt-ha_noi/station")).isZero();
    assertThat(printed()).contains("1 files").contains("landing/snnmt-ha_noi/station/2026-03-14");
    assertThat(ingest("snnmt-ha_noi/station")).isZero();
    assertThat(printed()).contains("nothing new");
    assertThat(ingest("snnmt-ha_noi/water-sample")).isEqualTo(IngestCommand.NOTHING);
    assertThat(printed()).contains("has sent nothing for 2026-03-14");
    assertThat(ingest("snnmt-cao_bang/station")).isEqualTo(1);
    assertThat(printed()).contains("TNMT-1002").contains("cao_bang");
  }

  private int ingest(String feed) {
    return tnmt("ingest", "-q", "--date", "2026-03-14", "--feed", feed, "--feeds", FEEDS);
  }
}
