package vn.tnmt.lakehouse.ingestion.collect.ftp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.apache.commons.net.ftp.FTPFileEntryParser;
import org.apache.commons.net.ftp.FTPReply;
import org.apache.commons.net.ftp.parser.MLSxEntryParser;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.collect.remote.RemoteFiles;
import vn.tnmt.lakehouse.ingestion.collect.remote.RemoteNames;

/**
 * A folder of an FTP server. Folders are listed by MLSD where the server has it, else by LIST,
 * whose times are mended by MDTM.
 */
final class FtpFiles implements RemoteFiles {
  private final Ftp transport;
  private final Supplier<Duration> left;
  private final Charset charset;
  private final String password;
  private final @Nullable SSLContext trusted;
  private @Nullable FtpChannel channel;
  private @Nullable Socket data;
  private String root;
  private boolean machineListings;
  private @Nullable FTPFileEntryParser parser;

  /**
   * @param left time until the feed's deadline
   * @throws TnmtException {@code TNMT-5002} when the secret or {@code caFile} cannot be read
   */
  FtpFiles(Ftp transport, Supplier<Duration> left) {
    this.transport = transport;
    this.left = left;
    this.charset = Charset.forName(transport.encoding());
    this.password = password(transport);
    this.trusted = transport.tls() == Tls.NONE ? null : FtpTrust.context(transport.caFile());
  }

  private static String password(Ftp transport) {
    if (transport.password() == null) {
      return transport.user().equals("anonymous") ? "anonymous@" : "";
    }
    String password = transport.password().read();
    if (password.chars().anyMatch(Character::isISOControl)) {
      throw TnmtException.of(
          ErrorCode.SETTING_INVALID,
          "mật khẩu có ký tự điều khiển / the password has control characters",
          transport.password().place().toString(),
          "write it on one line");
    }
    return password;
  }

  private FTPClient client() throws IOException {
    if (channel == null) {
      connect();
    }
    return channel.client();
  }

  private void connect() throws IOException {
    FtpChannel made = FtpChannel.of(transport.tls(), trusted);
    try {
      connect(made);
      logIn(made);
      prepare(made);
    } catch (IOException | RuntimeException e) {
      disconnect(made);
      if (FtpTrust.isDistrust(e)) {
        throw TnmtException.of(
            ErrorCode.SOURCE_UNREADABLE,
            "chứng thư của máy chủ không đáng tin / the server's certificate is not trusted: "
                + e.getMessage(),
            transport.location(),
            "check host; name in caFile the certificate of who signed the server's",
            e);
      }
      throw e;
    }
    channel = made;
  }

  private void connect(FtpChannel made) throws IOException {
    FTPClient client = made.client();
    Duration most = left.get();
    Duration connect = transport.limits().connect();
    client.setConnectTimeout(
        (int) (connect.compareTo(most) < 0 ? connect : most).plusMillis(1).toMillis());
    client.setDefaultTimeout((int) transport.limits().idle().toMillis());
    client.setDataTimeout(transport.limits().idle());
    client.setControlEncoding(RemoteNames.WIRE.name());
    client.setUseEPSVwithIPv4(true);
    client.connect(transport.host(), transport.port());
    if (!FTPReply.isPositiveCompletion(client.getReplyCode())) {
      throw refused(client);
    }
  }

  private void logIn(FtpChannel made) throws IOException {
    FTPClient client = made.client();
    String user = RemoteNames.encode(transport.user(), charset);
    if (!client.login(user, RemoteNames.encode(password, charset))) {
      int reply = client.getReplyCode();
      if (FTPReply.isNegativeTransient(reply)) {
        throw new IOException("reply " + reply + " to the login");
      }
      // Without the server's words: it may repeat what it was told.
      throw TnmtException.of(
          ErrorCode.SOURCE_UNREADABLE,
          "máy chủ từ chối đăng nhập / the server refuses the login of user "
              + transport.user()
              + " (reply "
              + reply
              + ")",
          transport.location(),
          "check user and password");
    }
  }

  private void prepare(FtpChannel made) throws IOException {
    FTPClient client = made.client();
    made.protectData();
    if (!client.setFileType(FTP.BINARY_FILE_TYPE)) {
      throw refused(client);
    }
    if (charset.equals(StandardCharsets.UTF_8) && client.hasFeature("UTF8")) {
      client.sendCommand("OPTS", "UTF8 ON");
    }
    machineListings = client.hasFeature("MLST");
    if (transport.passive()) {
      client.enterLocalPassiveMode();
    } else {
      client.enterLocalActiveMode();
    }
    root = RemoteNames.encode(transport.root(), charset);
    if (!root.startsWith("/")) {
      String home = client.printWorkingDirectory();
      root = (home == null || home.equals("/") ? "" : home) + "/" + root;
    }
    parser = null;
  }

  private static IOException refused(FTPClient client) {
    return new IOException("reply " + FtpListing.shown(client.getReplyString()));
  }

  /** Below the root, in the server's bytes. */
  private String path(String below) {
    return root.endsWith("/") ? root + below : RemoteNames.join(root, below);
  }

