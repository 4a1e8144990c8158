package vn.tnmt.lakehouse.transform.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What holds for every page, read as a browser reads it. */
public final class PageAssertions {
  private PageAssertions() {}

  /**
   * The policy lets each style and script of the page run by its hash, knows no others, and nothing
   * in the page relies on attributes that it forbids.
   */
  public static void assertPolicyFits(String page, String policy) {
    assertThat(policy).startsWith("default-src 'none'").doesNotContain("unsafe");
    assertThat(directive(policy, "style-src")).isEqualTo(hashes(page, "style"));
    assertThat(directive(policy, "script-src")).isEqualTo(hashes(page, "script"));
    String markup = page.replaceAll("(?s)<(style|script)>.*?</\\1>", "");
    assertThat(markup)
        .doesNotContainPattern("<[^>]*\\s(?i:style|on[a-z]+)\\s*=")
        .doesNotContainPattern("(?i)javascript:");
  }

  /** The policy that the page itself carries. */
  public static String policyOf(String page) {
    Matcher meta =
        Pattern.compile("<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\">")
            .matcher(page);
    assertThat(meta.find()).isTrue();
    assertThat(page.substring(0, meta.start())).doesNotContain("<style", "<script");
    return meta.group(1);
  }

  private static List<String> directive(String policy, String name) {
    Matcher found = Pattern.compile("(?:^|; )" + name + " ([^;]*)").matcher(policy);
    assertThat(found.find()).as(name).isTrue();
    return List.of(found.group(1).split(" ", -1));
  }

  private static List<String> hashes(String page, String element) {
    return Pattern.compile("(?s)<" + element + ">(.*?)</" + element + ">")
        .matcher(page)
        .results()
        .map(match -> hash(match.group(1)))
        .toList();
  }

  private static String hash(String text) {
    try {
      return "'sha256-"
          + Base64.getEncoder()
              .encodeToString(
                  MessageDigest.getInstance("SHA-256")
                      .digest(text.getBytes(StandardCharsets.UTF_8)))
          + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
