package vn.tnmt.lakehouse.ingestion.bundle;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A public Ed25519 key, and the fingerprint by which people compare it.
 *
 * @param base64 the key in X.509 form
 */
public record PublicKeyText(String base64) {
  PublicKeyText(byte[] encoded) {
    this(Base64.getEncoder().encodeToString(encoded));
  }

  /** SHA-256 of the key: 64 hexadecimal digits in groups of 4, {@code -} between them. */
  public String fingerprint() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(base64));
      return HexFormat.of().formatHex(digest).replaceAll("(.{4})(?!$)", "$1-");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Whether a text is this key's fingerprint, however it is grouped. */
  public boolean hasFingerprint(String text) {
    return digits(text).equals(digits(fingerprint()));
  }

  private static String digits(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^0-9a-z]", "");
  }

  /** False also for what is no key or no signature at all. */
  boolean verifies(byte[] content, byte[] signed) {
    try {
      PublicKey key =
          KeyFactory.getInstance("Ed25519")
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(key);
      signature.update(content);
      return signature.verify(signed);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }
}
