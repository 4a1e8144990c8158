package vn.tnmt.lakehouse.ingestion.collect.ftp;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.command.CommandFactory;
import org.apache.ftpserver.command.CommandFactoryFactory;
import org.apache.ftpserver.filesystem.nativefs.NativeFileSystemFactory;
import org.apache.ftpserver.ftplet.DefaultFtplet;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.FtpSession;
import org.apache.ftpserver.ftplet.FtpletResult;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.SslConfigurationFactory;
import org.apache.ftpserver.usermanager.PropertiesUserManagerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;

/** An Apache FtpServer on loopback over a folder. */
final class FtpServerFixture implements AutoCloseable {
  static final String USER = "tram_01";
  static final String PASSWORD = "Mật-khẩu-97!";

  /** What a server of this fixture is like. */
  static final class Settings {
    Tls tls = Tls.NONE;
    File keyStore;
    List<String> without = List.of();

    /** Transfers, from the first on, that have a fault after so many bytes. */
    int faults;

    long faultAfter;
    boolean silent;

    /** So many files instead of the folder's. */
    int invented;
  }

  /** Commands and their arguments, in order; without passwords. */
  final List<String> commands = Collections.synchronizedList(new ArrayList<>());

  /** Offsets from which files were read. */
  final List<String> reads = Collections.synchronizedList(new ArrayList<>());

  private final FtpServer server;
  private final Listener listener;
  private final AtomicInteger faultsLeft;
  private final Settings settings;

  FtpServerFixture(Path root, Settings settings) throws IOException {
    this.settings = settings;
    this.faultsLeft = new AtomicInteger(settings.faults);
    FtpServerFactory servers = new FtpServerFactory();
    ListenerFactory listeners = new ListenerFactory();
    listeners.setServerAddress("127.0.0.1");
    listeners.setPort(0);
    DataConnectionConfigurationFactory data = new DataConnectionConfigurationFactory();
    data.setActiveEnabled(true);
    if (settings.tls != Tls.NONE) {
      SslConfigurationFactory ssl = new SslConfigurationFactory();
      ssl.setKeystoreFile(settings.keyStore);
      ssl.setKeystorePassword("changeit");
      ssl.setKeystoreType("PKCS12");
      listeners.setSslConfiguration(ssl.createSslConfiguration());
      listeners.setImplicitSsl(settings.tls == Tls.IMPLICIT);
      data.setSslConfiguration(ssl.createSslConfiguration());
      data.setImplicitSsl(settings.tls == Tls.IMPLICIT);
    }
    listeners.setDataConnectionConfiguration(data.createDataConnectionConfiguration());
    servers.addListener("default", listeners.createListener());
    listener = servers.getListener("default");

    ConnectionConfigFactory connections = new ConnectionConfigFactory();
    connections.setAnonymousLoginEnabled(true);
    connections.setLoginFailureDelay(0);
    servers.setConnectionConfig(connections.createConnectionConfig());
    try {
      servers.setUserManager(new PropertiesUserManagerFactory().createUserManager());
      for (String name : List.of(USER, "anonymous")) {
        BaseUser user = new BaseUser();
        user.setName(name);
        user.setPassword(PASSWORD);
        user.setHomeDirectory(root.toString());
        servers.getUserManager().save(user);
      }
      servers.setCommandFactory(commands(settings.without));
      NativeFileSystemFactory folders = new NativeFileSystemFactory();
      servers.setFileSystem(user -> view(folders.createFileSystemView(user)));
      servers.getFtplets().put("log", new Log());
      server = servers.createServer();
      server.start();
    } catch (FtpException e) {
      throw new IOException(e);
    }
  }

  private static CommandFactory commands(List<String> without) {
    CommandFactory all = new CommandFactoryFactory().createCommandFactory();
    return name -> without.contains(name) ? null : all.getCommand(name);
  }

  int port() {
    return listener.getPort();
  }

