package vn.tnmt.lakehouse.core.lease;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * The command that holds a lease.
 *
 * @param host its host, as people know it
 * @param process the process's id there
 * @param command as a person would know it: {@code nightly --date …}
 * @param since when it took the lease, by its host's clock; only to be shown
 * @param machine start of the operating system and space of process ids, which no other host has;
 *     empty where that cannot be known
 * @param birth the process's start in ticks since that of the operating system, which no clock
 *     moves
 */
public record Holder(
    String host, long process, String command, Instant since, String machine, String birth) {
  private static final long FIRST_PROCESS = 1;
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path PROCESSES = Path.of("/proc/self/ns/pid");

  /** Of {@code /proc/<id>/stat}, counted after the name, which may have spaces in it. */
  private static final int START_TIME = 19;

  /** This process. */
  public static Holder here(String command) {
    long process = ProcessHandle.current().pid();
    return new Holder(
        hostName(),
        process,
        command,
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        thisMachine(),
        birthOf(process));
  }

  /** Whether the process certainly runs no more: it was one of this host. */
  public boolean isGone() {
    return !machine.isEmpty()
        && machine.equals(thisMachine())
        && !birth.isEmpty()
        // Where others' processes are hidden, none can be said to be gone.
        && !birthOf(FIRST_PROCESS).isEmpty()
        && !birth.equals(birthOf(process));
  }

  /** {@code ops-2, process 4711 (nightly --date 2026-03-14) since 2026-03-15T01:00:00Z}. */
  @Override
  public String toString() {
    return "%s, process %d (%s) từ / since %s".formatted(host, process, command, since);
  }

  Map<String, String> properties() {
    return Map.of(
        "host",
        host,
        "process",
        Long.toString(process),
        "command",
        command.length() > 200 ? command.substring(0, 200) : command,
        "since",
        since.toString(),
        "machine",
        machine,
        "birth",
        birth);
  }

  static Holder of(Map<String, String> properties) {
    return new Holder(
        properties.getOrDefault("host", "?"),
        Long.parseLong(properties.getOrDefault("process", "0")),
        properties.getOrDefault("command", "?"),
        Instant.parse(properties.getOrDefault("since", Instant.EPOCH.toString())),
        properties.getOrDefault("machine", ""),
        properties.getOrDefault("birth", ""));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private static String thisMachine() {
    try {
      return Files.readString(BOOT).strip() + " " + Files.readSymbolicLink(PROCESSES);
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  /** Empty when no process has this id, or on a system without {@code /proc}. */
  private static String birthOf(long process) {
    try {
      String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[START_TIME];
    } catch (IOException e) {
      return "";
    }
  }
}
