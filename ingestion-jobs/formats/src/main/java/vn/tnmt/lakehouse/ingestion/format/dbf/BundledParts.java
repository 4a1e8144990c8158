package vn.tnmt.lakehouse.ingestion.format.dbf;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import vn.tnmt.lakehouse.ingestion.reader.FileLimits;
import vn.tnmt.lakehouse.ingestion.reader.Spool;
import vn.tnmt.lakehouse.ingestion.reader.zip.ZipParts;

/**
 * Parts of one stem ({@code parcels.shp}, {@code parcels.dbf}, …) in a zip, in whatever folders and
 * cases their names are.
 */
public final class BundledParts implements Closeable {
  private static final int SIDE_FILE = 1 << 16;

  private final Spool spool;
  private final ZipParts zip;
  private final FileLimits limits;

  /** Name without extension, small letters → name as it stands; extension, a slash, the name. */
  private final Map<String, String> stems = new LinkedHashMap<>();

  private final Map<String, String> parts = new LinkedHashMap<>();

  private BundledParts(Spool spool, ZipParts zip, FileLimits limits) {
    this.spool = spool;
    this.zip = zip;
    this.limits = limits;
    for (String name : zip.names()) {
      int dot = name.lastIndexOf('.');
      if (dot > name.lastIndexOf('/') + 1 && !ofMacOs(name)) {
        String stem = name.substring(0, dot);
        String extension = name.substring(dot + 1).toLowerCase(Locale.ROOT);
        stems.putIfAbsent(stem.toLowerCase(Locale.ROOT), stem);
        parts.putIfAbsent(extension + "/" + stem.toLowerCase(Locale.ROOT), name);
      }
    }
  }

  /** What the Finder adds to every file of an archive. */
  private static boolean ofMacOs(String name) {
    return name.startsWith("__MACOSX/") || name.startsWith("._", name.lastIndexOf('/') + 1);
  }

  public static BundledParts open(InputStream bytes, FileLimits limits) throws IOException {
    Spool spool = Spool.of(bytes, limits.fileBytes());
    try {
      return new BundledParts(spool, ZipParts.open(spool.path(), limits), limits);
    } catch (IOException | RuntimeException e) {
      spool.close();
      throw e;
    }
  }

  /** Stems that have a part of an extension. */
  public List<String> stems(String extension) {
    List<String> found = new ArrayList<>();
    stems.forEach(
        (key, stem) -> {
          if (parts.containsKey(extension + "/" + key)) {
            found.add(stem);
          }
        });
    return found;
  }

  public boolean has(String stem, String extension) {
    return parts.containsKey(key(stem, extension));
  }

  public InputStream open(String stem, String extension) throws IOException {
    return zip.open(parts.get(key(stem, extension)));
  }

  private static String key(String stem, String extension) {
    return extension + "/" + stem.toLowerCase(Locale.ROOT);
  }

  /** The text of a small part; empty when there is none. */
  public String text(String stem, String extension) throws IOException {
    if (!has(stem, extension)) {
      return "";
    }
    try (InputStream in = open(stem, extension)) {
      return new String(in.readNBytes(SIDE_FILE), StandardCharsets.UTF_8).strip();
    }
  }

  /** The table of a stem with its memo file, if any. */
  public DbfTable table(String stem, char decimal, boolean bytewise) throws IOException {
    String declared = text(stem, "cpg");
    return DbfTable.open(
        open(stem, "dbf"),
        zip.size(parts.get(key(stem, "dbf"))),
        layout -> {
          String memo = has(stem, "fpt") ? "fpt" : has(stem, "dbt") ? "dbt" : "";
          return memo.isEmpty()
              ? null
              : DbfMemo.open(open(stem, memo), memo.equals("fpt"), limits.fileBytes());
        },
        new DbfTable.Texts(
            decimal, bytewise, declared.length() > 40 ? declared.substring(0, 40) : declared));
  }

  @Override
  public void close() throws IOException {
    try {
      zip.close();
    } finally {
      spool.close();
    }
  }
}
