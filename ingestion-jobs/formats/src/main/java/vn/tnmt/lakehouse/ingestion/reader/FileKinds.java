package vn.tnmt.lakehouse.ingestion.reader;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a file is by its first bytes, whatever its name says. */
public final class FileKinds {
  private record Kind(String name, boolean packed, String begin) {
    boolean of(byte[] head, int length) {
      return length >= begin.length()
          && new String(head, 0, begin.length(), StandardCharsets.ISO_8859_1).equals(begin);
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          new Kind("ZIP", true, "PK\u0003\u0004"),
          new Kind("gzip", true, "\u001F\u008B"),
          new Kind("7-Zip", true, "7z\u00BC\u00AF'\u001C"),
          new Kind("RAR", true, "Rar!\u001A\u0007"),
          new Kind("xz", true, "\u00FD7zXZ\0"),
          new Kind("bzip2", true, "BZh91AY&SY"),
          new Kind("Zstandard", true, "(\u00B5/\u00FD"),
          new Kind("PDF", false, "%PDF"),
          new Kind("OLE2 (Excel 97-2003, Word, …)", false, "\u00D0\u00CF\u0011\u00E0"),
          new Kind("SQLite (GeoPackage, …)", false, "SQLite format 3\0"),
          new Kind("Parquet", false, "PAR1"),
          new Kind("PNG", false, "\u0089PNG"),
          new Kind("JPEG", false, "\u00FF\u00D8\u00FF"),
          new Kind("TIFF", false, "II*\0"),
          new Kind("EXE", false, "MZ"));

  private FileKinds() {}

  /** The name of a kind that is known; empty for any other. */
  public static String name(byte[] head, int length) {
    return KINDS.stream()
        .filter(kind -> kind.of(head, length))
        .map(Kind::name)
        .findFirst()
        .orElse("");
  }

  /** The name of a kind that holds other files, or one, in a packed form; empty for any other. */
  public static String packed(byte[] head, int length) {
    return KINDS.stream()
        .filter(kind -> kind.packed && kind.of(head, length))
        .map(Kind::name)
        .findFirst()
        .orElse("");
  }
}
