package vn.tnmt.lakehouse.tables.codelist;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.text.Nearest;
import vn.tnmt.lakehouse.tables.source.SourceFiles;

/**
 * Code lists by name: CSV files in UTF-8 with a header. Cells are texts, never null.
 *
 * <p>{@code TNMT-2007} for an unknown list or column and for a file that is not a proper table,
 * with file and line.
 */
public final class CodeLists {
  private static final String FOLDER = "code-lists";

  private final Map<String, String> files;
  private final Map<String, String> texts;
  private final Map<String, List<Map<String, String>>> parsed = new ConcurrentHashMap<>();

  private CodeLists(Map<String, String> texts) {
    this.texts = texts;
    this.files = new LinkedHashMap<>();
    texts
        .keySet()
        .forEach(
            file -> files.put(file.substring(file.lastIndexOf('/') + 1, file.length() - 4), file));
  }

  /** The lists that are part of the platform. */
  public static CodeLists bundled() {
    return Bundled.LISTS;
  }

  /** The lists below a folder: every {@code *.csv}, named after its file. */
  public static CodeLists load(Path folder) {
    return of(SourceFiles.below(folder, ".csv"));
  }

  /**
   * Lists from the texts of their files.
   *
   * @param texts file name ending in {@code .csv} → CSV
   */
  public static CodeLists of(Map<String, String> texts) {
    return new CodeLists(texts);
  }

  public List<String> names() {
    return List.copyOf(files.keySet());
  }

  /** The rows in the order of the file: column → cell. */
  public List<Map<String, String>> rows(String list) {
    String file = files.get(list);
    if (file == null) {
      throw TnmtException.of(
          ErrorCode.CODE_LIST_INVALID,
          "không có danh mục / there is no code list '" + list + "'",
          "",
          Nearest.to(list, files.keySet())
              .map(name -> "did you mean '" + name + "'?")
              .orElse("known: " + String.join(", ", files.keySet())));
    }
    return parsed.computeIfAbsent(list, name -> parse(file, texts.get(file)));
  }

  /** The rows by the value of one column, which must be different in each row. */
  public Map<String, Map<String, String>> by(String list, String keyColumn) {
    Map<String, Map<String, String>> byKey = new LinkedHashMap<>();
    for (Map<String, String> row : rows(list)) {
      String key = row.get(keyColumn);
      if (key == null) {
        throw TnmtException.of(
            ErrorCode.CODE_LIST_INVALID,
            "danh mục không có cột / the code list has no column '" + keyColumn + "'",
            files.get(list),
            Nearest.hint(keyColumn, row.keySet()));
      }
      if (byKey.put(key, row) != null) {
        throw TnmtException.of(
            ErrorCode.CODE_LIST_INVALID,
            "mã lặp lại / '" + key + "' stands twice in column " + keyColumn,
            files.get(list),
            "keep one, or look it up by another column");
      }
    }
    return byKey;
  }

  private static List<Map<String, String>> parse(String file, String text) {
    List<Map<String, String>> rows = new ArrayList<>();
    List<String> header = null;
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder().allowExtraFields(true).allowMissingFields(true).ofCsvRecord(text)) {
      for (CsvRecord record : reader) {
        if (header == null) {
          header = header(file, record);
        } else {
          rows.add(row(file, header, record));
        }
      }
    } catch (CsvParseException | IOException e) {
      throw TnmtException.of(
          ErrorCode.CODE_LIST_INVALID,
          "không phải bảng CSV / not a CSV table",
          file,
          e.getMessage(),
          e);
    }
    if (header == null) {
      throw TnmtException.of(
          ErrorCode.CODE_LIST_INVALID,
          "danh mục rỗng / the code list is empty",
          file + ":1",
          "add a header");
    }
    return List.copyOf(rows);
  }

  private static List<String> header(String file, CsvRecord record) {
    Set<String> names = new HashSet<>();
    for (String name : record.getFields()) {
      if (name.isBlank() || !names.add(name)) {
        throw TnmtException.of(
            ErrorCode.CODE_LIST_INVALID,
            "tên cột trống hoặc lặp lại / column name '" + name + "' is empty or stands twice",
            file + ":" + record.getStartingLineNumber(),
            "");
      }
    }
    return record.getFields();
  }

  private static Map<String, String> row(String file, List<String> header, CsvRecord record) {
    if (record.getFieldCount() != header.size()) {
      throw TnmtException.of(
          ErrorCode.CODE_LIST_INVALID,
          "số ô khác số cột / the row has "
              + record.getFieldCount()
              + " cells, the header "
              + header.size(),
          file + ":" + record.getStartingLineNumber(),
          "quote cells that hold a comma");
    }
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) {
      row.put(header.get(i), record.getField(i));
    }
    return Collections.unmodifiableMap(row);
  }

  /** Loaded once per JVM, when first asked for. */
  private static final class Bundled {
    static final CodeLists LISTS = of(SourceFiles.bundled(CodeLists.class, FOLDER, ".csv"));
  }
}
