package vn.tnmt.lakehouse.orchestration.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.tnmt.lakehouse.core.config.Home;

/**
 * Runs short commands inside {@code tnmt up}, for launchers that would otherwise start a JVM for
 * each: a night under a scheduler has one {@code ingest} for every feed of the nation.
 *
 * <p>On a Unix socket of mode 600 in the home, which nobody else can open, a line each. In: the
 * token of {@code up.address}, the number of arguments, the arguments. Out: {@code out TEXT} and
 * {@code err TEXT} as the command prints, {@code exit N} at its end; nothing at all when the token
 * is wrong, the command is not one of {@link #TAKEN}, or it would work on another home or with
 * other settings than this one: then the launcher runs it itself.
 */
final class CommandServer implements AutoCloseable {
  /** What is worth it and needs no Spark. */
  static final Set<String> TAKEN = Set.of("ingest", "pipeline");

  private static final Logger LOG = LoggerFactory.getLogger(CommandServer.class);

  /** The socket's name in the home. */
  static final String SOCKET = "up.sock";

  private static final int MAX_ARGUMENTS = 100;
  private static final int MAX_LINE = 4_096;
  private static final int PATIENCE_MILLIS = 5_000;

  /** The longest path that every system takes for a socket. */
  private static final int MAX_PATH = 100;

  private final ServerSocketChannel server;
  private final Path socket;
  private final byte[] token;
  private final List<String> fixed;
  private final ExecutorService workers = Executors.newCachedThreadPool(CommandServer::thread);
  private final ScheduledExecutorService patience =
      Executors.newSingleThreadScheduledExecutor(CommandServer::thread);

  private CommandServer(ServerSocketChannel server, Path socket, String token, List<String> fixed) {
    this.server = server;
    this.socket = socket;
    this.token = token.getBytes(StandardCharsets.UTF_8);
    this.fixed = fixed;
  }

  /** Whether a socket in this home has a path that is short enough. */
  static boolean fits(Home home) {
    return home.resolve(SOCKET).toString().getBytes(StandardCharsets.UTF_8).length <= MAX_PATH;
  }

  /**
   * Listens. The caller holds {@code up.lock}: whatever socket is there is left of a killed
   * process.
   *
   * @param fixed options that every command is run with: its home and settings
   */
  static CommandServer start(Home home, String token, List<String> fixed) {
    Path socket = home.resolve(SOCKET);
    try {
      Files.deleteIfExists(socket);
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket), 200);
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
      CommandServer started = new CommandServer(server, socket, token, fixed);
      started.workers.execute(started::listen);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "tnmt-command");
    thread.setDaemon(true);
    return thread;
  }

  private void listen() {
    while (server.isOpen()) {
      try {
        SocketChannel caller = server.accept();
        workers.execute(() -> answer(caller));
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.warn("A caller was lost", e);
      }
    }
  }

  private void answer(SocketChannel caller) {
    // A channel has no time-out of its own: who does not ask in time is hung up on.
    ScheduledFuture<?> hangUp =
        patience.schedule(() -> closeQuietly(caller), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    try (caller) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(Channels.newInputStream(caller), StandardCharsets.UTF_8));
      if (!MessageDigest.isEqual(token, line(in).getBytes(StandardCharsets.UTF_8))) {
        LOG.warn("A caller without the home's token was sent away");
        return;
      }
      int number = Integer.parseInt(line(in));
      if (number < 1 || number > MAX_ARGUMENTS) {
        return;
      }
      List<String> arguments = new ArrayList<>();
      for (int i = 0; i < number; i++) {
        arguments.add(line(in));
      }
      if (!hangUp.cancel(false)
          || !TAKEN.contains(arguments.get(0))
          || arguments.stream().anyMatch(CommandServer::elsewhere)) {
        return;
      }
      arguments.addAll(fixed);
      Writer to = new OutputStreamWriter(Channels.newOutputStream(caller), StandardCharsets.UTF_8);
      int code;
      try (PrintWriter out = framed("out ", to);
          PrintWriter err = framed("err ", to)) {
        code = Tnmt.run(out, err, arguments.toArray(String[]::new));
      }
      synchronized (to) {
        to.write("exit " + code + "\n");
        to.flush();
      }
    } catch (IOException | NumberFormatException e) {
      LOG.warn("A caller was lost", e);
    }
  }

  /** Names another home or other settings, or a file to read arguments from. */
  private static boolean elsewhere(String argument) {
    return argument.startsWith("--home")
        || argument.startsWith("--conf")
        || argument.startsWith("@");
  }

  private static void closeQuietly(SocketChannel caller) {
    try {
      caller.close();
    } catch (IOException e) {
      LOG.warn("A caller was lost", e);
    }
  }

  private static String line(BufferedReader in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || line.length() >= MAX_LINE) {
        throw new IOException("not a line");
      }
      line.append((char) c);
    }
    return line.toString();
  }

  private static PrintWriter framed(String prefix, Writer to) {
    return new PrintWriter(new FramedLines(prefix, to), true);
  }

  /** Sends whole lines, each with a prefix; what has no line end yet is sent as a line on close. */
  private static final class FramedLines extends Writer {
    private final String prefix;
    private final Writer to;
    private final StringBuilder begun = new StringBuilder();

    FramedLines(String prefix, Writer to) {
      super(to);
      this.prefix = prefix;
      this.to = to;
    }

    @Override
    public void write(char[] chars, int offset, int length) throws IOException {
      synchronized (to) {
        for (int i = offset; i < offset + length; i++) {
          if (chars[i] == '\n') {
            to.write(prefix + begun + "\n");
            begun.setLength(0);
          } else if (chars[i] != '\r') {
            begun.append(chars[i]);
          }
        }
      }
    }

    @Override
    public void flush() throws IOException {
      synchronized (to) {
        to.flush();
      }
    }

    @Override
    public void close() throws IOException {
      synchronized (to) {
        if (begun.length() > 0) {
          to.write(prefix + begun + "\n");
          begun.setLength(0);
        }
        to.flush();
      }
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      LOG.warn("The command socket did not close cleanly", e);
    }
    workers.shutdownNow();
    patience.shutdownNow();
  }
}
