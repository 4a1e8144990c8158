package vn.tnmt.lakehouse.orchestration.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs short commands inside {@code tnmt up}, for launchers that would otherwise start a JVM for
 * each: a night under a scheduler has one {@code ingest} for every feed of the nation.
 *
 * <p>On loopback, a line each. In: the home's token, the number of arguments, the arguments. Out:
 * {@code out TEXT} and {@code err TEXT} as the command prints, {@code exit N} at its end; nothing
 * at all when the token is wrong or the command is not one of {@link #TAKEN}.
 */
final class CommandServer implements AutoCloseable {
  /** What is worth it and needs no Spark. */
  static final Set<String> TAKEN = Set.of("ingest", "pipeline");

  private static final Logger LOG = LoggerFactory.getLogger(CommandServer.class);
  private static final int MAX_ARGUMENTS = 100;
  private static final int MAX_LINE = 4_096;
  private static final int PATIENCE_MILLIS = 5_000;

  private final ServerSocket server;
  private final byte[] token;
  private final ExecutorService workers = Executors.newCachedThreadPool(CommandServer::thread);

  private CommandServer(ServerSocket server, String token) {
    this.server = server;
    this.token = token.getBytes(StandardCharsets.UTF_8);
  }

  /** Listens on any free loopback port. */
  static CommandServer start(String token) {
    try {
      CommandServer started =
          new CommandServer(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), token);
      started.workers.execute(started::listen);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "tnmt-command");
    thread.setDaemon(true);
    return thread;
  }

  private void listen() {
    while (!server.isClosed()) {
      try {
        Socket caller = server.accept();
        workers.execute(() -> answer(caller));
      } catch (SocketException e) {
        return; // closed
      } catch (IOException e) {
        LOG.warn("A caller was lost", e);
      }
    }
  }

  private void answer(Socket caller) {
    try (caller) {
      caller.setSoTimeout(PATIENCE_MILLIS);
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(caller.getInputStream(), StandardCharsets.UTF_8));
      if (!MessageDigest.isEqual(token, line(in).getBytes(StandardCharsets.UTF_8))) {
        LOG.warn("A caller without the home's token was sent away");
        return;
      }
      String[] arguments = new String[Math.min(MAX_ARGUMENTS, Integer.parseInt(line(in)))];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = line(in);
      }
      if (arguments.length == 0 || !TAKEN.contains(arguments[0])) {
        return;
      }
      Writer to = new OutputStreamWriter(caller.getOutputStream(), StandardCharsets.UTF_8);
      int code;
      try (PrintWriter out = framed("out ", to);
          PrintWriter err = framed("err ", to)) {
        code = Tnmt.run(out, err, arguments);
      }
      synchronized (to) {
        to.write("exit " + code + "\n");
        to.flush();
      }
    } catch (IOException | NumberFormatException e) {
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
    } catch (IOException e) {
      LOG.warn("The command port did not close cleanly", e);
    }
    workers.shutdownNow();
  }
}
