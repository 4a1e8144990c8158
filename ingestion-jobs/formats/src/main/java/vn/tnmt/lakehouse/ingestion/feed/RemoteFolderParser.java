package vn.tnmt.lakehouse.ingestion.feed;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import vn.tnmt.lakehouse.base.yaml.YamlNode;

/** {@code transport:} of the types {@code sftp} and {@code ftp}. */
final class RemoteFolderParser {
  private static final int DEFAULT_QUIET_SECONDS = 10;
  private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}=?");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]+");

  private RemoteFolderParser() {}

  static Transport sftp(YamlNode node) {
    node.only(
        Set.of(
            "type",
            "host",
            "port",
            "root",
            "user",
            "password",
            "key",
            "keyPassphrase",
            "hostKey",
            "knownHosts",
            "pattern",
            "lookbackDays",
            "quietSeconds",
            "limits"));
    exactlyOne(node, "hostKey", "knownHosts");
    return new Transport.Sftp(
        host(node),
        port(node, 22),
        root(node),
        line(node.require("user")),
        login(node),
        node.find("hostKey").map(RemoteFolderParser::fingerprints).orElse(Set.of()),
        node.text("knownHosts", ""),
        FeedNodes.understood(node.require("pattern"), FilePattern::parse),
        lookbackDays(node),
        quietSeconds(node),
        FeedNodes.policy(node));
  }

  static Transport ftp(YamlNode node) {
    node.only(
        Set.of(
            "type",
            "host",
            "port",
            "root",
            "user",
            "password",
            "tls",
            "caFile",
            "passive",
            "encoding",
            "pattern",
            "lookbackDays",
            "quietSeconds",
            "limits"));
    Transport.Tls tls = node.find("tls").map(RemoteFolderParser::tls).orElse(Transport.Tls.NONE);
    if (tls == Transport.Tls.NONE && node.find("caFile").isPresent()) {
      throw node.require("caFile")
          .error("caFile chỉ dùng với tls / caFile is of use only with tls", "tls: explicit");
    }
    return new Transport.Ftp(
        host(node),
        port(node, tls == Transport.Tls.IMPLICIT ? 990 : 21),
        root(node),
        node.find("user").map(RemoteFolderParser::line).orElse("anonymous"),
        node.find("password").map(FeedNodes::secret).orElse(null),
        tls,
        node.text("caFile", ""),
        node.flag("passive", true),
        node.find("encoding")
            .map(name -> FeedNodes.understood(name, Charset::forName).name())
            .orElse("UTF-8"),
        FeedNodes.understood(node.require("pattern"), FilePattern::parse),
        lookbackDays(node),
        quietSeconds(node),
        FeedNodes.policy(node));
  }

  private static Transport.SftpLogin login(YamlNode node) {
    exactlyOne(node, "password", "key");
    Secret passphrase = node.find("keyPassphrase").map(FeedNodes::secret).orElse(null);
    if (node.find("key").isPresent()) {
      return new Transport.SftpLogin.Key(FeedNodes.secret(node.require("key")), passphrase);
    }
    if (passphrase != null) {
      throw node.require("keyPassphrase")
          .error("keyPassphrase không có key / keyPassphrase without key", "add key:");
    }
    return new Transport.SftpLogin.Password(FeedNodes.secret(node.require("password")));
  }

  private static void exactlyOne(YamlNode node, String one, String other) {
    if (node.find(one).isPresent() == node.find(other).isPresent()) {
      throw node.error(
          "cần đúng một trong hai khoá / exactly one of '%s' and '%s' is needed"
              .formatted(one, other),
          "write one of the two");
    }
  }

  /** One fingerprint or a list of them, as while a server's key is being replaced. */
  private static Set<String> fingerprints(YamlNode node) {
    List<YamlNode> items = node.isList() ? node.items() : List.of(node);
    return items.stream().map(RemoteFolderParser::fingerprint).collect(Collectors.toSet());
  }

  private static String fingerprint(YamlNode node) {
    String text = node.text();
    if (!FINGERPRINT.matcher(text).matches()) {
      throw node.error(
          "không phải vân tay khoá / not a fingerprint of a host key '" + text + "'",
          "write SHA256:… as 'ssh-keygen -lf' prints it");
    }
    return text.endsWith("=") ? text.substring(0, text.length() - 1) : text;
  }

  private static Transport.Tls tls(YamlNode node) {
    return switch (FeedNodes.choice(node, Set.of("none", "explicit", "implicit"))) {
      case "explicit" -> Transport.Tls.EXPLICIT;
      case "implicit" -> Transport.Tls.IMPLICIT;
      default -> Transport.Tls.NONE;
    };
  }

  private static String host(YamlNode node) {
    YamlNode host = node.require("host");
    if (!HOST.matcher(host.text()).matches()) {
      throw host.error(
          "không phải tên máy chủ / not a host name '" + host.text() + "'",
          "write the name or address alone, without scheme, port and path");
    }
    return host.text();
  }

  private static int port(YamlNode node, int usual) {
    int port = FeedNodes.atLeast(1, node, "port", usual);
    if (port > 65_535) {
      throw node.require("port").error("port " + port, "at most 65535");
    }
    return port;
  }

  /** The folder, without {@code ..} in it. */
  private static String root(YamlNode node) {
    YamlNode root = node.require("root");
    if (Arrays.asList(line(root).split("/")).contains("..")) {
      throw root.error("root không được có '..' / root must not hold '..'", "write the whole path");
    }
    return root.text();
  }

  /** A text that is not blank and fits a line of a protocol. */
  private static String line(YamlNode node) {
    String text = node.text();
    if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
      throw node.error(
          "trống hoặc có ký tự điều khiển / blank, or with control characters", "write one line");
    }
    return text;
  }

  private static int lookbackDays(YamlNode node) {
    return FeedNodes.atLeast(0, node, "lookbackDays", TransportParser.DEFAULT_LOOKBACK_DAYS);
  }

  private static int quietSeconds(YamlNode node) {
    return FeedNodes.atLeast(0, node, "quietSeconds", DEFAULT_QUIET_SECONDS);
  }
}
