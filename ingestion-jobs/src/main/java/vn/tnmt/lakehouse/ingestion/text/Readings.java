package vn.tnmt.lakehouse.ingestion.text;

import java.util.function.Predicate;

/** What a text may say in any of the encodings: to recognise words by, never to take as data. */
public final class Readings {
  private Readings() {}

  /**
   * Whether bytes say something in an encoding that they can be in.
   *
   * @param bytewise one character a byte
   */
  public static boolean ofBytes(String bytewise, Predicate<String> wanted) {
    if (ColumnEncoding.plain(bytewise)) {
      return wanted.test(bytewise);
    }
    String utf8 = Bytes.utf8OrNull(bytewise);
    return (utf8 != null && wanted.test(utf8)) || inLegacy(bytewise, wanted);
  }

  /** Whether a text says something as it stands, or as the mojibake of bytes that say it. */
  public static boolean ofShown(String text, Predicate<String> wanted) {
    if (wanted.test(text)) {
      return true;
    }
    String bytewise = ColumnEncoding.plain(text) ? null : Bytes.mojibake(text);
    return bytewise != null && inLegacy(bytewise, wanted);
  }

  private static boolean inLegacy(String bytewise, Predicate<String> wanted) {
    return Encoding.LEGACY.stream().map(encoding -> encoding.decode(bytewise)).anyMatch(wanted);
  }
}
