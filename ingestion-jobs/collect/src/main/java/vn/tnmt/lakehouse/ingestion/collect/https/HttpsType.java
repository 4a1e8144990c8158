package vn.tnmt.lakehouse.ingestion.collect.https;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Secret;
import vn.tnmt.lakehouse.ingestion.collect.transfer.TransferPolicy;
import vn.tnmt.lakehouse.ingestion.feed.FeedNodes;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;
import vn.tnmt.lakehouse.ingestion.feed.TransportType;

/** {@code transport: {type: https, …}} of a feed. */
public final class HttpsType implements TransportType {
  private static final Set<String> SOURCES = Set.of("url", "urls", "manifest", "index");
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final Pattern WITH_USER = Pattern.compile("^[^/?#]*//[^/?#]*@");

  /** Headers that the client itself writes, or that would change what the answer means. */
  private static final Set<String> NOT_FOR_SECRETS =
      Set.of(
          "host",
          "connection",
          "content-length",
          "expect",
          "upgrade",
          "transfer-encoding",
          "accept-encoding",
          "range",
          "if-range",
          "if-none-match",
          "if-modified-since",
          "user-agent");

  /** Any day: a template that agrees with a pattern on one agrees on all. */
  private static final LocalDate SOME_DAY = LocalDate.of(2026, 3, 10);

  @Override
  public Set<String> names() {
    return Set.of("https", "http");
  }

  @Override
  public Http parse(YamlNode node) {
    node.only(
        Set.of(
            "type",
            "url",
            "path",
            "urls",
            "manifest",
            "index",
            "pattern",
            "lookbackDays",
            "auth",
            "caFile",
            "limits"));
    String scheme = node.require("type").text();
    List<String> given = SOURCES.stream().filter(key -> node.find(key).isPresent()).toList();
    if (given.size() != 1) {
      throw node.error(
          "cần đúng một trong url, urls, manifest, index / exactly one of url, urls, manifest, index"
              + " is expected",
          "");
    }
    String key = given.get(0);
    YamlNode source = node.require(key);
    Http.Kind kind =
        switch (key) {
          case "manifest" -> Http.Kind.MANIFEST;
          case "index" -> Http.Kind.INDEX;
          default -> Http.Kind.URLS;
        };
    if (!key.equals("url") && node.find("path").isPresent()) {
      throw node.require("path").error("path chỉ đi với url / path goes with url only", "");
    }
    List<Http.Named> urls =
        switch (key) {
          case "url" -> List.of(named(source, node.find("path"), scheme));
          case "urls" -> source.items().stream().map(item -> named(item, scheme)).toList();
          default -> List.of(new Http.Named(address(source, scheme, false), new DayTemplate("")));
        };
    if (urls.isEmpty()) {
      throw source.error("danh sách trống / the list is empty", "");
    }
    FilePattern pattern = pattern(node, kind, urls);
    checkAgreement(source, kind, urls, pattern);
    String caFile = node.text("caFile", "");
    if (!caFile.isEmpty() && scheme.equals("http")) {
      throw node.require("caFile").error("caFile chỉ cho https / caFile is for https only", "");
    }
    return new Http(
        kind,
        urls,
        pattern,
        FeedNodes.lookbackDays(node),
        node.find("auth").map(HttpsType::auth).orElse(HttpAuth.NONE),
        caFile,
        TransferPolicy.parse(node));
  }

  private static Http.Named named(YamlNode item, String scheme) {
    if (item.isScalar()) {
      return named(item, Optional.empty(), scheme);
    }
    item.only(Set.of("url", "path"));
    return named(item.require("url"), item.find("path"), scheme);
  }

  private static Http.Named named(YamlNode url, Optional<YamlNode> path, String scheme) {
    DayTemplate address = address(url, scheme, true);
    if (path.isPresent()) {
      return new Http.Named(address, path.get().understood(HttpsType::path));
    }
    String text = address.text().split("[?#]", 2)[0];
    String last = text.substring(text.lastIndexOf('/') + 1);
    return new Http.Named(
        address,
        url.understood(
            ignored -> path(URLDecoder.decode(last.replace("+", "%2B"), StandardCharsets.UTF_8))));
  }

  private static DayTemplate path(String text) {
    boolean plain =
        !text.isEmpty()
            && !text.startsWith("/")
            && !text.endsWith("/")
            && text.indexOf('*') < 0
            && text.indexOf('\\') < 0;
    for (String name : text.split("/", -1)) {
      plain &= !name.isEmpty() && !name.equals(".") && !name.equals("..");
    }
    if (!plain) {
      throw new IllegalArgumentException(
          "URL không cho tên tệp / the URL gives no file name; write path: name.csv beside it");
    }
    return DayTemplate.parse(text);
  }

