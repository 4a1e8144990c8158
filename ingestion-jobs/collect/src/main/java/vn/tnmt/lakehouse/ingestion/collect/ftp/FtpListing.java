package vn.tnmt.lakehouse.ingestion.collect.ftp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.net.ftp.FTPClientConfig;
import org.apache.commons.net.ftp.FTPFile;
import org.apache.commons.net.ftp.FTPFileEntryParser;
import org.apache.commons.net.ftp.parser.DefaultFTPFileEntryParserFactory;
import org.apache.commons.net.ftp.parser.MLSxEntryParser;
import org.apache.commons.net.ftp.parser.ParserInitializationException;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.collect.remote.RemoteFiles;
import vn.tnmt.lakehouse.ingestion.collect.remote.RemoteNames;

/** What an FTP server says of its folders, line by line. */
final class FtpListing {
  private static final int MAX_LINE = 1 << 16;
  private static final Pattern NO_CHILD = Pattern.compile("(?i)\\s*|total\\s+\\d+.*");
  private static final Pattern ITSELF_OR_PARENT =
      Pattern.compile("(?i)(.*;)?type=[cp]dir;.*", Pattern.DOTALL);

  /** As a link is told, with an equals sign that the parser does not expect. */
  private static final Pattern OTHER_TYPE =
      Pattern.compile("(?i)(?:[^ ]*;)?type=os\\.[^;]*;[^ ]* (.*)", Pattern.DOTALL);

  private FtpListing() {}

  /** The parser of LIST for a kind of server, as it tells by SYST. Times count as UTC. */
  static FTPFileEntryParser parser(String system) {
    DefaultFTPFileEntryParserFactory parsers = new DefaultFTPFileEntryParserFactory();
    try {
      return parsers.createFileEntryParser(config(system));
    } catch (ParserInitializationException e) {
      return parsers.createFileEntryParser(config(FTPClientConfig.SYST_UNIX));
    }
  }

  private static FTPClientConfig config(String system) {
    FTPClientConfig config = new FTPClientConfig(system);
    config.setServerTimeZoneId("UTC");
    return config;
  }

  /**
   * Reads a listing to its end.
   *
   * @param parser of LIST; {@code MLSxEntryParser} for MLSD
   */
  static void read(InputStream in, FTPFileEntryParser parser, RemoteFiles.Entries to)
      throws IOException {
    InputStream bytes = new BufferedInputStream(in, 1 << 15);
    for (String line = line(bytes); line != null; line = line(bytes)) {
      boolean ignored =
          NO_CHILD.matcher(line).matches()
              || (parser instanceof MLSxEntryParser && ITSELF_OR_PARENT.matcher(line).matches());
      if (!ignored) {
        RemoteFiles.Entry entry = entry(line, parser);
        if (!entry.name().equals(".") && !entry.name().equals("..")) {
          to.accept(entry);
        }
      }
    }
  }

  private static RemoteFiles.Entry entry(String line, FTPFileEntryParser parser) {
    Matcher other = OTHER_TYPE.matcher(line);
    if (parser instanceof MLSxEntryParser && other.matches()) {
      return new RemoteFiles.Entry(other.group(1), RemoteFiles.Kind.OTHER, -1, 0);
    }
    try {
      FTPFile file = parser.parseFTPEntry(line);
      if (file != null && file.getName() != null) {
        return entry(file);
      }
    } catch (RuntimeException e) {
      // Whatever a parser makes of it: this line tells no file.
    }
    String shown = line.substring(0, Math.min(line.length(), 200));
    return new RemoteFiles.Entry(shown, RemoteFiles.Kind.UNREADABLE, -1, 0);
  }

  static RemoteFiles.Entry entry(FTPFile file) {
    RemoteFiles.Kind kind =
        file.isFile()
            ? RemoteFiles.Kind.FILE
            : file.isDirectory() ? RemoteFiles.Kind.FOLDER : RemoteFiles.Kind.OTHER;
    return new RemoteFiles.Entry(
        file.getName(),
        kind,
        file.getSize() < 0 ? -1 : file.getSize(),
        file.getTimestamp() == null
            ? 0
            : TimeUnit.MILLISECONDS.toNanos(file.getTimestamp().getTimeInMillis()));
  }

  /** The next line without its end, a byte a character; null after the last. */
  private static @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    int b = in.read();
    if (b < 0) {
      return null;
    }
    for (; b >= 0 && b != '\n'; b = in.read()) {
      if (line.size() < MAX_LINE) {
        line.write(b);
      }
    }
    String text = line.toString(RemoteNames.WIRE);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /** Whether a reply tells that the server does not know a command. */
  static boolean isUnknownCommand(int reply) {
    return reply == 500 || reply == 501 || reply == 502 || reply == 504;
  }

  /** For a message: the code and text of a reply, on one line. */
  static String shown(@Nullable String reply) {
    String line = reply == null ? "" : reply.replaceAll("\\p{Cntrl}+", " ").strip();
    return String.format(Locale.ROOT, "%.200s", line);
  }
}
