package vn.tnmt.lakehouse.orchestration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.core.config.Home;

/** Who may have commands run, and which. */
class CommandServerTest {
  @TempDir Path dir;
  private CommandServer server;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(dir.resolve(CommandServer.SOCKET), "left of a killed process");
    server = CommandServer.start(Home.of(dir), "token", List.of("--home", dir.toString()));
  }

  @AfterEach
  void stop() {
    server.close();
    assertThat(dir.resolve(CommandServer.SOCKET)).doesNotExist();
  }

  private List<String> say(String... lines) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(dir.resolve(CommandServer.SOCKET)));
      Channels.newOutputStream(channel)
          .write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    }
  }

  private List<String> ask(String... arguments) throws IOException {
    List<String> lines = new ArrayList<>(List.of("token", Integer.toString(arguments.length)));
    lines.addAll(List.of(arguments));
    return say(lines.toArray(String[]::new));
  }

  @Test
  void whoHasTheTokenIsServedOnTheHomeThatIsServed() throws IOException {
    List<String> answer =
        ask("pipeline", "--feeds", "../../ingestion-jobs/feeds", "--format", "json");
    assertThat(answer).last().isEqualTo("exit 0");
    assertThat(answer.get(0)).startsWith("out ");
    assertThat(String.join("", answer)).contains("consolidate");
  }

  @Test
  void theSocketIsItsOwnersAlone() throws IOException {
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(dir.resolve(CommandServer.SOCKET))))
        .isEqualTo("rw-------");
  }

  @Test
  void nobodyElseHearsAnything() throws IOException {
    assertThat(say("wrong", "1", "pipeline")).isEmpty();
    assertThat(say("", "1", "pipeline")).isEmpty();
    assertThat(ask("sql", "select 1")).isEmpty();
  }

  /** Neither another lake nor the lines of any file. */
  @Test
  void homeAndSettingsAreNotTheCallers() throws IOException {
    Path secret = Files.writeString(dir.resolve("secret.yaml"), "key: hush\n");
    assertThat(ask("pipeline", "--home", "/")).isEmpty();
    assertThat(ask("pipeline", "--home=/")).isEmpty();
    assertThat(ask("pipeline", "--conf", secret.toString())).isEmpty();
    assertThat(ask("pipeline", "@" + secret)).isEmpty();
  }

  /** What was cut would run as something else. */
  @Test
  void whatIsTooMuchIsNotCutButLeft() throws IOException {
    List<String> many = new ArrayList<>(List.of("token", "101", "pipeline"));
    for (int i = 0; i < 100; i++) {
      many.add("-q");
    }
    assertThat(say(many.toArray(String[]::new))).isEmpty();
    assertThat(say("token", "0")).isEmpty();
    assertThat(say("token", "-1")).isEmpty();
    assertThat(ask("pipeline", "--date", "2".repeat(5_000))).isEmpty();
  }
}
