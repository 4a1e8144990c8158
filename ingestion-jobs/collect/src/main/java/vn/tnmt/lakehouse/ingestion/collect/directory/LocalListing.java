package vn.tnmt.lakehouse.ingestion.collect.directory;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import vn.tnmt.lakehouse.ingestion.collect.offer.Listing;

/** Folders that the platform can read. A path is kept as given: its bytes may be no UTF-8. */
final class LocalListing implements Listing<Path> {
  @Override
  public void list(Path folder, Sink<Path> sink) throws IOException {
    try (DirectoryStream<Path> listed = Files.newDirectoryStream(folder)) {
      for (Path file : listed) {
        child(file, sink);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static void child(Path file, Sink<Path> sink) throws IOException {
    String name = name(file);
    BasicFileAttributes is;
    try {
      is = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      sink.odd(name, "đã biến mất hoặc không đọc được / vanished or unreadable");
      return;
    }
    if (is.isDirectory() || is.isRegularFile()) {
      sink.add(
          name, is.isDirectory(), file, is.size(), is.lastModifiedTime().to(TimeUnit.NANOSECONDS));
    } else {
      sink.odd(name, "không phải tệp thường, bỏ qua / not a regular file, not followed");
    }
  }

  /** The name as UTF-8, whatever the locale of this process. */
  private static String name(Path file) {
    String name = file.getFileName().toString();
    if (name.indexOf('\uFFFD') < 0) {
      return name;
    }
    String path = file.toUri().getPath();
    int end = path.endsWith("/") ? path.length() - 1 : path.length();
    return path.substring(path.lastIndexOf('/', end - 1) + 1, end);
  }

  @Override
  public String text(Path place) {
    return place.toUri().toString();
  }

  @Override
  public Path place(String text) {
    return Path.of(URI.create(text));
  }
}
