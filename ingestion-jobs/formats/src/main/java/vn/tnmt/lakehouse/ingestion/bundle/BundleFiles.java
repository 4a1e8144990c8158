package vn.tnmt.lakehouse.ingestion.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/**
 * A bundle as a container: named files, a manifest of their SHA-256, a signature of the manifest.
 * The same files and key give the same bytes.
 */
final class BundleFiles {
  static final String MANIFEST = "manifest.sha256";
  static final String SIGNATURE = "signature.txt";

  private static final int MOST_FILES = 10_000;
  private static final int MOST_BYTES = 128 << 20;
  private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

  private BundleFiles() {}

  /** What was read and verified; whether the key is to be trusted is for others to say. */
  record Verified(SortedMap<String, byte[]> files, PublicKeyText key, String id) {}

  static void write(SortedMap<String, byte[]> files, SigningKey key, OutputStream out)
      throws IOException {
    byte[] manifest = manifest(files);
    String signature =
        "key: %s\nsignature: %s\n"
            .formatted(
                key.publicKey().base64(), Base64.getEncoder().encodeToString(key.sign(manifest)));
    SortedMap<String, byte[]> all = new TreeMap<>(files);
    all.put(MANIFEST, manifest);
    all.put(SIGNATURE, signature.getBytes(StandardCharsets.US_ASCII));
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    for (Map.Entry<String, byte[]> file : all.entrySet()) {
      // Stored, not deflated: no version of a compressor decides about the bytes.
      ZipEntry entry = new ZipEntry(file.getKey());
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(file.getValue().length);
      CRC32 crc = new CRC32();
      crc.update(file.getValue());
      entry.setCrc(crc.getValue());
      entry.setTimeLocal(TIME);
      zip.putNextEntry(entry);
      zip.write(file.getValue());
      zip.closeEntry();
    }
    zip.finish();
  }

  /**
   * @param where for messages
   * @throws TnmtException {@code TNMT-2008} when it is no bundle or was changed, {@code TNMT-2009}
   *     when it has no signature
   */
  static Verified read(InputStream in, String where) throws IOException {
    SortedMap<String, byte[]> files = unzip(in, where);
    byte[] signature = files.remove(SIGNATURE);
    byte[] manifest = files.remove(MANIFEST);
    if (files.isEmpty() && signature == null) {
      throw damaged("không phải gói quy chuẩn / not a contract bundle", where);
    }
    if (signature == null || manifest == null) {
      throw TnmtException.of(
          ErrorCode.BUNDLE_UNSIGNED,
          "gói không có chữ ký / the bundle is not signed",
          where,
          "ask the ministry for the bundle again");
    }
    Map<String, String> signed = lines(signature);
    PublicKeyText key = new PublicKeyText(signed.getOrDefault("key", ""));
    if (!key.verifies(manifest, base64(signed.getOrDefault("signature", "")))) {
      throw damaged(
          "chữ ký không khớp: gói đã bị thay đổi / wrong signature: the bundle was changed", where);
    }
    if (!MessageDigest.isEqual(manifest, manifest(files))) {
      throw damaged(
          "nội dung không khớp chữ ký: gói đã bị thay đổi"
              + " / the content is not what was signed: the bundle was changed",
          where);
    }
    return new Verified(files, key, id(manifest));
  }

  /** A short name for the content: the same files, the same id. */
  static String id(SortedMap<String, byte[]> files) {
    return id(manifest(files));
  }

  private static String id(byte[] manifest) {
    return sha256(manifest).substring(0, 12);
  }

  private static byte[] manifest(SortedMap<String, byte[]> files) {
    StringBuilder lines = new StringBuilder();
    files.forEach(
        (name, bytes) -> lines.append(sha256(bytes)).append("  ").append(name).append('\n'));
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static SortedMap<String, byte[]> unzip(InputStream in, String where) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    long left = MOST_BYTES;
    try (ZipInputStream zip = new ZipInputStream(in, StandardCharsets.UTF_8)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byte[] bytes = zip.readNBytes((int) Math.min(Integer.MAX_VALUE, left + 1));
        left -= bytes.length;
        if (left < 0 || files.size() == MOST_FILES) {
          throw damaged("gói quá lớn / the bundle is too large", where);
        }
        if (!proper(entry) || files.put(entry.getName(), bytes) != null) {
          throw damaged("tên tệp lạ trong gói / a strange file name in the bundle", where);
        }
      }
    } catch (ZipException | IllegalArgumentException e) {
      throw TnmtException.of(
          ErrorCode.BUNDLE_DAMAGED,
          "không phải gói quy chuẩn, hoặc gói hỏng / not a contract bundle, or a broken one",
          where,
          "ask the ministry for the bundle again",
          e);
    }
    return files;
  }

  /** Files are held in memory only; a name that leads elsewhere is refused all the same. */
  private static boolean proper(ZipEntry entry) {
    String name = entry.getName();
    return !entry.isDirectory()
        && name.matches("[A-Za-z0-9_-][A-Za-z0-9._/-]*")
        && !name.contains("..");
  }

  private static Map<String, String> lines(byte[] signature) {
    Map<String, String> values = new TreeMap<>();
    new String(signature, StandardCharsets.US_ASCII)
        .lines()
        .forEach(
            line -> {
              int colon = line.indexOf(": ");
              if (colon > 0) {
                values.put(line.substring(0, colon), line.substring(colon + 2).strip());
              }
            });
    return values;
  }

  private static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static TnmtException damaged(String what, String where) {
    return TnmtException.of(
        ErrorCode.BUNDLE_DAMAGED, what, where, "ask the ministry for the bundle again");
  }
}
