package vn.tnmt.lakehouse.ingestion.collect.offer;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;

/** Names that a server lists, made into paths of files. They are not to be trusted. */
public final class SafePaths {
  private static final int LONGEST = 1_024;

  private SafePaths() {}

  /**
   * The name in NFC; empty when it is absolute, leads out of its folder, or holds what no file's
   * name may hold: empty parts, {@code .}, {@code ..}, backslashes, control characters.
   */
  public static Optional<String> of(String name) {
    if (name.isEmpty() || name.length() > LONGEST) {
      return Optional.empty();
    }
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return Optional.empty();
      }
    }
    boolean odd =
        name.codePoints()
            .anyMatch(
                c -> c == '\\' || c == '\uFFFD' || Character.isISOControl(c) || isSurrogate(c));
    return odd ? Optional.empty() : Optional.of(Normalizer.normalize(name, Normalizer.Form.NFC));
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /**
   * As {@link #of}, of a percent-encoded path. A {@code %2F} is no separator, and so no part of a
   * name.
   */
  public static Optional<String> ofEncoded(String path) {
    StringBuilder name = new StringBuilder(path.length());
    for (String part : path.split("/", -1)) {
      Optional<String> decoded = decoded(part);
      if (decoded.isEmpty() || decoded.get().indexOf('/') >= 0) {
        return Optional.empty();
      }
      name.append(name.length() == 0 ? "" : "/").append(decoded.get());
    }
    return path.startsWith("/") ? Optional.empty() : of(name.toString());
  }

  /** Percent-decoding in UTF-8, where a plus is a plus; empty when it is malformed. */
  private static Optional<String> decoded(String part) {
    if (part.indexOf('%') < 0) {
      return Optional.of(part);
    }
    byte[] from = part.getBytes(StandardCharsets.UTF_8);
    ByteBuffer to = ByteBuffer.allocate(from.length);
    for (int i = 0; i < from.length; i++) {
      if (from[i] != '%') {
        to.put(from[i]);
        continue;
      }
      int value = i + 2 < from.length ? hex(from[i + 1]) * 16 + hex(from[i + 2]) : -1;
      if (value < 0 || hex(from[i + 2]) < 0) {
        return Optional.empty();
      }
      to.put((byte) value);
      i += 2;
    }
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(to.flip()).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static int hex(byte digit) {
    int value = Character.digit(digit, 16);
    return value < 0 ? -256 : value;
  }
}