  private static DayTemplate address(YamlNode node, String scheme, boolean mayBeDated) {
    if (WITH_USER.matcher(node.text()).find()) {
      // The message must not repeat it.
      throw node.error(
          "URL không được mang mật khẩu / a URL must not hold a user or password",
          "use auth: {basic: {user: …, password: {env: NAME}}}");
    }
    return node.understood(
        text -> {
          DayTemplate template = DayTemplate.parse(text);
          if (template.dated() && !mayBeDated) {
            throw new IllegalArgumentException("không dùng ngày ở đây / no day may stand here");
          }
          URI uri = URI.create(template.on(SOME_DAY));
          if (!scheme.equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException(
                "URL phải bắt đầu bằng " + scheme + "://<host>, as type: " + scheme + " says");
          }
          if (uri.getRawFragment() != null) {
            throw new IllegalArgumentException("no #fragment");
          }
          return template;
        });
  }

  private static FilePattern pattern(YamlNode node, Http.Kind kind, List<Http.Named> urls) {
    Optional<YamlNode> given = node.find("pattern");
    if (given.isEmpty() && kind == Http.Kind.URLS && urls.size() == 1) {
      // The path is written in the pattern's own notation.
      String path = urls.get(0).path().text();
      try {
        return FilePattern.parse(path);
      } catch (IllegalArgumentException e) {
        throw node.error(
            "tên tệp không làm mẫu được / the file name '" + path + "' is no pattern",
            "write pattern:");
      }
    }
    return node.require("pattern").understood(FilePattern::parse);
  }

  /** What is fetched by name must be in the pattern, and of the day that it was fetched for. */
  private static void checkAgreement(
      YamlNode source, Http.Kind kind, List<Http.Named> urls, FilePattern pattern) {
    if (kind != Http.Kind.URLS) {
      return;
    }
    Set<String> paths = new HashSet<>();
    for (Http.Named named : urls) {
      String path = named.path().on(SOME_DAY);
      if (!paths.add(path)) {
        throw source.error(
            "hai URL cùng một tên tệp / two URLs have the same file name '" + path + "'",
            "write {url: …, path: …}");
      }
      Optional<FilePattern.Match> match = pattern.match(path);
      boolean agrees =
          named.url().dated()
              ? match
                  .flatMap(FilePattern.Match::at)
                  .filter(at -> at.toLocalDate().equals(SOME_DAY))
                  .isPresent()
              : match.isPresent();
      if (!agrees) {
        throw source.error(
            "tên tệp không theo mẫu, hoặc không cho biết ngày / the file name '"
                + named.path().text()
                + "' is not in the pattern or does not tell the day of its URL",
            "write path: name_{day:yyyyMMdd}.csv, and pattern the same");
      }
    }
  }

  private static HttpAuth auth(YamlNode node) {
    node.only(Set.of("basic", "bearer", "headers"));
    if (node.find("basic").isPresent() && node.find("bearer").isPresent()) {
      throw node.error("basic hoặc bearer, không cả hai / basic or bearer, not both", "");
    }
    Map<String, Secret> headers = new LinkedHashMap<>();
    node.find("headers")
        .ifPresent(
            given ->
                given
                    .entries()
                    .forEach((name, value) -> headers.put(name(name, value), Secret.parse(value))));
    Map<String, Secret> fixed = Collections.unmodifiableMap(headers);
    if (node.find("basic").isPresent()) {
      YamlNode basic = node.require("basic").only(Set.of("user", "password"));
      String user = basic.require("user").text();
      if (user.indexOf(':') >= 0) {
        throw basic.require("user").error("tên không được có ':' / no ':' in a user", "");
      }
      return new HttpAuth(
          HttpAuth.Scheme.BASIC, user, Secret.parse(basic.require("password")), fixed);
    }
    return node.find("bearer")
        .map(bearer -> new HttpAuth(HttpAuth.Scheme.BEARER, "", Secret.parse(bearer), fixed))
        .orElse(new HttpAuth(HttpAuth.Scheme.NONE, "", null, fixed));
  }

  private static String name(String header, YamlNode value) {
    if (!TOKEN.matcher(header).matches()
        || NOT_FOR_SECRETS.contains(header.toLowerCase(Locale.ROOT))) {
      throw value.error("tên header không dùng được / no header for this '" + header + "'", "");
    }
    return header;
  }
}
