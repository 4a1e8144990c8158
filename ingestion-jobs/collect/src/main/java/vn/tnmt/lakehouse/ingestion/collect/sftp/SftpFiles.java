package vn.tnmt.lakehouse.ingestion.collect.sftp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.SftpModuleProperties;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.client.impl.AbstractSftpClient;
import org.apache.sshd.sftp.client.impl.SftpInputStreamAsync;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.collect.remote.RemoteFiles;
import vn.tnmt.lakehouse.ingestion.collect.remote.RemoteNames;

/**
 * A folder of an SFTP server (protocol version 3, which all of them speak). What stands in the
 * user's {@code ~/.ssh} has no part in it.
 */
final class SftpFiles implements RemoteFiles {
  private static final int BLOCK = 32 << 10;

  private final Sftp transport;
  private final Supplier<Duration> left;
  private final String root;
  private final Set<String> accepted;

  /** Types of host keys that the server has, and that are not accepted. */
  private final Set<String> refusedTypes = new HashSet<>();

  private final List<String> refused = new ArrayList<>();
  private final SshClient ssh;
  private final List<NamedFactory<Signature>> signatures;
  private @Nullable ClientSession session;
  private @Nullable SftpClient sftp;

  /**
   * @param left time until the feed's deadline
   * @throws TnmtException {@code TNMT-5002} when the secret or {@code knownHosts} cannot be read
   */
  SftpFiles(Sftp transport, Supplier<Duration> left) {
    this.transport = transport;
    this.left = left;
    this.root = RemoteNames.encode(transport.root(), StandardCharsets.UTF_8);
    this.accepted = SftpHostKeys.accepted(transport);
    this.ssh = SshClient.setUpDefaultClient();
    ssh.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    ssh.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    ssh.setFilePasswordProvider(FilePasswordProvider.EMPTY);
    ssh.setServerKeyVerifier((from, address, key) -> isAccepted(key));
    if (transport.login() instanceof SftpLogin.Key key) {
      ssh.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
      keyPairs(key).forEach(ssh::addPublicKeyIdentity);
    } else if (transport.login() instanceof SftpLogin.Password password) {
      ssh.setUserAuthFactories(
          List.of(UserAuthPasswordFactory.INSTANCE, UserAuthKeyboardInteractiveFactory.INSTANCE));
      ssh.addPasswordIdentity(password.password().read());
    }
    this.signatures =
        ssh.getSignatureFactories().stream()
            .filter(signature -> !signature.getName().contains("-cert-"))
            .toList();
    CoreModuleProperties.IDLE_TIMEOUT.set(ssh, transport.limits().idle());
    CoreModuleProperties.AUTH_TIMEOUT.set(ssh, transport.limits().connect());
    SftpModuleProperties.SFTP_CHANNEL_OPEN_TIMEOUT.set(ssh, transport.limits().idle());
    CoreModuleProperties.DISCONNECT_TIMEOUT.set(ssh, Duration.ofSeconds(1));
    CoreModuleProperties.CHANNEL_CLOSE_TIMEOUT.set(ssh, Duration.ofSeconds(1));
    ssh.start();
  }

