package vn.tnmt.lakehouse.base.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintWriter out = new PrintWriter(bytes, true, UTF_8);
  private final AtomicLong now = new AtomicLong();

  @Test
  void plainLinesComeAtTheStartEveryTenSecondsAndAtTheEnd() {
    Progress progress = Progress.plain(out, now::get);
    try (Progress.Stage stage = progress.stage("nạp", 1000)) {
      after(4);
      stage.advance(100);
      after(6);
      stage.advance(400);
      after(10);
      stage.note("tệp 7");
      after(2);
    }
    progress.line("xong");
    assertThat(printed())
        .containsExactly(
            "[0:00]   nạp  …",
            "[0:10]   nạp  500/1,000 (50 %)  50/s  0:10 left",
            "[0:20]   nạp  500/1,000 (50 %)  25/s  0:20 left  tệp 7",
            "[0:22] ✓ nạp  500  22.0 s",
            "xong");
  }

  @Test
  void aBriefStageIsHeardOfOnlyWhereItTakesLong() {
    LineProgress progress =
        new LineProgress(out, now::get, Duration.ofSeconds(10), LineProgress.PLAIN);
    progress.brief("mở").close();
    try (Progress.Stage slow = progress.brief("mở hồ")) {
      after(31);
      progress.beat();
    }
    // What another test waits for may stand in the first line, too.
    assertThat(printed()).hasSize(2).endsWith("[0:31] ✓ mở hồ  31.0 s");
    assertThat(printed()[0]).startsWith("[0:31]   mở hồ  0:31");
  }

  @Test
  void onATerminalABriefStageLeavesNothing() {
    Progress.moving(out, now::get, 80).brief("mở").close();
    assertThat(bytes.toString(UTF_8)).isEqualTo("\r\u001b[2K  mở\r\u001b[2K");
  }

  @Test
  void aProcessThatIsBeingEndedSaysNothingOfWhatFallsOver() {
    AtomicBoolean ended = new AtomicBoolean();
    Progress progress =
        new LineProgress(out, now::get, Duration.ofSeconds(10), LineProgress.PLAIN, ended::get);
    try (Progress.Stage stage = progress.stage("nạp", -1)) {
      ended.set(true);
      after(10);
      stage.advance(1);
      progress.line("một dòng");
      stage.failed("TNMT-9001 store is closed");
    }
    assertThat(printed()).containsExactly("[0:00]   nạp  …");
  }

  @Test
  void anUnknownTotalGivesNoPercentageAndNoTimeLeft() {
    Progress progress = Progress.plain(out, now::get);
    try (Progress.Stage stage = progress.stage("đọc", -1)) {
      after(10);
      stage.advance(30);
    }
    assertThat(printed()).contains("[0:10]   đọc  30  3/s", "[0:10] ✓ đọc  30  10.0 s");
  }

  @Test
  void aLongSilenceIsBroken() {
    LineProgress progress =
        new LineProgress(out, now::get, Duration.ofSeconds(10), LineProgress.PLAIN);
    try (Progress.Stage slow = progress.stage("nạp", -1);
        Progress.Stage other = progress.stage("kiểm tra", -1)) {
      after(29);
      progress.beat();
      after(1);
      progress.beat();
      progress.beat();
      other.close();
      after(30);
      Waits.tell("kho trả lời 503 / the store answers 503");
      progress.beat();
      slow.advance(1);
    }
    after(60);
    progress.beat();
    assertThat(printed())
        .containsExactly(
            "[0:00]   nạp  …",
            "[0:00]   kiểm tra  …",
            "[0:30]   nạp  0:30",
            "[0:30]   kiểm tra  0:30",
            "[0:30] ✓ kiểm tra  30.0 s",
            "[1:00]   nạp  1:00  kho trả lời 503 / the store answers 503",
            "[1:00] ✓ nạp  1  1:00");
  }

  @Test
  void aFailedStageSaysWhy() {
    Progress progress = Progress.plain(out, now::get);
    try (Progress.Stage stage = progress.stage("đọc", 3)) {
      stage.failed("TNMT-3002");
    }
    assertThat(printed()).contains("[0:00] ✗ đọc  TNMT-3002");
  }

  @Test
  void theMovingLineIsOneLineNoWiderThanTheTerminal() {
    Progress progress = Progress.moving(out, now::get, 30);
    try (Progress.Stage stage = progress.stage("nạp", 1000)) {
      after(1);
      stage.advance(500);
      after(1);
      stage.note("một ghi chú rất dài, dài hơn cả màn hình");
      progress.line("một dòng ở lại");
    }
    String text = bytes.toString(UTF_8);
    assertThat(text.split("\r\u001b\\[2K"))
        .containsExactly(
            "",
            "  nạp",
            "  nạp  500/1,000 (50 %)  500/s  0:01 left".substring(0, 29) + "…",
            "  nạp  500/1,000 (50 %)  250/s  0:02 left".substring(0, 29) + "…",
            "một dòng ở lại"
                + System.lineSeparator()
                + "✓ nạp  500  2.0 s"
                + System.lineSeparator());
  }

  @Test
  void quietSaysNothing() {
    Progress progress = Progress.forConsole(out, true);
    try (Progress.Stage stage = progress.stage("x", 1)) {
      stage.advance(1);
      progress.line("y");
    }
    assertThat(bytes.size()).isZero();
  }

  private void after(int seconds) {
    now.addAndGet(seconds * 1_000_000_000L);
  }

  private String[] printed() {
    return bytes.toString(UTF_8).split(System.lineSeparator());
  }
}
