package vn.tnmt.lakehouse.ingestion.feed;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rows of the code lists on the class path. */
final class CodeRows {
  private CodeRows() {}

  static List<Map<String, String>> bundled(String list) {
    InputStream bytes =
        CodeRows.class.getClassLoader().getResourceAsStream("code-lists/" + list + ".csv");
    if (bytes == null) {
      throw new IllegalArgumentException("không có danh mục / no code list '" + list + "'");
    }
    List<Map<String, String>> rows = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder()
            .detectBomHeader(true)
            .ofNamedCsvRecord(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
      csv.forEach(row -> rows.add(row.getFieldsAsMap()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }
}