  private static Iterable<KeyPair> keyPairs(SftpLogin.Key login) {
    String text = login.key().read();
    FilePasswordProvider passphrase =
        login.passphrase() == null
            ? FilePasswordProvider.EMPTY
            : FilePasswordProvider.of(login.passphrase().read());
    try (InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))) {
      Iterable<KeyPair> pairs =
          SecurityUtils.loadKeyPairIdentities(
              null, NamedResource.ofName(login.key().name()), in, passphrase);
      if (pairs != null) {
        return pairs;
      }
      throw unusable(login, "no key in it");
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw e instanceof TnmtException known ? known : unusable(login, e.toString());
    }
  }

  /** Without the cause: nobody knows what of the key it repeats. */
  private static TnmtException unusable(SftpLogin.Key login, String why) {
    return TnmtException.of(
        ErrorCode.SETTING_INVALID,
        "không dùng được khoá riêng / the private key cannot be used: " + why,
        login.key().name() + ", " + login.key().place(),
        login.passphrase() == null
            ? "give an OpenSSH or PEM key, and keyPassphrase when it has one"
            : "check keyPassphrase");
  }

  private boolean isAccepted(PublicKey key) {
    String fingerprint = SftpHostKeys.fingerprint(key);
    if (accepted.contains(fingerprint)) {
      return true;
    }
    String type = KeyUtils.getKeyType(key);
    refusedTypes.add(KeyUtils.getCanonicalKeyType(type));
    refused.add(type + " " + fingerprint);
    return false;
  }

  private SftpClient sftp() throws IOException {
    if (sftp != null && sftp.isOpen()) {
      return sftp;
    }
    drop();
    session = session();
    sftp = SftpClientFactory.instance().createSftpClient(session, SftpConstants.SFTP_V3);
    sftp.setNameDecodingCharset(RemoteNames.WIRE);
    return sftp;
  }

  /**
   * An authenticated connection. A server has keys of several types and shows one: when it is not
   * one of ours, the others are asked for.
   */
  private ClientSession session() throws IOException {
    while (true) {
      List<NamedFactory<Signature>> acceptable =
          signatures.stream()
              .filter(it -> !refusedTypes.contains(KeyUtils.getCanonicalKeyType(it.getName())))
              .toList();
      if (acceptable.isEmpty()) {
        throw SftpHostKeys.refused(transport, accepted, refused);
      }
      ssh.setSignatureFactories(acceptable);
      int before = refused.size();
      ClientSession made = null;
      try {
        Duration time = connectTime();
        made =
            ssh.connect(transport.user(), transport.host(), transport.port())
                .verify(time)
                .getSession();
        made.auth().verify(time);
        return made;
      } catch (IOException e) {
        if (made != null) {
          made.close(true);
        }
        if (refused.size() == before) {
          throw failure(e);
        }
      }
    }
  }

  private Duration connectTime() {
    Duration most = left.get();
    Duration connect = transport.limits().connect();
    return connect.compareTo(most) < 0 ? connect : most;
  }

  private IOException failure(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SshException ssh) {
        if (ssh.getDisconnectCode()
            == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE) {
          throw TnmtException.of(
              ErrorCode.SOURCE_UNREADABLE,
              "máy chủ từ chối đăng nhập / the server refuses the login of user "
                  + transport.user(),
              transport.location(),
              "check user and "
                  + (transport.login() instanceof SftpLogin.Key ? "key" : "password"));
        }
        if (ssh.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_KEY_EXCHANGE_FAILED
            && !refused.isEmpty()) {
          throw SftpHostKeys.refused(transport, accepted, refused);
        }
      }
    }
    return e;
  }

  /** Below the root, in the server's bytes. */
  private String path(String below) {
    return root.endsWith("/") ? root + below : RemoteNames.join(root, below);
  }

  @Override
  public boolean list(String folder, Entries to) throws IOException {
    SftpClient client = sftp();
    return there(
            () -> {
              try (SftpClient.CloseableHandle handle = client.openDir(path(folder))) {
                for (List<SftpClient.DirEntry> some = client.readDir(handle);
                    some != null;
                    some = client.readDir(handle)) {
                  pass(folder, some, to);
                }
              }
              return true;
            })
        .orElse(false);
  }

  private void pass(String folder, List<SftpClient.DirEntry> children, Entries to)
      throws IOException {
    for (SftpClient.DirEntry child : children) {
      if (!child.getFilename().equals(".") && !child.getFilename().equals("..")) {
        to.accept(child(folder, child));
      }
    }
  }

  private Entry child(String folder, SftpClient.DirEntry child) throws IOException {
    String name = child.getFilename();
    Entry listed = entry(name, child.getAttributes());
    boolean told = child.getAttributes().getFlags().contains(SftpClient.Attribute.Perms);
    if (told || !RemoteNames.isPlain(name)) {
      return listed;
    }
    return find(RemoteNames.join(folder, name)).orElse(listed);
  }

  @Override
  public Optional<Entry> find(String path) throws IOException {
    SftpClient client = sftp();
    return there(() -> client.lstat(path(path)))
        .map(attributes -> entry(path.substring(path.lastIndexOf('/') + 1), attributes));
  }

  private static Entry entry(String name, SftpClient.Attributes attributes) {
    Kind kind =
        attributes.isDirectory()
            ? Kind.FOLDER
            : attributes.isRegularFile() ? Kind.FILE : Kind.OTHER;
    boolean sized = attributes.getFlags().contains(SftpClient.Attribute.Size);
    return new Entry(
        name,
        kind,
        sized && attributes.getSize() >= 0 ? attributes.getSize() : -1,
        attributes.getModifyTime() == null
            ? 0
            : attributes.getModifyTime().to(TimeUnit.NANOSECONDS));
  }

  /** Asks for the next blocks before the one at hand is read, up to the size of a window (2 MB). */
  @Override
  public Optional<InputStream> open(String path, long offset, long size) throws IOException {
    SftpClient client = sftp();
    String whole = path(path);
    Optional<SftpClient.CloseableHandle> opened =
        there(() -> client.open(whole, EnumSet.of(SftpClient.OpenMode.Read)));
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SftpInputStreamAsync(
            (AbstractSftpClient) client, BLOCK, offset, size, whole, opened.get()));
  }

  /** Something of a server. */
  private interface Asked<T> {
    T get() throws IOException;
  }

  /** Empty when the server answers that there is none, or none for us. */
  private static <T> Optional<T> there(Asked<T> asked) throws IOException {
    try {
      return Optional.of(asked.get());
    } catch (SftpException e) {
      if (e.getStatus() == SftpConstants.SSH_FX_NO_CONNECTION
          || e.getStatus() == SftpConstants.SSH_FX_CONNECTION_LOST) {
        throw e;
      }
      return Optional.empty();
    }
  }

  @Override
  public boolean listsRoughTimes() {
    return false;
  }

  @Override
  public String decode(String name) {
    return RemoteNames.decode(name, StandardCharsets.UTF_8);
  }

  @Override
  public void drop() {
    sftp = null;
    if (session != null) {
      session.close(true);
      session = null;
    }
  }

  @Override
  public void close() {
    drop();
    ssh.close(true);
    ssh.stop();
  }
}
