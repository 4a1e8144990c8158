package vn.tnmt.lakehouse.ingestion.collect.https;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vn.tnmt.lakehouse.ingestion.collect.offer.SafePaths;
import vn.tnmt.lakehouse.ingestion.collect.offer.SortedListing;
import vn.tnmt.lakehouse.ingestion.collect.offer.Tally;

/**
 * A list of files: JSON ({@code [{path, url?, size?, sha256?, modified?}, "path", …]}, or an object
 * whose {@code files} is such a list), or text with a path or URL a line, as {@code sha256sum}
 * writes it or plain.
 */
final class WebManifest {
  private static final Pattern CHECKED = Pattern.compile("([0-9a-fA-F]{64})[ \\t]+\\*?(.+)");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final URI uri;
  private final SortedListing listing;
  private final Tally tally;

  /** One item, as it is read. */
  private static final class Item {
    String path = "";
    String url = "";
    String sha256 = "";
    String modified = "";
    long size = -1;
  }

  /**
   * @param uri where the list came from: its paths are relative to it
   */
  WebManifest(URI uri, SortedListing listing, Tally tally) {
    this.uri = uri;
    this.listing = listing;
    this.tally = tally;
  }

  /**
   * @throws RemoteFault when it is no list
   */
  void read(byte[] bytes) throws IOException {
    int at = bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB ? 3 : 0;
    int first = at;
    while (first < bytes.length && Character.isWhitespace(bytes[first])) {
      first++;
    }
    if (first < bytes.length && (bytes[first] == '[' || bytes[first] == '{')) {
      readJson(bytes, first);
    } else if (first < bytes.length && bytes[first] == '<') {
      throw WebSession.lasting("bản kê là trang HTML / the manifest is a page of HTML or XML");
    } else {
      readText(bytes, at);
    }
  }

  private void readText(byte[] bytes, int from) throws IOException {
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new ByteArrayInputStream(bytes, from, bytes.length - from),
                StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        Item item = new Item();
        Matcher checked = CHECKED.matcher(text);
        boolean withSum = checked.matches();
        item.sha256 = withSum ? checked.group(1) : "";
        place(item, withSum ? checked.group(2) : text);
        add(item);
      }
    }
  }

  private static void place(Item item, String text) {
    if (text.startsWith("https://") || text.startsWith("http://")) {
      item.url = text;
    } else {
      item.path = text.startsWith("./") ? text.substring(2) : text;
    }
  }

  private void readJson(byte[] bytes, int from) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(bytes, from, bytes.length - from)) {
      JsonToken token = json.nextToken();
      if (token == JsonToken.START_OBJECT) {
        token = null;
        while (json.nextToken() == JsonToken.FIELD_NAME && token == null) {
          boolean files = json.currentName().equals("files");
          json.nextToken();
          if (files) {
            token = json.currentToken();
            break;
          }
          json.skipChildren();
        }
      }
      if (token != JsonToken.START_ARRAY) {
        throw WebSession.lasting(
            "bản kê không có danh sách tệp / the manifest has no list of files");
      }
      while (json.nextToken() != JsonToken.END_ARRAY) {
        Item item = new Item();
        if (json.currentToken() == JsonToken.START_OBJECT) {
          read(json, item);
        } else if (json.currentToken() == JsonToken.VALUE_STRING) {
          place(item, json.getText());
        } else {
          json.skipChildren();
        }
        add(item);
      }
    } catch (JsonProcessingException e) {
      throw WebSession.lasting(
          "bản kê không phải JSON đúng / the manifest is no JSON: " + e.getOriginalMessage());
    }
  }

  private static void read(JsonParser json, Item item) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      JsonToken value = json.nextToken();
      if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
        String text = json.getText();
        switch (key) {
          case "path" -> item.path = text;
          case "url" -> item.url = text;
          case "sha256" -> item.sha256 = text;
          case "modified" -> item.modified = text;
          case "size" -> item.size = number(text);
          default -> {}
        }
      } else {
        json.skipChildren();
      }
    }
  }

  /** A size that is no number is no promise that could be kept. */
  private static long number(String text) {
    try {
      return Math.max(-2, Long.parseLong(text));
    } catch (NumberFormatException e) {
      return -2;
    }
  }

  private void add(Item item) throws IOException {
    Optional<URI> url = url(item);
    String sha256 = item.sha256.toLowerCase(Locale.ROOT);
    Optional<String> path = item.path.isEmpty() ? url.flatMap(this::path) : SafePaths.of(item.path);
    if (path.isEmpty()
        || url.isEmpty()
        || item.size < -1
        || !(sha256.isEmpty() || SHA256.matcher(sha256).matches())) {
      tally.unstable(
          "bản kê / manifest",
          "mục không dùng được / unusable item '"
              + printable(item.path.isEmpty() ? item.url.split("\\?", 2)[0] : item.path)
              + "'");
      return;
    }
    listing.add(
        new SortedListing.Entry(
            path.get(), url.get().toString(), item.size, nanos(item.modified), "", sha256, true));
  }

  private Optional<URI> url(Item item) {
    try {
      String reference = item.url.isEmpty() ? WebAddress.reference(item.path) : item.url;
      return Optional.of(WebAddress.resolve(uri, reference));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Below the list's folder, else the last part. */
  private Optional<String> path(URI url) {
    String path = String.valueOf(url.getRawPath());
    String folder = uri.getRawPath().substring(0, uri.getRawPath().lastIndexOf('/') + 1);
    boolean below =
        WebAddress.origin(url).equals(WebAddress.origin(uri))
            && !folder.isEmpty()
            && path.startsWith(folder);
    return SafePaths.ofEncoded(path.substring(below ? folder.length() : path.lastIndexOf('/') + 1));
  }

  private static long nanos(String modified) {
    try {
      Instant at = modified.isEmpty() ? Instant.EPOCH : OffsetDateTime.parse(modified).toInstant();
      return Math.multiplyExact(at.toEpochMilli(), 1_000_000L);
    } catch (DateTimeException | ArithmeticException e) {
      return 0;
    }
  }

  private static String printable(String text) {
    String plain = text.replaceAll("\\p{Cntrl}", "?");
    return plain.length() > 100 ? plain.substring(0, 100) + "…" : plain;
  }
}
