package vn.tnmt.lakehouse.ingestion.collect.ftp;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPSClient;
import org.jspecify.annotations.Nullable;

/** A client, and its data connections: commons-net would hold a whole listing in memory. */
interface FtpChannel {
  FTPClient client();

  /**
   * Sends a command and opens its data connection.
   *
   * @return null when the server refuses: see {@link FTPClient#getReplyCode}
   */
  Socket data(String command, String argument) throws IOException;

  /** After the login: data connections are encrypted as the control connection is. */
  void protectData() throws IOException;

  /**
   * A client that is not yet connected.
   *
   * @param trusted tells whose certificates count; not used without TLS
   */
  static FtpChannel of(Tls tls, SSLContext trusted) {
    return tls == Tls.NONE ? new Plain() : new Secure(tls == Tls.IMPLICIT, trusted);
  }

  /** Without TLS. */
  final class Plain extends FTPClient implements FtpChannel {
    private final ControlSockets sockets = new ControlSockets();

    Plain() {
      setSocketFactory(sockets);
    }

    @Override
    public FTPClient client() {
      return this;
    }

    @Override
    public int sendCommand(String command, String arguments) throws IOException {
      sockets.restart();
      return super.sendCommand(command, arguments);
    }

    @Override
    public Socket data(String command, String argument) throws IOException {
      return _openDataConnection_(command, argument);
    }

    @Override
    public void protectData() {
      // Of data connections from now on.
      setSocketFactory(null);
    }
  }

  /** With TLS on both connections, the server's name checked on both. */
  final class Secure extends FTPSClient implements FtpChannel {
    private final ControlSockets sockets = new ControlSockets();
    private final SSLContext trusted;

    Secure(boolean implicit, SSLContext trusted) {
      super(implicit, trusted);
      this.trusted = trusted;
      setSocketFactory(sockets);
      setEndpointCheckingEnabled(true);
    }

    @Override
    public FTPClient client() {
      return this;
    }

    @Override
    public int sendCommand(String command, String arguments) throws IOException {
      sockets.restart();
      return super.sendCommand(command, arguments);
    }

    @Override
    public void protectData() throws IOException {
      execPBSZ(0);
      execPROT("P");
      // Plain sockets: TLS is laid over them here.
      setSocketFactory(null);
    }

    /**
     * By the name and port of the control connection Java finds its session again, which many
     * servers insist on for a data connection.
     */
    @Override
    public @Nullable Socket data(String command, String argument) throws IOException {
      Socket plain = _openDataConnection_(command, argument);
      if (plain == null) {
        return null;
      }
      try {
        SSLSocket socket =
            (SSLSocket)
                trusted
                    .getSocketFactory()
                    .createSocket(plain, _hostname_, _socket_.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
      } catch (IOException | RuntimeException e) {
        plain.close();
        throw e;
      }
    }
  }
}
