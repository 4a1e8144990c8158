package vn.tnmt.lakehouse.ingestion.collect.ftp;

import java.nio.charset.Charset;
import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.collect.remote.RemoteFolderKeys;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Secret;
import vn.tnmt.lakehouse.ingestion.collect.transfer.TransferPolicy;
import vn.tnmt.lakehouse.ingestion.feed.FeedNodes;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;
import vn.tnmt.lakehouse.ingestion.feed.TransportType;

/** {@code transport: {type: ftp, …}} of a feed. */
public final class FtpType implements TransportType {
  @Override
  public Set<String> names() {
    return Set.of("ftp");
  }

  @Override
  public Ftp parse(YamlNode node) {
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
    Tls tls = node.find("tls").map(FtpType::tls).orElse(Tls.NONE);
    if (tls == Tls.NONE && node.find("caFile").isPresent()) {
      throw node.require("caFile")
          .error("caFile chỉ dùng với tls / caFile is of use only with tls", "tls: explicit");
    }
    return new Ftp(
        RemoteFolderKeys.host(node),
        RemoteFolderKeys.port(node, tls == Tls.IMPLICIT ? 990 : 21),
        RemoteFolderKeys.root(node),
        node.find("user").map(RemoteFolderKeys::line).orElse("anonymous"),
        node.find("password").map(Secret::parse).orElse(null),
        tls,
        node.text("caFile", ""),
        node.flag("passive", true),
        node.find("encoding").map(name -> name.understood(Charset::forName).name()).orElse("UTF-8"),
        node.require("pattern").understood(FilePattern::parse),
        FeedNodes.lookbackDays(node),
        RemoteFolderKeys.quietSeconds(node),
        TransferPolicy.parse(node));
  }

  private static Tls tls(YamlNode node) {
    return switch (node.choice(Set.of("none", "explicit", "implicit"))) {
      case "explicit" -> Tls.EXPLICIT;
      case "implicit" -> Tls.IMPLICIT;
      default -> Tls.NONE;
    };
  }
}
