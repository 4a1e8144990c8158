package vn.tnmt.lakehouse.ingestion.collect.https;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.collect.offer.SafePaths;
import vn.tnmt.lakehouse.ingestion.collect.offer.SortedListing;
import vn.tnmt.lakehouse.ingestion.collect.offer.Tally;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Tries;

/**
 * Pages that list a folder, as Apache, nginx and IIS write them: each link below the first page is
 * a file or, with a slash at its end, a folder. Times and sizes on the pages are rounded and of an
 * unknown time zone; they are not used.
 */
final class WebIndex {
  private static final int PAGE_BYTES = 16 << 20;
  private static final int MAX_PAGES = 20_000;
  private static final int MAX_LINKS = 2_000_000;
  private static final int MAX_DEPTH = 16;
  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");

  private final WebFiles files;
  private final Predicate<String> worthOpening;
  private final SortedListing listing;
  private final Tally tally;
  private String root = "";
  private int found;

  /**
   * @param worthOpening path of a folder below the first page → whether to look into it
   */
  WebIndex(WebFiles files, Predicate<String> worthOpening, SortedListing listing, Tally tally) {
    this.files = files;
    this.worthOpening = worthOpening;
    this.listing = listing;
    this.tally = tally;
  }

  /**
   * Lists all files below a page.
   *
   * @throws IOException when the first page cannot be had
   */
  void read(URI first) throws IOException {
    WebFiles.Document page = files.document(first, PAGE_BYTES);
    String place = place(page.uri());
    root = place.substring(0, place.lastIndexOf('/') + 1);
    Set<String> seen = new HashSet<>();
    Deque<URI> folders = new ArrayDeque<>();
    int links = links(page, seen, folders);
    if (links == 0) {
      tally.note(
          "trang chỉ mục không dẫn tới tệp nào / the index page has no link below itself: "
              + WebAddress.told(first));
    }
    for (int pages = 1; !folders.isEmpty(); pages++) {
      if (pages == MAX_PAGES || found > MAX_LINKS) {
        tally.unstable(
            WebAddress.told(first),
            "quá nhiều thư mục hoặc tệp / more than %d folders or %d links, the rest is left"
                .formatted(MAX_PAGES, MAX_LINKS));
        return;
      }
      WebFiles.Document next = page(folders.pop());
      if (next != null) {
        links(next, seen, folders);
      }
    }
  }

  /** The page of a folder below the first; null when it cannot be had. */
  private WebFiles.@Nullable Document page(URI folder) {
    try {
      return files.document(folder, PAGE_BYTES);
    } catch (IOException e) {
      tally.unstable(WebAddress.told(folder), Tries.told(e));
      return null;
    }
  }

  private int links(WebFiles.Document page, Set<String> seen, Deque<URI> folders)
      throws IOException {
    int below = 0;
    for (String href : hrefs(new String(page.bytes(), StandardCharsets.UTF_8))) {
      Optional<URI> link = link(page.uri(), href);
      if (link.isEmpty()) {
        continue;
      }
      String encoded = encodedPath(link.get());
      boolean folder = encoded.endsWith("/");
      if (folder && !seen.add(encoded)) {
        continue;
      }
      below++;
      found++;
      Optional<String> path =
          SafePaths.ofEncoded(folder ? encoded.substring(0, encoded.length() - 1) : encoded);
      if (path.isEmpty()) {
        tally.unstable(WebAddress.told(link.get()), "tên không dùng được / not a usable name");
      } else if (!folder) {
        listing.add(
            new SortedListing.Entry(path.get(), link.get().toString(), -1, 0, "", "", true));
      } else if (path.get().chars().filter(c -> c == '/').count() >= MAX_DEPTH - 1) {
        tally.unstable(path.get(), "thư mục lồng quá sâu / folders nested too deep");
      } else if (worthOpening.test(path.get())) {
        folders.push(link.get());
      }
    }
    return below;
  }

  private String encodedPath(URI link) {
    return place(link).substring(root.length());
  }

