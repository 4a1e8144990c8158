package vn.tnmt.lakehouse.ingestion.collect.https;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * An answer of a web server, its body still to be read.
 *
 * @param uri where it came from after redirects
 */
record WebAnswer(URI uri, int status, HttpHeaders headers, InputStream body) {
  private static final int SHORT = 1 << 14;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** The only date that all servers understand (RFC 9110, 5.6.7). */
  static String date(long millis) {
    return DATE.format(Instant.ofEpochMilli(millis));
  }

  /** Milliseconds since 1970; 0 when the text is no date. */
  static long millis(String date) {
    try {
      return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.strip())).toEpochMilli();
    } catch (DateTimeException e) {
      return 0;
    }
  }

  /**
   * Lets go of the body; a short one is read, so that the connection may serve the next request.
   */
  void discard() {
    try (body) {
      body.readNBytes(SHORT);
    } catch (IOException e) {
      // Nobody wants it.
      return;
    }
  }

  String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /** Bytes of the body; -1 when the server does not tell. */
  long length() {
    try {
      return Math.max(-1, Long.parseLong(header("Content-Length").strip()));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  String etag() {
    return header("ETag");
  }

  long modifiedMillis() {
    return millis(header("Last-Modified"));
  }

  /**
   * What a later request for the rest can name this version by; empty when it cannot (RFC 9110,
   * 13.1.5).
   */
  String validator() {
    return !etag().isEmpty() && !etag().startsWith("W/") ? etag() : header("Last-Modified");
  }
}
