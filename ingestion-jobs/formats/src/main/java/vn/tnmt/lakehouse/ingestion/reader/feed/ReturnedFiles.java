package vn.tnmt.lakehouse.ingestion.reader.feed;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.List;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;

/**
 * Takes rejected rows back in the forms that a receipt gives them, where the feed's own files are
 * text of another form: as the XLSX workbook, or as UTF-8 that begins with a byte order mark under
 * a feed that names an old encoding. Other files are the feed's own.
 */
final class ReturnedFiles implements RecordReader {
  private static final int HEAD = 4;

  private final RecordReader own;
  private final RecordReader workbook;
  private final RecordReader unicode;

  /**
   * @param unicode reads the feed's format in UTF-8
   */
  ReturnedFiles(RecordReader own, RecordReader workbook, RecordReader unicode) {
    this.own = own;
    this.workbook = workbook;
    this.unicode = unicode;
  }

  @Override
  public Records open(SourceFile file, InputStream bytes) throws IOException {
    PushbackInputStream all = new PushbackInputStream(bytes, HEAD);
    byte[] head = all.readNBytes(HEAD);
    all.unread(head);
    RecordReader reader =
        begins(head, 'P', 'K', 3, 4) ? workbook : begins(head, 0xEF, 0xBB, 0xBF) ? unicode : own;
    return reader.open(file, all);
  }

  private static boolean begins(byte[] head, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (i >= head.length || (head[i] & 0xFF) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean resumes() {
    return own.resumes();
  }

  @Override
  public Records resume(SourceFile file, InputStream head, long line, InputStream bytes)
      throws IOException {
    return own.resume(file, head, line, bytes);
  }

  @Override
  public List<RowStart> cuts(InputStream bytes, long step) throws IOException {
    return own.cuts(bytes, step);
  }
}