  @Override
  public boolean list(String folder, Entries to) throws IOException {
    FTPClient client = client();
    // A listing of the current folder: its path cannot be taken for an option.
    if (!client.changeWorkingDirectory(path(folder))) {
      throwIfPassing(client);
      return false;
    }
    data = machineListings ? channel.data("MLSD", null) : null;
    if (data == null && machineListings && FtpListing.isUnknownCommand(client.getReplyCode())) {
      machineListings = false;
    }
    FTPFileEntryParser by = MLSxEntryParser.getInstance();
    if (!machineListings) {
      by = parser(client);
      data = channel.data("LIST", null);
    }
    if (data == null) {
      throwIfPassing(client);
      return false;
    }
    try (InputStream in = data.getInputStream()) {
      FtpListing.read(in, by, to);
    }
    data.close();
    data = null;
    if (!client.completePendingCommand()) {
      throw refused(client);
    }
    return true;
  }

  private FTPFileEntryParser parser(FTPClient client) throws IOException {
    if (parser == null) {
      boolean told = FTPReply.isPositiveCompletion(client.syst());
      String reply = client.getReplyString();
      parser = FtpListing.parser(told && reply.length() > 4 ? reply.substring(4).strip() : "UNIX");
    }
    return parser;
  }

  /** Throws when a negative reply is about the connection and not about what was asked for. */
  private static void throwIfPassing(FTPClient client) throws IOException {
    int reply = client.getReplyCode();
    if (reply == FTPReply.SERVICE_NOT_AVAILABLE
        || reply == FTPReply.CANNOT_OPEN_DATA_CONNECTION
        || reply == FTPReply.TRANSFER_ABORTED
        || (!FTPReply.isNegativeTransient(reply) && !FTPReply.isNegativePermanent(reply))) {
      throw refused(client);
    }
  }

  @Override
  public Optional<Entry> find(String path) throws IOException {
    FTPClient client = client();
    if (machineListings) {
      FTPFile file = client.mlistFile(path(path));
      if (file != null) {
        return Optional.of(FtpListing.entry(file));
      }
      if (FTPReply.isPositiveCompletion(client.getReplyCode())) {
        // A link, or whatever is told in words that the client does not know.
        return Optional.empty();
      }
      throwIfPassing(client);
      if (!FtpListing.isUnknownCommand(client.getReplyCode())) {
        return Optional.empty();
      }
    }
    String size = client.getSize(path(path));
    int sizeReply = client.getReplyCode();
    Instant modified = client.mdtmInstant(path(path));
    throwUnlessTold(client, modified != null);
    if (size == null && modified == null && !FtpListing.isUnknownCommand(sizeReply)) {
      return Optional.empty();
    }
    return Optional.of(
        new Entry(
            path.substring(path.lastIndexOf('/') + 1),
            Kind.FILE,
            size == null ? -1 : Long.parseLong(size.strip()),
            modified == null ? 0 : TimeUnit.MILLISECONDS.toNanos(modified.toEpochMilli())));
  }

  private static void throwUnlessTold(FTPClient client, boolean told) throws IOException {
    if (!told) {
      throwIfPassing(client);
    }
  }

  @Override
  public Optional<InputStream> open(String path, long offset, long size) throws IOException {
    FTPClient client = client();
    client.setRestartOffset(offset);
    data = channel.data("RETR", path(path));
    client.setRestartOffset(0);
    boolean skip = false;
    if (data == null && offset > 0 && FtpListing.isUnknownCommand(client.getReplyCode())) {
      // It cannot begin in the middle.
      data = channel.data("RETR", path(path));
      skip = true;
    }
    if (data == null) {
      throwIfPassing(client);
      return Optional.empty();
    }
    InputStream in = new Transfer(data.getInputStream());
    if (skip) {
      in.skipNBytes(offset);
    }
    return Optional.of(in);
  }

  /** A file's bytes. The server's last word is heard when all were read. */
  private final class Transfer extends FilterInputStream {
    private boolean ended;

    Transfer(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      ended |= value < 0;
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      ended |= count < 0;
      return count;
    }

    @Override
    public void close() throws IOException {
      super.close();
      data = null;
      // A connection that was kept open for a long transfer may have been cut on the way.
      if (!ended || channel == null || !channel.client().completePendingCommand()) {
        drop();
      }
    }
  }

  @Override
  public boolean listsRoughTimes() {
    return !machineListings;
  }

  @Override
  public String decode(String name) {
    return RemoteNames.decode(name, charset);
  }

  @Override
  public void drop() {
    if (data != null) {
      try {
        data.close();
      } catch (IOException e) {
        // It is given up.
      }
      data = null;
    }
    if (channel != null) {
      disconnect(channel);
      channel = null;
    }
  }

  private static void disconnect(FtpChannel channel) {
    try {
      channel.client().disconnect();
    } catch (IOException | RuntimeException e) {
      // It is given up.
    }
  }

  @Override
  public void close() {
    if (channel != null) {
      try {
        channel.client().setSoTimeout(1_000);
        channel.client().logout();
      } catch (IOException | RuntimeException e) {
        // It goes without a farewell.
      }
    }
    drop();
  }
}
