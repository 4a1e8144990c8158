package vn.tnmt.lakehouse.ingestion.format.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;

/**
 * The members of a zip whose central directory is missing, as those of a broken-off one are: what
 * each tells of itself. Links cannot be told here; they are read as the short texts that they are.
 */
final class ZipStreamMembers implements ArchiveMembers {
  private final ZipArchiveInputStream zip;

  ZipStreamMembers(InputStream bytes) {
    this.zip = new ZipArchiveInputStream(bytes, StandardCharsets.ISO_8859_1.name(), true, false);
  }

  @Override
  public Member next() throws IOException {
    ZipArchiveEntry entry = zip.getNextEntry();
    if (entry == null) {
      throw new EOFException("no central directory at the end");
    }
    Kind kind =
        entry.isDirectory() ? Kind.FOLDER : zip.canReadEntryData(entry) ? Kind.FILE : Kind.LOCKED;
    return new Member(ZipMembers.name(entry), kind, entry.getSize(), entry::getCrc, () -> zip);
  }

  @Override
  public void close() {
    // the caller owns the stream
  }
}
