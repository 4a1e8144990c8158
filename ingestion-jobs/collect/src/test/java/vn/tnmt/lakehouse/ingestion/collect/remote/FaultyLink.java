package vn.tnmt.lakehouse.ingestion.collect.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A way to a server on which connections are cut or fall silent. */
public final class FaultyLink implements AutoCloseable {
  public final AtomicInteger connections = new AtomicInteger();
  public final AtomicLong bytesDown = new AtomicLong();

  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());
  private final int port;
  private final boolean silent;
  private final AtomicInteger faultsLeft;
  private final long faultAfter;
  private volatile boolean closeAfterFault;

  /**
   * @param faults connections, from the first on, that have a fault
   * @param after bytes from the server before the fault
   * @param silent whether the connection falls silent instead of being cut
   */
  public FaultyLink(int port, int faults, long after, boolean silent) throws IOException {
    this.port = port;
    this.faultsLeft = new AtomicInteger(faults);
    this.faultAfter = after;
    this.silent = silent;
    start(this::accept);
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** The first fault is the end of it. */
  public void closeAfterFault() {
    closeAfterFault = true;
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listening.accept();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
      sockets.add(client);
      sockets.add(server);
      connections.incrementAndGet();
      boolean faulty = faultsLeft.getAndDecrement() > 0;
      start(() -> copy(client, server, Long.MAX_VALUE));
      start(() -> copy(server, client, faulty ? faultAfter : Long.MAX_VALUE));
    }
  }

  private void copy(Socket from, Socket to, long most) throws IOException {
    long copied = 0;
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (copied + n > most) {
          if (silent) {
            continue;
          }
          if (closeAfterFault) {
            listening.close();
          }
          return;
        }
        out.write(buffer, 0, n);
        copied += n;
        if (from.getPort() == port) {
          bytesDown.addAndGet(n);
        }
      }
    } finally {
      from.close();
      to.close();
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // A socket was closed.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : List.copyOf(sockets)) {
      socket.close();
    }
  }
}
