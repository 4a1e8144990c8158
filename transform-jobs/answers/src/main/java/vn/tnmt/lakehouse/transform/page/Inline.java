package vn.tnmt.lakehouse.transform.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The styles and scripts of a page that needs no other file, and the content policy that lets just
 * these run: each by its hash, so that no markup that slips into the page from outside does
 * anything. Attributes that hold styles or handlers do nothing under it.
 *
 * @param styles elements for the head
 * @param scripts elements for the end of the body
 * @param policy directives of a Content-Security-Policy
 */
public record Inline(Html styles, Html scripts, String policy) {
  /** Of the base that all pages share, and of what is the page's own. */
  public static Inline of(List<Html> styles, List<Html> scripts) {
    List<String> allStyles = with(Assets.style(), styles);
    List<String> allScripts = with(Assets.script(), scripts);
    return new Inline(
        elements("style", allStyles),
        elements("script", allScripts),
        "default-src 'none'; style-src "
            + hashes(allStyles)
            + "; script-src "
            + hashes(allScripts)
            + "; font-src data:; base-uri 'none'; form-action 'none'");
  }

  /** The policy as an element, first in the head, for a page that is opened as a file. */
  public Html meta() {
    return new Html("<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy + "\">");
  }

  private static List<String> with(Html base, List<Html> own) {
    return Stream.concat(Stream.of(base), own.stream())
        .map(Html::markup)
        .filter(text -> !text.isBlank())
        .toList();
  }

  private static Html elements(String name, List<String> texts) {
    return new Html(
        texts.stream()
            .map(text -> "<" + name + ">" + text + "</" + name + ">")
            .collect(Collectors.joining("\n")));
  }

  private static String hashes(List<String> texts) {
    return texts.stream().map(Inline::hash).collect(Collectors.joining(" "));
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
