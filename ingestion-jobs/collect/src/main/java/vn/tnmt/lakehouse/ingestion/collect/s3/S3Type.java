package vn.tnmt.lakehouse.ingestion.collect.s3;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Secret;
import vn.tnmt.lakehouse.ingestion.collect.transfer.TransferPolicy;
import vn.tnmt.lakehouse.ingestion.feed.FeedNodes;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;
import vn.tnmt.lakehouse.ingestion.feed.TransportType;

/** {@code transport: {type: s3, …}} of a feed. */
public final class S3Type implements TransportType {
  private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]+");

  @Override
  public Set<String> names() {
    return Set.of("s3");
  }

  @Override
  public S3 parse(YamlNode node) {
    node.only(
        Set.of(
            "type",
            "bucket",
            "prefix",
            "endpoint",
            "region",
            "pathStyle",
            "credentials",
            "pattern",
            "lookbackDays",
            "limits"));
    String endpoint =
        node.find("endpoint").map(given -> given.understood(S3Type::endpoint)).orElse("");
    Optional<YamlNode> credentials =
        node.find("credentials").map(given -> given.only(Set.of("accessKey", "secretKey")));
    return new S3(
        node.require("bucket")
            .understood(text -> matching(BUCKET, text, "tên bucket / a bucket's name")),
        node.find("prefix").map(given -> given.understood(S3Type::prefix)).orElse(""),
        endpoint,
        node.find("region")
            .map(given -> given.understood(text -> matching(REGION, text, "a region")))
            .orElse("us-east-1"),
        node.flag("pathStyle", !endpoint.isEmpty()),
        credentials.map(given -> Secret.parse(given.require("accessKey"))).orElse(null),
        credentials.map(given -> Secret.parse(given.require("secretKey"))).orElse(null),
        node.require("pattern").understood(FilePattern::parse),
        FeedNodes.lookbackDays(node),
        TransferPolicy.parse(node));
  }

  private static String matching(Pattern pattern, String text, String what) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException(what);
    }
    return text;
  }

  private static String endpoint(String text) {
    URI uri = URI.create(text);
    boolean plain =
        ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
            && uri.getHost() != null
            && uri.getRawUserInfo() == null
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null;
    if (!plain) {
      throw new IllegalArgumentException("https://<host>[:port]");
    }
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /** A folder of keys: its slash at the end may be left out. */
  private static String prefix(String text) {
    if (text.startsWith("/") || text.contains("//")) {
      throw new IllegalArgumentException("a key without a slash at its beginning");
    }
    return text.isEmpty() || text.endsWith("/") ? text : text + "/";
  }
}
