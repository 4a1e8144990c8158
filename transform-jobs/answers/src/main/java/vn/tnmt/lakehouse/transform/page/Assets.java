package vn.tnmt.lakehouse.transform.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Files on the class path that become part of a page: style, script, fonts. */
public final class Assets {
  private static final String[] FACES = {
    // what the fonts of npm's @fontsource/inter cover
    "latin|U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,"
        + "U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
    "vietnamese|U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,"
        + "U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB"
  };
  private static final int[] WEIGHTS = {400, 600};

  private Assets() {}

  /** A text file beside {@code owner}, to be put into a page as it is. */
  public static Html file(Class<?> owner, String name) {
    return new Html(text(owner, name));
  }

  /** The fonts and the base style that all pages share. */
  public static Html style() {
    StringBuilder css = new StringBuilder();
    for (int weight : WEIGHTS) {
      for (String face : FACES) {
        String[] subset = face.split("\\|", -1);
        css.append(
            "@font-face{font-family:Inter;font-weight:%d;src:url(data:font/woff2;base64,%s)format('woff2');unicode-range:%s}\n"
                .formatted(
                    weight, base64("inter-" + subset[0] + "-" + weight + ".woff2"), subset[1]));
      }
    }
    return new Html(css + text(Assets.class, "base.css"));
  }

  /** The script behind the switch of languages. */
  public static Html script() {
    return file(Assets.class, "base.js");
  }

  static String text(Class<?> owner, String name) {
    return new String(bytes(owner, name), StandardCharsets.UTF_8);
  }

  private static String base64(String name) {
    return Base64.getEncoder().encodeToString(bytes(Assets.class, name));
  }

  private static byte[] bytes(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("No resource " + name + " beside " + owner.getName());
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name, e);
    }
  }
}
