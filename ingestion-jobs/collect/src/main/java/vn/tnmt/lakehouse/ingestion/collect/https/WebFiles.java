package vn.tnmt.lakehouse.ingestion.collect.https;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.collect.landing.EarlierFiles;
import vn.tnmt.lakehouse.ingestion.collect.landing.Sha256;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Attempts;
import vn.tnmt.lakehouse.ingestion.collect.transfer.RemoteFault;
import vn.tnmt.lakehouse.ingestion.collect.transfer.RemoteFile;
import vn.tnmt.lakehouse.ingestion.collect.transfer.TransferPolicy;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Tries;

/** Opens files of a web server, asking for no byte that is here already. */
final class WebFiles {
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");
  private static final Pattern PACKED =
      Pattern.compile(".*\\.(gz|tgz|z|br|zst|zip|bz2|xz)", Pattern.CASE_INSENSITIVE);

  private final WebSession session;
  private final TransferPolicy policy;
  private final Attempts attempts;

  WebFiles(WebSession session, TransferPolicy policy, Attempts attempts) {
    this.session = session;
    this.policy = policy;
    this.attempts = attempts;
  }

  /** What the server answered. */
  enum State {
    /** There it is. */
    HERE,
    /** It is the version received last. */
    UNTOUCHED,
    /** There is no such file. */
    ABSENT
  }

  /**
   * An opened file.
   *
   * @param uri where it came from after redirects
   * @param size -1 when the server does not tell
   * @param modifiedMillis 0 when the server does not tell
   * @param body null unless {@code HERE}
   */
  record Opened(
      State state,
      URI uri,
      long size,
      long modifiedMillis,
      String etag,
      @Nullable RemoteFile body) {}

  /**
   * Opens a file after as many tries as the feed allows.
   *
   * @param before the version received last; null when there is none
   * @param longest bytes allowed
   */
  Opened open(URI uri, EarlierFiles.@Nullable Version before, long longest) throws IOException {
    Tries tries = new Tries(attempts, policy.retries(), WebAddress.told(uri));
    Map<String, String> conditions = conditions(before);
    while (true) {
      try {
        return opened(uri, session.get(uri, conditions), before, longest, tries);
      } catch (IOException e) {
        tries.again(e);
      }
    }
  }

  private static Map<String, String> conditions(EarlierFiles.@Nullable Version before) {
    if (before == null) {
      return Map.of();
    }
    if (!before.name().isEmpty()) {
      return Map.of("If-None-Match", before.name());
    }
    return before.modifiedMillis() == 0
        ? Map.of()
        : Map.of("If-Modified-Since", WebAnswer.date(before.modifiedMillis()));
  }

  private Opened opened(
      URI uri, WebAnswer answer, EarlierFiles.@Nullable Version before, long longest, Tries tries)
      throws IOException {
    int status = answer.status();
    if (status == 200) {
      String fault = fault(uri, answer, longest);
      if (!fault.isEmpty()) {
        answer.body().close();
        throw WebSession.lasting(fault);
      }
      RemoteFile body =
          new RemoteFile(
              answer.body(),
              answer.length(),
              longest,
              tries,
              (position, digest) -> again(uri, answer, position, digest));
      return new Opened(
          State.HERE, answer.uri(), answer.length(), answer.modifiedMillis(), answer.etag(), body);
    }
    answer.discard();
    if (status == 304 && before != null) {
      return new Opened(State.UNTOUCHED, answer.uri(), -1, 0, "", null);
    }
    if (status == 404 || status == 410 || status == 204) {
      return new Opened(State.ABSENT, answer.uri(), -1, 0, "", null);
    }
    throw WebSession.lasting("máy chủ từ chối / the server refuses (HTTP " + status + ")");
  }

