package vn.tnmt.lakehouse.ingestion.text;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The encodings in which Vietnamese text is found in files. */
public enum Encoding {
  UTF_8("UTF-8"),
  /** TCVN 5712 as fonts of the ABC kind use it: a capital shares the byte of its small letter. */
  TCVN3("TCVN3"),
  /** TCVN3 in a font whose name ends in H: every letter looks, and is read, as a capital. */
  TCVN3_H("TCVN3-H"),
  /** VNI-Windows: base letter, then mark. */
  VNI("VNI"),
  VISCII("VISCII"),
  /** Letters and combining tone marks. */
  WINDOWS_1258("Windows-1258"),
  /** Western; for Vietnamese without marks and for French. */
  WINDOWS_1252("Windows-1252");

  /** What is tried when the data must tell, beside UTF-8. */
  static final List<Encoding> LEGACY = List.of(TCVN3, VNI, VISCII, WINDOWS_1258, WINDOWS_1252);

  private final String label;

  Encoding(String label) {
    this.label = label;
  }

  /** The name that feeds use. */
  public String label() {
    return label;
  }

  public static Optional<Encoding> of(String label) {
    return Arrays.stream(values()).filter(encoding -> encoding.label.equals(label)).findFirst();
  }

  public static List<String> labels() {
    return Arrays.stream(values()).map(Encoding::label).toList();
  }

  /**
   * The text, composed (NFC), that bytes mean. A byte that stands for nothing becomes U+FFFD.
   *
   * @param bytewise one character a byte
   */
  public String decode(String bytewise) {
    return switch (this) {
      case UTF_8 -> Bytes.utf8(bytewise);
      case TCVN3 -> Tcvn3.decode(bytewise);
      case TCVN3_H -> Tcvn3.decodeCapitals(bytewise);
      case VNI -> Vni.decode(bytewise);
      case VISCII -> SingleBytes.VISCII.decode(bytewise);
      case WINDOWS_1258 -> Windows1258.decode(bytewise);
      case WINDOWS_1252 -> SingleBytes.WINDOWS_1252.decode(bytewise);
    };
  }

  @Override
  public String toString() {
    return label;
  }
}
