package vn.tnmt.lakehouse.ingestion.collect.remote;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Names on the wire: bytes, each written as a character from 0 to 255. */
public final class RemoteNames {
  /** In which a client that takes names for texts must read and write them. */
  public static final Charset WIRE = StandardCharsets.ISO_8859_1;

  private RemoteNames() {}

  public static String decode(String wire, Charset charset) {
    return new String(wire.getBytes(WIRE), charset);
  }

  public static String encode(String text, Charset charset) {
    return new String(text.getBytes(charset), WIRE);
  }

  public static String join(String folder, String name) {
    return folder.isEmpty() ? name : name.isEmpty() ? folder : folder + "/" + name;
  }

  /** Whether a name is one of a child, and not a way out of its folder or of a protocol's line. */
  public static boolean isPlain(String name) {
    return !name.isEmpty()
        && !name.equals(".")
        && !name.equals("..")
        && name.chars().noneMatch(c -> c == '/' || c == 0 || c == '\r' || c == '\n');
  }
}
