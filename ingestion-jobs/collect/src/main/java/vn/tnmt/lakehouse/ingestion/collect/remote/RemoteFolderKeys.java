package vn.tnmt.lakehouse.ingestion.collect.remote;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import vn.tnmt.lakehouse.base.yaml.YamlNode;

/** Keys that {@code sftp} and {@code ftp} share: a folder of a server and a user there. */
public final class RemoteFolderKeys {
  private static final int DEFAULT_QUIET_SECONDS = 10;
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]+");

  private RemoteFolderKeys() {}

  public static String host(YamlNode node) {
    YamlNode host = node.require("host");
    if (!HOST.matcher(host.text()).matches()) {
      throw host.error(
          "không phải tên máy chủ / not a host name '" + host.text() + "'",
          "write the name or address alone, without scheme, port and path");
    }
    return host.text();
  }

  public static int port(YamlNode node, int usual) {
    int port = node.atLeast(1, "port", usual);
    if (port > 65_535) {
      throw node.require("port").error("port " + port, "at most 65535");
    }
    return port;
  }

  /** The folder, without {@code ..} in it. */
  public static String root(YamlNode node) {
    YamlNode root = node.require("root");
    if (Arrays.asList(line(root).split("/")).contains("..")) {
      throw root.error("root không được có '..' / root must not hold '..'", "write the whole path");
    }
    return root.text();
  }

  /** A text that is not blank and fits a line of a protocol. */
  public static String line(YamlNode node) {
    String text = node.text();
    if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
      throw node.error(
          "trống hoặc có ký tự điều khiển / blank, or with control characters", "write one line");
    }
    return text;
  }

  public static int quietSeconds(YamlNode node) {
    return node.atLeast(0, "quietSeconds", DEFAULT_QUIET_SECONDS);
  }

  /** The folder as {@link vn.tnmt.lakehouse.ingestion.feed.Transport#location} says it. */
  public static String location(String scheme, String user, String host, int port, String root) {
    String path = root.startsWith("/") ? root : "/~/" + root;
    return "%s://%s@%s:%d%s"
        .formatted(
            scheme, user, host.toLowerCase(Locale.ROOT), port, path.replaceAll("(/\\.)*/*$", ""));
  }
}
