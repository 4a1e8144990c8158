package vn.tnmt.lakehouse.ingestion.collect.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.tnmt.lakehouse.ingestion.collect.TransportTesting;
import vn.tnmt.lakehouse.ingestion.collect.ftp.Ftp;
import vn.tnmt.lakehouse.ingestion.collect.ftp.Tls;
import vn.tnmt.lakehouse.ingestion.collect.sftp.Sftp;
import vn.tnmt.lakehouse.ingestion.collect.sftp.SftpLogin;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Secret;
import vn.tnmt.lakehouse.ingestion.collect.transfer.TransferPolicy;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;
import vn.tnmt.lakehouse.ingestion.feed.Place;
import vn.tnmt.lakehouse.ingestion.feed.Transport;

class RemoteFoldersTest {
  private static final String PIN = "SHA256:V10m/Bmv3wOsfDJhQ6SOUksX0dsHOioeWqPWJYL8XLg";
  private static final String OTHER_PIN = "SHA256:oRenY/pHxrhTZEaDEt3qX2s/G2N2457Lj3fc04xCFB4";
  private static final String SFTP =
      "{type: sftp, host: sftp.example.vn, root: /ra, user: tnmt, password: {env: TNMT_X},"
          + " hostKey: \""
          + PIN
          + "\", pattern: \"a_{day:yyyyMMdd}.csv\"}";
  private static final String FTP =
      "{type: ftp, host: ftp.example.vn, root: /ra, pattern: \"a_{day:yyyyMMdd}.csv\"}";
  private static final FilePattern PATTERN = FilePattern.parse("a_{day:yyyyMMdd}.csv");

  @TempDir Path dir;

  @Test
  void theUsualSftp() throws Exception {
    Transport sftp = parse(SFTP);
    assertThat(sftp)
        .isEqualTo(
            new Sftp(
                "sftp.example.vn",
                22,
                "/ra",
                "tnmt",
                new SftpLogin.Password(secret(Secret.Source.ENV, "TNMT_X")),
                Set.of(PIN),
                "",
                PATTERN,
                30,
                10,
                TransferPolicy.USUAL));
    assertThat(sftp.location()).isEqualTo("sftp://tnmt@sftp.example.vn:22/ra");
    assertThat(serialised(sftp)).isEqualTo(sftp);
  }

  @Test
  void everyKeyOfSftpArrives() throws IOException {
    assertThat(
            parse(
                "{type: sftp, host: \"2001:db8::1\", port: 2222, root: ra/, user: tnmt, key: {file:"
                    + " /etc/k}, keyPassphrase: {env: P}, knownHosts: /etc/h, pattern:"
                    + " \"a_{day:yyyyMMdd}.csv\", lookbackDays: 3, quietSeconds: 0, limits:"
                    + " {connectSeconds: 1, idleSeconds: 2, deadlineMinutes: 3, retries: 0,"
                    + " maxFileMB: 5}}"))
        .isEqualTo(
            new Sftp(
                "2001:db8::1",
                2222,
                "ra/",
                "tnmt",
                new SftpLogin.Key(
                    secret(Secret.Source.FILE, "/etc/k"), secret(Secret.Source.ENV, "P")),
                Set.of(),
                "/etc/h",
                PATTERN,
                3,
                0,
                new TransferPolicy(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofMinutes(3),
                    0,
                    5 << 20)));
    Transport two =
        parse(SFTP.replace("\"" + PIN + "\"", "[\"" + PIN + "=\", \"" + OTHER_PIN + "\"]"));
    assertThat(((Sftp) two).hostKeys()).containsExactlyInAnyOrder(PIN, OTHER_PIN);
  }

  @Test
  void theUsualFtp() throws Exception {
    Transport ftp = parse(FTP);
    assertThat(ftp)
        .isEqualTo(
            new Ftp(
                "ftp.example.vn",
                21,
                "/ra",
                "anonymous",
                null,
                Tls.NONE,
                "",
                true,
                "UTF-8",
                PATTERN,
                30,
                10,
                TransferPolicy.USUAL));
    assertThat(ftp.location()).isEqualTo("ftp://anonymous@ftp.example.vn:21/ra");
    assertThat(serialised(ftp)).isEqualTo(ftp);
  }

