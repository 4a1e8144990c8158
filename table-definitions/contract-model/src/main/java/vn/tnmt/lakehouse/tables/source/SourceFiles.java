package vn.tnmt.lakehouse.tables.source;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/** Small text files by name, from a folder or from the jar (or class folder) of a class. */
public final class SourceFiles {
  private SourceFiles() {}

  /**
   * The files below {@code folder} of the jar that holds {@code anchor}.
   *
   * @return name as messages show it ({@code folder/…}, {@code /}-separated) → text, sorted by name
   */
  public static Map<String, String> bundled(Class<?> anchor, String folder, String suffix) {
    CodeSource source = anchor.getProtectionDomain().getCodeSource();
    try {
      Path location = Path.of(source.getLocation().toURI());
      if (Files.isDirectory(location)) {
        return below(location.resolve(folder), folder, suffix);
      }
      try (FileSystem jar = FileSystems.newFileSystem(location)) {
        return below(jar.getPath(folder), folder, suffix);
      }
    } catch (IOException | URISyntaxException e) {
      throw unreadable(folder, e);
    }
  }

  /** The files below {@code folder}; names begin with the folder's own name. */
  public static Map<String, String> below(Path folder, String suffix) {
    return below(folder, folder.getFileName().toString(), suffix);
  }

  private static Map<String, String> below(Path folder, String name, String suffix) {
    if (!Files.isDirectory(folder)) {
      throw TnmtException.of(
          ErrorCode.SOURCE_MISSING,
          "không có thư mục này / there is no such folder",
          folder.toString(),
          "");
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

  private static TnmtException unreadable(String folder, Exception e) {
    return TnmtException.of(
        ErrorCode.SOURCE_UNREADABLE,
        "không đọc được thư mục / the folder cannot be read",
        folder,
        "",
        e);
  }
}
