package vn.tnmt.lakehouse.ingestion.collect.sftp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.SftpModuleProperties;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.Handle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** An SFTP server on loopback over a folder, with keys made by {@code ssh-keygen}. */
final class SftpServer implements AutoCloseable {
  static final String USER = "tram_01";
  static final String PASSWORD = "Mật-khẩu-97!";

  // As 'ssh-keygen -lf' prints them.
  static final String ED25519 = "SHA256:V10m/Bmv3wOsfDJhQ6SOUksX0dsHOioeWqPWJYL8XLg";
  static final String ECDSA = "SHA256:oRenY/pHxrhTZEaDEt3qX2s/G2N2457Lj3fc04xCFB4";
  static final String RSA = "SHA256:ZFXA6SNCxTMk/B7mjxwrVGq2Vj36RbhOH9377uTXeL0";

  final AtomicInteger logins = new AtomicInteger();

  /** Names of the folders and files that were opened, in order. */
  final List<String> opened = Collections.synchronizedList(new ArrayList<>());

  private final SshServer ssh = SshServer.setUpDefaultServer();

  /**
   * @param hostKeys of {@code ed25519, ecdsa, rsa}
   */
  SftpServer(Path root, String... hostKeys) throws IOException {
    ssh.setHost("127.0.0.1");
    ssh.setPort(0);
    List<KeyPair> keys = new ArrayList<>();
    for (String name : hostKeys) {
      keys.add(key("host_" + name));
    }
    ssh.setKeyPairProvider(KeyPairProvider.wrap(keys));
    ssh.setPasswordAuthenticator(
        (user, password, session) -> {
          logins.incrementAndGet();
          return USER.equals(user) && PASSWORD.equals(password);
        });
    ssh.setPublickeyAuthenticator(
        (user, key, session) ->
            USER.equals(user)
                && (KeyUtils.compareKeys(key, publicKey("user_ed25519"))
                    || KeyUtils.compareKeys(key, publicKey("user_rsa_pem"))));
    ssh.setFileSystemFactory(new VirtualFileSystemFactory(root));
    SftpModuleProperties.AUTO_FOLLOW_LINKS.set(ssh, false);
    SftpSubsystemFactory sftp = new SftpSubsystemFactory();
    sftp.addSftpEventListener(
        new SftpEventListener() {
          @Override
          public void open(ServerSession session, String remoteHandle, Handle handle) {
            opened.add(
                (handle instanceof FileHandle ? "file " : "folder ") + handle.getFile().toString());
          }
        });
    ssh.setSubsystemFactories(List.of(sftp));
    ssh.start();
  }

  int port() {
    return ssh.getPort();
  }

  /** The line of a public key, as {@code known_hosts} has it behind the host. */
  static String line(String name) {
    try {
      return Files.readString(resource(name + ".pub")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path resource(String name) {
    try {
      return Path.of(Objects.requireNonNull(SftpServer.class.getResource("/ssh/" + name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair key(String name) throws IOException {
    try (InputStream in = Files.newInputStream(resource(name))) {
      return SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName(name), in, null)
          .iterator()
          .next();
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static java.security.PublicKey publicKey(String name) {
    try {
      return AuthorizedKeyEntry.parseAuthorizedKeyEntry(line(name))
          .resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    ssh.stop(true);
  }
}
