package vn.tnmt.lakehouse.ingestion.collect.landing;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/**
 * One file of a delivery: a line of {@code index.tsv}.
 *
 * @param path below the feed's root, {@code /}-separated, NFC
 * @param modifiedMillis the publisher's time of modification
 * @param size bytes
 * @param sha256 of the content, hexadecimal
 * @param object name of the object in the delivery's folder
 * @param offset of the file's first byte in the object
 * @param version what the publisher's side called this version (an ETag); empty when it had no name
 */
public record IndexEntry(
    String path,
    long modifiedMillis,
    long size,
    String sha256,
    String object,
    long offset,
    String version) {

  public String line() {
    return escape(path)
        + '\t'
        + modifiedMillis
        + '\t'
        + size
        + '\t'
        + sha256
        + '\t'
        + object
        + '\t'
        + offset
        + (version.isEmpty() ? "" : '\t' + escape(version))
        + '\n';
  }

  static IndexEntry parse(String line) {
    List<String> fields = fields(line);
    try {
      if (fields.size() == 6 || fields.size() == 7) {
        return new IndexEntry(
            unescape(fields.get(0)),
            Long.parseLong(fields.get(1)),
            Long.parseLong(fields.get(2)),
            fields.get(3),
            fields.get(4),
            Long.parseLong(fields.get(5)),
            fields.size() == 7 ? unescape(fields.get(6)) : "");
      }
    } catch (NumberFormatException e) {
      throw damaged(line, e);
    }
    throw damaged(line, null);
  }

  public static List<String> fields(String line) {
    List<String> fields = new ArrayList<>(6);
    int start = 0;
    for (int tab = line.indexOf('\t'); tab >= 0; tab = line.indexOf('\t', start)) {
      fields.add(line.substring(start, tab));
      start = tab + 1;
    }
    fields.add(line.substring(start));
    return fields;
  }

  /**
   * File names may hold any character: those that would break a line are written with a backslash.
   */
  public static String escape(String text) {
    if (text.indexOf('\\') < 0
        && text.indexOf('\t') < 0
        && text.indexOf('\n') < 0
        && text.indexOf('\r') < 0) {
      return text;
    }
    return text.replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }

  public static String unescape(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        c = text.charAt(++i);
        plain.append(c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c);
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private static TnmtException damaged(String line, @Nullable Exception cause) {
    return TnmtException.of(
        ErrorCode.DELIVERY_DAMAGED,
        "dòng chỉ mục hỏng / damaged index line '" + line + "'",
        "index.tsv",
        "the landing zone was changed by something else; restore it from a backup",
        cause);
  }
}