  /** Without query; two places are the same when only their escapes are written differently. */
  private static String place(URI uri) {
    return WebAddress.origin(uri)
        + ESCAPE.matcher(uri.getRawPath()).replaceAll(hex -> hex.group().toUpperCase(Locale.ROOT));
  }

  /** A link to something below the root; empty for one that leads elsewhere or only sorts. */
  private Optional<URI> link(URI page, String href) {
    try {
      if (href.startsWith("#") || href.isEmpty()) {
        return Optional.empty();
      }
      URI link = WebAddress.resolve(page, href).normalize();
      boolean below =
          link.getRawPath() != null
              && link.getHost() != null
              && link.getRawUserInfo() == null
              && link.getRawQuery() == null
              && place(link).startsWith(root)
              && encodedPath(link).length() > 0;
      return below ? Optional.of(withoutFragment(link)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static URI withoutFragment(URI link) {
    String text = link.toString();
    int hash = text.indexOf('#');
    return hash < 0 ? link : URI.create(text.substring(0, hash));
  }

  /** The targets of a page's links, in one pass whatever the page holds. */
  static List<String> hrefs(String html) {
    List<String> hrefs = new ArrayList<>();
    int at = 0;
    while ((at = html.indexOf('<', at)) >= 0) {
      at++;
      if (at + 1 < html.length()
          && (html.charAt(at) == 'a' || html.charAt(at) == 'A')
          && Character.isWhitespace(html.charAt(at + 1))) {
        at = attributes(html, at + 1, hrefs);
      }
    }
    return hrefs;
  }

  /** Reads attributes up to the end of the tag; returns where that is. */
  private static int attributes(String html, int from, List<String> hrefs) {
    int at = from;
    while (at < html.length() && html.charAt(at) != '>') {
      int begin = at;
      while (at < html.length() && isName(html.charAt(at))) {
        at++;
      }
      String name = html.substring(begin, Math.min(at, begin + 8));
      while (at < html.length() && Character.isWhitespace(html.charAt(at))) {
        at++;
      }
      if (at < html.length() && html.charAt(at) == '=' && at > begin) {
        at++;
        while (at < html.length() && Character.isWhitespace(html.charAt(at))) {
          at++;
        }
        int valueFrom = at;
        int valueTo;
        char quote = at < html.length() ? html.charAt(at) : '>';
        if (quote == '"' || quote == '\'') {
          valueFrom++;
          int close = html.indexOf(quote, valueFrom);
          valueTo = close < 0 ? html.length() : close;
          at = close < 0 ? html.length() : close + 1;
        } else {
          while (at < html.length()
              && html.charAt(at) != '>'
              && !Character.isWhitespace(html.charAt(at))) {
            at++;
          }
          valueTo = at;
        }
        if (name.equalsIgnoreCase("href")) {
          hrefs.add(unescape(html.substring(valueFrom, valueTo).strip()));
        }
      } else if (at == begin) {
        at++;
      }
    }
    return at;
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == ':';
  }

  /** The character references that addresses hold. */
  private static String unescape(String text) {
    if (text.indexOf('&') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      int end = text.charAt(i) == '&' ? text.indexOf(';', i) : -1;
      int code = end > i && end - i <= 8 ? reference(text.substring(i + 1, end)) : -1;
      if (code < 0) {
        plain.append(text.charAt(i));
      } else {
        plain.appendCodePoint(code);
        i = end;
      }
    }
    return plain.toString();
  }

  private static int reference(String name) {
    try {
      if (name.startsWith("#")) {
        boolean hex = name.startsWith("#x") || name.startsWith("#X");
        int code =
            hex ? Integer.parseInt(name.substring(2), 16) : Integer.parseInt(name.substring(1));
        return Character.isValidCodePoint(code) ? code : -1;
      }
    } catch (NumberFormatException e) {
      return -1;
    }
    return switch (name) {
      case "amp" -> '&';
      case "lt" -> '<';
      case "gt" -> '>';
      case "quot" -> '"';
      case "apos" -> '\'';
      default -> -1;
    };
  }
}
