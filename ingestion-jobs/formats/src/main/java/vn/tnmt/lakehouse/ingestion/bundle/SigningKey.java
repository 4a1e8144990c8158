package vn.tnmt.lakehouse.ingestion.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/**
 * The ministry's Ed25519 key pair: signs bundles. The private key is in a file that only its owner
 * reads; it is never printed.
 */
public final class SigningKey {
  private static final String PRIVATE = "TNMT BUNDLE PRIVATE KEY";
  private static final String PUBLIC = "TNMT BUNDLE PUBLIC KEY";
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private final PrivateKey privateKey;
  private final PublicKeyText publicKey;

  private SigningKey(PrivateKey privateKey, PublicKeyText publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /**
   * Makes a pair and writes it to a file of mode 600 that does not exist yet.
   *
   * @throws TnmtException {@code TNMT-5004} when the file exists or cannot be written
   */
  public static SigningKey create(Path file) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      SigningKey key =
          new SigningKey(pair.getPrivate(), new PublicKeyText(pair.getPublic().getEncoded()));
      String text =
          block(PRIVATE, pair.getPrivate().getEncoded())
              + block(PUBLIC, pair.getPublic().getEncoded());
      if (file.toAbsolutePath().getParent() != null) {
        Files.createDirectories(file.toAbsolutePath().getParent());
      }
      try (var out =
          Files.newByteChannel(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              ownerOnly(file))) {
        out.write(StandardCharsets.US_ASCII.encode(text));
      }
      return key;
    } catch (FileAlreadyExistsException e) {
      throw TnmtException.of(
          ErrorCode.ARGUMENT_INVALID,
          "đã có tệp khoá / the key file exists already",
          file.toString(),
          "choose another name; a key in use is never overwritten",
          e);
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.ARGUMENT_INVALID,
          "không ghi được tệp khoá / the key file cannot be written",
          file.toString(),
          "make the folder writable",
          e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK 17 has Ed25519", e);
    }
  }

  /**
   * Reads a pair.
   *
   * @throws TnmtException {@code TNMT-5002} when it cannot be read, is no key, or others may read
   *     it
   */
  public static SigningKey read(Path file) {
    try {
      if (readableByOthers(file)) {
        throw wrong(
            "người khác đọc được tệp khoá / others can read the key file", file, "chmod 600", null);
      }
      String text = Files.readString(file, StandardCharsets.US_ASCII);
      PrivateKey key =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new PKCS8EncodedKeySpec(unblock(PRIVATE, text)));
      return new SigningKey(key, new PublicKeyText(unblock(PUBLIC, text)));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw wrong(
          "không đọc được khoá ký / the signing key cannot be read",
          file,
          "./tnmt contracts key --out FILE makes one",
          e);
    }
  }

  public PublicKeyText publicKey() {
    return publicKey;
  }

  byte[] sign(byte[] content) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(privateKey);
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String block(String title, byte[] bytes) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(title, LINES.encodeToString(bytes));
  }

  private static byte[] unblock(String title, String text) {
    String begin = "-----BEGIN " + title + "-----";
    int from = text.indexOf(begin);
    int to = text.indexOf("-----END " + title + "-----");
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("no " + title);
    }
    return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to).strip());
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return posix(file)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean readableByOthers(Path file) throws IOException {
    return posix(file)
        && Files.getPosixFilePermissions(file).stream()
            .anyMatch(
                permission ->
                    permission != PosixFilePermission.OWNER_READ
                        && permission != PosixFilePermission.OWNER_WRITE);
  }

  private static boolean posix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static TnmtException wrong(
      String what, Path file, String remedy, @Nullable Exception cause) {
    return TnmtException.of(ErrorCode.SETTING_INVALID, what, file.toString(), remedy, cause);
  }
}
