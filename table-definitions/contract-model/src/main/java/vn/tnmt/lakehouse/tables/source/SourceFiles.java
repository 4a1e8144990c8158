package vn.tnmt.lakehouse.tables.source;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/** Small text files by name, from a folder or from the class path. */
public final class SourceFiles {
  private SourceFiles() {}

  /**
   * The files below {@code folder} in every part of the class path that has such a folder: the jar
   * (or class folder) that holds {@code anchor}, others beside it, those of tests.
   *
   * @return name as messages show it ({@code folder/…}, {@code /}-separated) → text, sorted by name
   * @throws TnmtException {@code TNMT-1001} when two parts have a file of one name, which differ
   */
  public static Map<String, String> bundled(Class<?> anchor, String folder, String suffix) {
    try {
      Set<Path> roots = new LinkedHashSet<>();
      CodeSource own = anchor.getProtectionDomain().getCodeSource();
      roots.add(Path.of(own.getLocation().toURI()));
      roots.addAll(roots(anchor.getClassLoader(), folder));
      return ofRoots(roots, folder, suffix);
    } catch (IOException | URISyntaxException e) {
      throw unreadable(folder, e);
    }
  }

  /** Class folders and jars that a class loader finds a folder in. */
  static List<Path> roots(ClassLoader loader, String folder)
      throws IOException, URISyntaxException {
    List<Path> roots = new ArrayList<>();
    for (URL found : Collections.list(loader.getResources(folder))) {
      if (found.openConnection() instanceof JarURLConnection jar) {
        roots.add(Path.of(jar.getJarFileURL().toURI()));
      } else if (found.getProtocol().equals("file")) {
        roots.add(Path.of(found.toURI()).getParent());
      }
    }
    return roots;
  }

  static Map<String, String> ofRoots(Collection<Path> roots, String folder, String suffix)
      throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (Path root : roots) {
      for (Map.Entry<String, String> file : ofRoot(root, folder, suffix).entrySet()) {
        String other = all.put(file.getKey(), file.getValue());
        if (other != null && !other.equals(file.getValue())) {
          throw TnmtException.of(
              ErrorCode.SOURCE_UNREADABLE,
              "tệp có hai bản khác nhau / two parts of the class path have different files of this"
                  + " name",
              file.getKey(),
              "rename the one in " + root);
        }
      }
    }
    if (all.isEmpty()) {
      throw missing(folder);
    }
    return all;
  }

  private static Map<String, String> ofRoot(Path root, String folder, String suffix)
      throws IOException {
    if (Files.isDirectory(root)) {
      Path in = root.resolve(folder);
      return Files.isDirectory(in) ? below(in, folder, suffix) : Map.of();
    }
    try (FileSystem jar = FileSystems.newFileSystem(root)) {
      Path in = jar.getPath(folder);
      return Files.isDirectory(in) ? below(in, folder, suffix) : Map.of();
    }
  }

  /** The files below {@code folder}; names begin with the folder's own name. */
  public static Map<String, String> below(Path folder, String suffix) {
    return below(folder, folder.getFileName().toString(), suffix);
  }

  private static Map<String, String> below(Path folder, String name, String suffix) {
    if (!Files.isDirectory(folder)) {
      throw missing(folder.toString());
    }
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String path = name + "/" + folder.relativize(file).toString().replace('\\', '/');
        if (path.endsWith(suffix)) {
          texts.put(path, text(path, Files.readAllBytes(file)));
        }
      }
    } catch (IOException e) {
      throw unreadable(folder.toString(), e);
    }
    return texts;
  }

  private static String text(String path, byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw TnmtException.of(
          ErrorCode.SOURCE_UNREADABLE,
          "tệp không phải UTF-8 / the file is not UTF-8",
          path,
          "save it as UTF-8",
          e);
    }
  }

  private static TnmtException missing(String folder) {
    return TnmtException.of(
        ErrorCode.SOURCE_MISSING, "không có thư mục này / there is no such folder", folder, "");
  }

  private static TnmtException unreadable(String folder, Exception e) {
    return TnmtException.of(
        ErrorCode.SOURCE_UNREADABLE,
        "không đọc được thư mục / the folder cannot be read",
        folder,
        "",
        e);
  }
}