  private static String fault(URI uri, WebAnswer answer, long longest) {
    if (answer.length() > longest) {
      return RemoteFile.tooLong(longest);
    }
    String coding = answer.header("Content-Encoding").strip().toLowerCase(Locale.ROOT);
    // Servers that label an archive so mean the archive; else the bytes are not the file.
    boolean asItIs =
        coding.isEmpty()
            || coding.equals("identity")
            || PACKED.matcher(String.valueOf(uri.getPath())).matches();
    return asItIs
        ? ""
        : "máy chủ nén nội dung dù không được yêu cầu / the server packs the file though not asked"
            + " to (Content-Encoding)";
  }

  /** The same version again from a position on. */
  private InputStream again(URI uri, WebAnswer first, long position, MessageDigest digest)
      throws IOException {
    Map<String, String> headers = new HashMap<>();
    if (position > 0 && !first.validator().isEmpty()) {
      headers.put("Range", "bytes=" + position + "-");
      headers.put("If-Range", first.validator());
    }
    WebAnswer answer = session.get(uri, headers);
    if (answer.status() == 206 && continues(first, answer, position)) {
      return answer.body();
    }
    if (answer.status() == 200 && isSame(first, answer)) {
      skip(answer.body(), position, digest);
      return answer.body();
    }
    answer.body().close();
    throw changed();
  }

  private static boolean continues(WebAnswer first, WebAnswer answer, long position) {
    Matcher range = CONTENT_RANGE.matcher(answer.header("Content-Range").strip());
    return range.matches()
        && range.group(1).equals(Long.toString(position))
        && (range.group(2).equals("*")
            || first.length() < 0
            || range.group(2).equals(Long.toString(first.length())))
        && isSameVersion(first, answer);
  }

  private static boolean isSame(WebAnswer first, WebAnswer answer) {
    return first.length() == answer.length() && isSameVersion(first, answer);
  }

  private static boolean isSameVersion(WebAnswer first, WebAnswer answer) {
    return first.etag().equals(answer.etag()) || answer.etag().isEmpty();
  }

  /** Of a server that begins anew: what was read already must be the same bytes. */
  private static void skip(InputStream body, long count, MessageDigest digest) throws IOException {
    MessageDigest anew = Sha256.digest();
    byte[] buffer = new byte[1 << 14];
    try {
      for (long left = count; left > 0; ) {
        int read = body.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          throw new RemoteFault(
              RemoteFault.Kind.PASSING, "đứt giữa chừng lần nữa / cut off once more");
        }
        anew.update(buffer, 0, read);
        left -= read;
      }
      MessageDigest before = (MessageDigest) digest.clone();
      if (!MessageDigest.isEqual(before.digest(), anew.digest())) {
        throw changed();
      }
    } catch (IOException e) {
      body.close();
      throw e;
    } catch (CloneNotSupportedException e) {
      body.close();
      throw new IllegalStateException(e);
    }
  }

  private static RemoteFault changed() {
    return WebSession.lasting(
        "tệp thay đổi khi đang tải, để lần sau / changed while it was read, left for the next run");
  }

  /**
   * A document that tells of files, whole.
   *
   * @throws RemoteFault when it is not there or too long
   */
  Document document(URI uri, int longest) throws IOException {
    Opened opened = open(uri, null, longest);
    if (opened.state() != State.HERE) {
      throw new RemoteFault(
          RemoteFault.Kind.MISSING, "không có trang này / there is no such page (HTTP 404)");
    }
    try (RemoteFile body = opened.body()) {
      byte[] bytes = body.readAllBytes();
      if (!body.whole()) {
        throw WebSession.lasting(body.trouble());
      }
      return new Document(opened.uri(), bytes);
    }
  }

  /** Bytes and where they came from after redirects. */
  static final class Document {
    private final URI uri;
    private final byte[] bytes;

    private Document(URI uri, byte[] bytes) {
      this.uri = uri;
      this.bytes = bytes;
    }

    URI uri() {
      return uri;
    }

    byte[] bytes() {
      return bytes;
    }
  }
}
