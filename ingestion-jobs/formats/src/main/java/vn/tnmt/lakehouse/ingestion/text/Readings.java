package vn.tnmt.lakehouse.ingestion.text;

import java.util.Optional;
import java.util.function.Predicate;

/** What a text may say in any of the encodings: to recognise words by, never to take as data. */
public final class Readings {
  private Readings() {}

  /**
   * The encoding, of those that bytes can be in, in which they say something; plain bytes say it in
   * UTF-8.
   *
   * @param bytewise one character a byte
   */
  public static Optional<Encoding> ofBytes(String bytewise, Predicate<String> wanted) {
    if (ColumnEncoding.plain(bytewise)) {
      return wanted.test(bytewise) ? Optional.of(Encoding.UTF_8) : Optional.empty();
    }
    String utf8 = Bytes.utf8OrNull(bytewise);
    return utf8 != null && wanted.test(utf8)
        ? Optional.of(Encoding.UTF_8)
        : inLegacy(bytewise, wanted);
  }

  /** The text of bytes in an encoding; empty when they are not in it. */
  public static Optional<String> in(Encoding encoding, String bytewise) {
    return Optional.ofNullable(
        encoding == Encoding.UTF_8 ? Bytes.utf8OrNull(bytewise) : encoding.decode(bytewise));
  }

  /** Whether a text says something as it stands, or as the mojibake of bytes that say it. */
  public static boolean ofShown(String text, Predicate<String> wanted) {
    if (wanted.test(text)) {
      return true;
    }
    String bytewise = ColumnEncoding.plain(text) ? null : Bytes.mojibake(text);
    return bytewise != null && inLegacy(bytewise, wanted).isPresent();
  }

  private static Optional<Encoding> inLegacy(String bytewise, Predicate<String> wanted) {
    return Encoding.LEGACY.stream()
        .filter(encoding -> wanted.test(encoding.decode(bytewise)))
        .findFirst();
  }
}
