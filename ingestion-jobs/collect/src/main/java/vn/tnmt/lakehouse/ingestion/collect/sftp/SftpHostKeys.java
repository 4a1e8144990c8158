package vn.tnmt.lakehouse.ingestion.collect.sftp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.collect.landing.Sha256;

/** Fingerprints ({@code SHA256:…}, as OpenSSH prints them) of the keys a server may have. */
final class SftpHostKeys {
  private SftpHostKeys() {}

  /**
   * Those of the feed, or of the lines of its {@code known_hosts} that are about the host; none
   * when the file says nothing about it. Keys of certificate authorities and revoked keys are none.
   *
   * @throws TnmtException {@code TNMT-5002} when the file cannot be read
   */
  static Set<String> accepted(Sftp transport) {
    if (transport.knownHosts().isEmpty()) {
      return transport.hostKeys();
    }
    Set<String> accepted = new HashSet<>();
    Set<String> revoked = new HashSet<>();
    for (String line : lines(transport.knownHosts())) {
      KnownHostEntry entry = entry(line);
      if (entry != null && entry.isHostMatch(transport.host(), transport.port())) {
        String marker = entry.getMarker();
        String fingerprint = fingerprint(entry.getKeyEntry().getKeyData());
        if (marker == null || marker.isEmpty()) {
          accepted.add(fingerprint);
        } else if (marker.equals("revoked")) {
          revoked.add(fingerprint);
        }
      }
    }
    accepted.removeAll(revoked);
    return accepted;
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file), StandardCharsets.UTF_8);
    } catch (IOException | IllegalArgumentException e) {
      throw TnmtException.of(
          ErrorCode.SETTING_INVALID,
          "không đọc được knownHosts / knownHosts cannot be read",
          file,
          "write it with ssh-keyscan and compare the fingerprints with those of the publisher",
          e);
    }
  }

  /** Null for a line that is none, or of a form that OpenSSH has and we do not know. */
  private static @Nullable KnownHostEntry entry(String line) {
    if (line.isBlank() || line.strip().startsWith("#")) {
      return null;
    }
    try {
      KnownHostEntry entry = KnownHostEntry.parseKnownHostEntry(line.strip());
      return entry == null || entry.getKeyEntry() == null ? null : entry;
    } catch (RuntimeException e) {
      return null;
    }
  }

  private static String fingerprint(byte[] key) {
    MessageDigest digest = Sha256.digest();
    return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest.digest(key));
  }

  static String fingerprint(PublicKey key) {
    String padded = KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
    return padded.endsWith("=") ? padded.substring(0, padded.length() - 1) : padded;
  }

  /**
   * The error of a server whose keys are none of those accepted.
   *
   * @param found type and fingerprint of each key that the server has
   */
  static TnmtException refused(Sftp transport, Set<String> accepted, List<String> found) {
    String where = transport.host() + ":" + transport.port();
    String keys = String.join(", ", found);
    if (accepted.isEmpty()) {
      return TnmtException.of(
          ErrorCode.SOURCE_UNREADABLE,
          "khoá máy chủ chưa biết / the server's host key is not known: " + keys,
          where,
          "ask the publisher for the fingerprint by another way; when it is the same, add the key"
              + " to knownHosts or write hostKey: \"SHA256:…\" into the feed");
    }
    return TnmtException.of(
        ErrorCode.SOURCE_UNREADABLE,
        "khoá máy chủ không phải khoá đã ghi, có thể bị giả mạo"
            + " / the server's host key is not the one pinned, it may be an impostor: found "
            + keys
            + ", expected "
            + String.join(", ", accepted.stream().sorted().toList()),
        where,
        "nothing was sent; ask the publisher by another way whether its key has changed, and only"
            + " then write the new fingerprint into hostKey or knownHosts");
  }
}