  /** Notes what is asked, and answers FEAT as far as commands are there. */
  private final class Log extends DefaultFtplet {
    @Override
    public FtpletResult beforeCommand(FtpSession session, FtpRequest request)
        throws FtpException, IOException {
      boolean secret = request.getCommand().equals("PASS");
      commands.add(secret ? "PASS" : request.getRequestLine());
      if (request.getCommand().equals("FEAT") && !settings.without.isEmpty()) {
        session.write(
            new FtpReply() {
              @Override
              public int getCode() {
                return 211;
              }

              @Override
              public String getMessage() {
                return "none";
              }

              @Override
              public long getSentTime() {
                return 0;
              }

              @Override
              public boolean isPositive() {
                return true;
              }

              @Override
              public String toString() {
                return "211 none\r\n";
              }
            });
        return FtpletResult.SKIP;
      }
      return super.beforeCommand(session, request);
    }
  }

  private FileSystemView view(FileSystemView view) {
    return (FileSystemView)
        Proxy.newProxyInstance(
            FileSystemView.class.getClassLoader(),
            new Class<?>[] {FileSystemView.class},
            (proxy, method, arguments) -> {
              Object result = call(() -> method.invoke(view, arguments));
              return result instanceof FtpFile file ? file(file) : result;
            });
  }

  private FtpFile file(FtpFile file) {
    return proxy(
        (name, arguments, otherwise) ->
            switch (name) {
              case "createInputStream" -> {
                reads.add(file.getName() + "@" + arguments[0]);
                InputStream in = (InputStream) otherwise.run();
                yield faultsLeft.getAndDecrement() > 0 ? faulty(in) : in;
              }
              case "listFiles" ->
                  settings.invented > 0 && file.getAbsolutePath().equals("/")
                      ? invented()
                      : otherwise.run();
              default -> otherwise.run();
            },
        file);
  }

  private List<FtpFile> invented() {
    List<FtpFile> files = new ArrayList<>();
    for (int i = 0; i < settings.invented; i++) {
      files.add(new Invented("tram" + i + "_2025010" + (1 + i % 9) + ".csv").file());
    }
    return files;
  }

  private record Invented(String name) {
    FtpFile file() {
      return proxy(
          (method, arguments, otherwise) ->
              switch (method) {
                case "getName" -> name;
                case "getAbsolutePath" -> "/" + name;
                case "isFile", "doesExist", "isReadable" -> true;
                case "isDirectory", "isHidden", "isWritable", "isRemovable" -> false;
                case "getSize" -> 1L;
                case "getLastModified" -> 1_700_000_000_000L;
                case "createInputStream" -> new ByteArrayInputStream(new byte[1]);
                case "getOwnerName", "getGroupName" -> "x";
                case "getLinkCount" -> 1;
                default -> otherwise.run();
              },
          null);
    }
  }

  private InputStream faulty(InputStream in) {
    return new FilterInputStream(in) {
      private long left = settings.faultAfter;

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left == 0) {
          if (settings.silent) {
            try {
              Thread.sleep(4_000);
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
          throw new IOException("the disk is on fire");
        }
        int count = super.read(buffer, offset, (int) Math.min(length, left));
        left -= Math.max(count, 0);
        return count;
      }
    };
  }

  private interface Otherwise {
    Object run() throws Exception;
  }

  private interface Answer {
    Object of(String method, Object[] arguments, Otherwise otherwise) throws Exception;
  }

  private static FtpFile proxy(Answer answer, FtpFile real) {
    return (FtpFile)
        Proxy.newProxyInstance(
            FtpFile.class.getClassLoader(),
            new Class<?>[] {FtpFile.class},
            (proxy, method, arguments) ->
                answer.of(
                    method.getName(), arguments, () -> call(() -> method.invoke(real, arguments))));
  }

  private static Object call(Otherwise otherwise) throws Exception {
    try {
      return otherwise.run();
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
