package vn.tnmt.lakehouse.ingestion.collect.https;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** URLs as servers write them, and how far they may lead. */
final class WebAddress {
  private static final String MEANT = "-._~!$&'()*+,;=:@/?#%";

  private WebAddress() {}

  /**
   * A reference resolved; characters that no URL may hold are percent-encoded first, as browsers
   * do.
   *
   * @throws IllegalArgumentException when it is no reference all the same
   */
  static URI resolve(URI base, String reference) {
    String encoded = encode(reference.strip(), MEANT);
    if (encoded.startsWith("?")) {
      // URI.resolve would drop the last part of the path.
      String text = base.toString();
      int query = text.indexOf('?');
      return URI.create((query < 0 ? text : text.substring(0, query)) + encoded);
    }
    return base.resolve(encoded);
  }

  /** A path of a file as a reference: nothing in it but the slashes has a meaning. */
  static String reference(String path) {
    String encoded = encode(path.replace("%", "%25"), "-._~!$&'()*+,;=@/%");
    // A colon in the first part would make it a scheme.
    return "./" + encoded;
  }

  private static String encode(String text, String kept) {
    StringBuilder encoded = new StringBuilder(text.length());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xff);
      boolean plain =
          c < 128
              && (Character.isLetterOrDigit(c) || kept.indexOf(c) >= 0)
              && (c != '%' || isEscape(bytes, i));
      if (plain) {
        encoded.append(c);
      } else {
        encoded.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
      }
    }
    return encoded.toString();
  }

  private static boolean isEscape(byte[] bytes, int at) {
    return at + 2 < bytes.length
        && Character.digit(bytes[at + 1], 16) >= 0
        && Character.digit(bytes[at + 2], 16) >= 0;
  }

  /** Scheme, host and port. */
  static String origin(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    return scheme
        + "://"
        + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT)
        + ":"
        + (uri.getPort() < 0 ? usual : uri.getPort());
  }

  /** For messages: what stands behind the question mark may be a secret. */
  static String told(URI uri) {
    String text = uri.toString();
    int query = text.indexOf('?');
    return query < 0 ? text : text.substring(0, query) + "?…";
  }

  /**
   * Whether a server may send us on to {@code to}.
   *
   * @param trusted origins that the feed names
   * @return what is wrong with it, Vietnamese / English; empty when nothing is
   */
  static String objection(URI from, URI to, Set<String> trusted) {
    boolean web =
        "https".equalsIgnoreCase(to.getScheme()) || "http".equalsIgnoreCase(to.getScheme());
    if (!web || to.getHost() == null || to.getRawUserInfo() != null) {
      return "không phải địa chỉ web / not an address of the web";
    }
    if ("https".equalsIgnoreCase(from.getScheme()) && !"https".equalsIgnoreCase(to.getScheme())) {
      return "chuyển từ https sang http bị từ chối / from https to http is refused";
    }
    if (!trusted.contains(origin(to)) && isOurs(to.getHost())) {
      for (String origin : trusted) {
        if (isOurs(URI.create(origin).getHost())) {
          return "";
        }
      }
      return "trỏ vào chính máy này / it leads to this machine itself";
    }
    return "";
  }

  /** An address that only this machine or its network segment reaches. */
  static boolean isOurs(String host) {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (address.isLoopbackAddress()
            || address.isLinkLocalAddress()
            || address.isAnyLocalAddress()) {
          return true;
        }
      }
    } catch (UnknownHostException e) {
      // Connecting will tell.
      return false;
    }
    return false;
  }
}
