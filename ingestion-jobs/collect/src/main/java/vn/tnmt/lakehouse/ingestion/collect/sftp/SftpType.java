package vn.tnmt.lakehouse.ingestion.collect.sftp;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.collect.remote.RemoteFolderKeys;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Secret;
import vn.tnmt.lakehouse.ingestion.collect.transfer.TransferPolicy;
import vn.tnmt.lakehouse.ingestion.feed.FeedNodes;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;
import vn.tnmt.lakehouse.ingestion.feed.TransportType;

/** {@code transport: {type: sftp, …}} of a feed. */
public final class SftpType implements TransportType {
  private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}=?");

  @Override
  public Set<String> names() {
    return Set.of("sftp");
  }

  @Override
  public Sftp parse(YamlNode node) {
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
    return new Sftp(
        RemoteFolderKeys.host(node),
        RemoteFolderKeys.port(node, 22),
        RemoteFolderKeys.root(node),
        RemoteFolderKeys.line(node.require("user")),
        login(node),
        node.find("hostKey").map(SftpType::fingerprints).orElse(Set.of()),
        node.text("knownHosts", ""),
        node.require("pattern").understood(FilePattern::parse),
        FeedNodes.lookbackDays(node),
        RemoteFolderKeys.quietSeconds(node),
        TransferPolicy.parse(node));
  }

  private static SftpLogin login(YamlNode node) {
    exactlyOne(node, "password", "key");
    Secret passphrase = node.find("keyPassphrase").map(Secret::parse).orElse(null);
    if (node.find("key").isPresent()) {
      return new SftpLogin.Key(Secret.parse(node.require("key")), passphrase);
    }
    if (passphrase != null) {
      throw node.require("keyPassphrase")
          .error("keyPassphrase không có key / keyPassphrase without key", "add key:");
    }
    return new SftpLogin.Password(Secret.parse(node.require("password")));
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
    return items.stream().map(SftpType::fingerprint).collect(Collectors.toSet());
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
}
