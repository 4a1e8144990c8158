package vn.tnmt.lakehouse.ingestion.collect.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.net.ftp.FTPFileEntryParser;
import org.apache.commons.net.ftp.parser.MLSxEntryParser;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.ingestion.collect.remote.RemoteFiles;
import vn.tnmt.lakehouse.ingestion.collect.remote.RemoteNames;

/** Listings as servers give them; the first is of RFC 3659, 7.7.4. */
class FtpListingTest {
  @Test
  void machineListings() throws IOException {
    List<RemoteFiles.Entry> entries =
        read(
            MLSxEntryParser.getInstance(),
            "Type=cdir;Modify=19981107085215;Perm=el; tmp",
            "Type=cdir;Modify=19981107085215;Perm=el; /tmp",
            "Type=pdir;Modify=19990112030508;Perm=el; ..",
            "Type=file;Size=25730;Modify=19940728095854;Perm=; capmux.tar.z",
            "Type=dir;Modify=19981107085215;Perm=el; ftp",
            "Type=OS.unix=slink:/foobar;Perm=;Unique=keVO1+4G4; foobar",
            "type=file;size=3;modify=20260310183000.500; có dấu; và cách.csv",
            "size=3; no type",
            "Type=file;Size=x;Modify=19940728095854; broken",
            "nonsense");
    assertThat(entries)
        .extracting(
            entry -> entry.kind() + " " + RemoteNames.decode(entry.name(), StandardCharsets.UTF_8))
        .containsExactly(
            "FILE capmux.tar.z",
            "FOLDER ftp",
            "OTHER foobar",
            "FILE có dấu; và cách.csv",
            "OTHER no type",
            "UNREADABLE Type=file;Size=x;Modify=19940728095854; broken",
            "UNREADABLE nonsense");
    assertThat(entries.get(0).size()).isEqualTo(25_730);
    assertThat(entries.get(0).modifiedNanos()).isEqualTo(nanos("1994-07-28T09:58:54Z"));
    assertThat(entries.get(3).modifiedNanos()).isEqualTo(nanos("2026-03-10T18:30:00.500Z"));
  }

  @Test
  void listingsOfUnix() throws IOException {
    List<RemoteFiles.Entry> entries =
        read(
            FtpListing.parser("UNIX Type: L8"),
            "total 12",
            "drwxr-xr-x    3 1000     1000         4096 Mar 01  2025 .",
            "drwxr-xr-x    3 1000     1000         4096 Mar 01  2025 thang 3",
            "-rw-r--r--    1 1000     1000          512 Mar 01  2025 mau_20260310.csv",
            "lrwxrwxrwx    1 1000     1000           11 Mar 01  2025 link -> /etc/passwd",
            "-rw-r--r--");
    assertThat(entries)
        .extracting(entry -> entry.kind() + " " + entry.name())
        .containsExactly(
            "FOLDER thang 3", "FILE mau_20260310.csv", "OTHER link", "UNREADABLE -rw-r--r--");
    assertThat(entries.get(1).size()).isEqualTo(512);
    assertThat(entries.get(1).modifiedNanos()).isEqualTo(nanos("2025-03-01T00:00:00Z"));
  }

  @Test
  void listingsOfWindows() throws IOException {
    List<RemoteFiles.Entry> entries =
        read(
            FtpListing.parser("Windows_NT"),
            "03-01-26  01:05PM       <DIR>          thang 3",
            "03-01-26  01:05PM                  512 mau.csv");
    assertThat(entries)
        .extracting(entry -> entry.kind() + " " + entry.name())
        .containsExactly("FOLDER thang 3", "FILE mau.csv");
    assertThat(entries.get(1).modifiedNanos()).isEqualTo(nanos("2026-03-01T13:05:00Z"));
    assertThat(FtpListing.parser("a system nobody knows")).isNotNull();
  }

  @Test
  void aLineWithoutEndTakesNoMemory() throws IOException {
    byte[] line = new byte[1 << 20];
    java.util.Arrays.fill(line, (byte) 'x');
    List<RemoteFiles.Entry> entries = new ArrayList<>();
    FtpListing.read(new ByteArrayInputStream(line), MLSxEntryParser.getInstance(), entries::add);
    assertThat(entries)
        .singleElement()
        .extracting(RemoteFiles.Entry::kind)
        .hasToString("UNREADABLE");
    assertThat(entries.get(0).name()).hasSize(200);
  }

  private static List<RemoteFiles.Entry> read(FTPFileEntryParser parser, String... lines)
      throws IOException {
    List<RemoteFiles.Entry> entries = new ArrayList<>();
    FtpListing.read(
        new ByteArrayInputStream(String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8)),
        parser,
        entries::add);
    return entries;
  }

  private static long nanos(String instant) {
    return TimeUnit.MILLISECONDS.toNanos(Instant.parse(instant).toEpochMilli());
  }
}