  @Test
  void everyKeyOfFtpArrives() throws IOException {
    String keys =
        ", user: u, password: {file: /p}, tls: %s, caFile: /ca.pem, passive: false, encoding:"
            + " windows-1258, lookbackDays: 3, quietSeconds: 4, limits: {retries: 1}";
    Ftp ftp = (Ftp) parse(FTP.replace(", root", keys.formatted("implicit") + ", root"));
    assertThat(ftp)
        .isEqualTo(
            new Ftp(
                "ftp.example.vn",
                990,
                "/ra",
                "u",
                secret(Secret.Source.FILE, "/p"),
                Tls.IMPLICIT,
                "/ca.pem",
                false,
                "windows-1258",
                PATTERN,
                3,
                4,
                ftp.limits()));
    assertThat(ftp.limits().retries()).isEqualTo(1);
    Ftp explicit = (Ftp) parse(FTP.replace(", root", keys.formatted("explicit") + ", root"));
    assertThat(explicit.tls()).isEqualTo(Tls.EXPLICIT);
    assertThat(explicit.port()).isEqualTo(21);
  }

  @ParameterizedTest
  @CsvSource({
    "/,''",
    "/ra/,/ra",
    "ra,/~/ra",
    ".,/~",
    "./,/~",
    "/ra/.,/ra",
    "/ra/.hidden,/ra/.hidden"
  })
  void locationsAreComparable(String root, String below) throws IOException {
    assertThat(parse(FTP.replace("/ra", "\"" + root + "\"")).location())
        .isEqualTo("ftp://anonymous@ftp.example.vn:21" + below);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "password: {env: TNMT_X}|password: 123456|TNMT-2005|a secret must not stand",
        "password: {env: TNMT_X}, |''|TNMT-2005|'password' and 'key'",
        "password: {env|key: {file: k}, password: {env|TNMT-2005|'password' and 'key'",
        "password: {env|keyPassphrase: {env: P}, password: {env|TNMT-2005|without key",
        "user: tnmt, |''|TNMT-2005|user",
        "user: tnmt|user: \"a\\nb\"|TNMT-2005|control",
        "hostKey|knownHost|TNMT-2002|knownHosts",
        "hostKey|knownHosts: x, hostKey|TNMT-2005|'hostKey' and 'knownHosts'",
        "8XLg|8XL|TNMT-2005|fingerprint",
        "SHA256:|MD5:|TNMT-2005|ssh-keygen",
        "host: sftp.example.vn|host: sftp://example.vn/ra|TNMT-2005|host name",
        "host: sftp.example.vn, |''|TNMT-2005|host",
        "user: tnmt|user: tnmt, port: 70000|TNMT-2005|65535",
        "user: tnmt|user: tnmt, port: 0|TNMT-2005|at least 1",
        "root: /ra|root: /ra/../etc|TNMT-2005|..",
        "user: tnmt|user: tnmt, passive: true|TNMT-2002|passive",
        "user: tnmt|user: tnmt, quietSeconds: -1|TNMT-2005|at least 0",
        "user: tnmt|user: tnmt, limits: {retry: 1}|TNMT-2002|retries",
      })
  void whatIsWrongWithSftpIsNamed(String text, String instead, String code, String about)
      throws IOException {
    assertThat(SFTP).contains(text);
    assertWrong(SFTP.replace(text, instead), code, about);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type: ftp|type: fpt|TNMT-2005|ftp",
        "root: /ra|root: /ra, tls: maybe|TNMT-2005|explicit",
        "root: /ra|root: /ra, caFile: /ca.pem|TNMT-2005|tls: explicit",
        "root: /ra|root: /ra, encoding: TCVN-X|TNMT-2005|TCVN-X",
        "root: /ra|root: /ra, passive: 1|TNMT-2005|true or false",
        "root: /ra|root: /ra, password: secret|TNMT-2005|a secret must not stand",
        "root: /ra|root: /ra, hostKey: x|TNMT-2002|hostKey",
      })
  void whatIsWrongWithFtpIsNamed(String text, String instead, String code, String about)
      throws IOException {
    assertThat(FTP).contains(text);
    assertWrong(FTP.replace(text, instead), code, about);
  }

  private void assertWrong(String transport, String code, String about) {
    assertThatThrownBy(() -> parse(transport))
        .hasMessageStartingWith(code)
        .hasMessageContaining("a.yaml:7")
        .hasMessageContaining(about);
  }

  private Transport parse(String transport) throws IOException {
    return TransportTesting.transport(dir, transport);
  }

  private Secret secret(Secret.Source source, String name) {
    return new Secret(source, name, new Place(dir.resolve("a.yaml").toString(), 7));
  }

  private static Object serialised(Object value) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    return new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
  }
}
