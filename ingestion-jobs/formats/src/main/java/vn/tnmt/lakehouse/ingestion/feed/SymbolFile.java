package vn.tnmt.lakehouse.ingestion.feed;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import vn.tnmt.lakehouse.base.error.ErrorCode;

/** A table of local symbols: {@code station_code,symbol,parameter,unit,factor}. */
final class SymbolFile {
  private static final List<String> HEADER =
      List.of("station_code", "symbol", "parameter", "unit", "factor");

  private SymbolFile() {}

  /**
   * Never throws: what is wrong with the file becomes problems, so that {@code feeds check} tells
   * all of them.
   *
   * @param use where the feed names the file
   */
  static Symbols read(Path file, Place use) {
    List<Symbols.Symbol> entries = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder().detectBomHeader(true).ofNamedCsvRecord(file)) {
      for (NamedCsvRecord row : csv) {
        Place place = new Place(file.toString(), (int) row.getStartingLineNumber());
        if (!row.getHeader().equals(HEADER)) {
          problems.add(
              problem(
                  new Place(file.toString(), 1),
                  "tiêu đề bảng ký hiệu sai / wrong header " + row.getHeader(),
                  "write " + String.join(",", HEADER)));
          break;
        }
        read(row, place, entries, problems);
      }
    } catch (NoSuchFileException e) {
      problems.add(
          problem(
              use, "không có bảng ký hiệu / no symbol table " + file, "create it or drop the key"));
    } catch (IOException | UncheckedIOException | CsvParseException e) {
      problems.add(
          problem(
              use, "không đọc được bảng ký hiệu / unreadable symbol table " + file, e.toString()));
    }
    return new Symbols(List.copyOf(entries), List.copyOf(problems));
  }

  private static void read(
      NamedCsvRecord row, Place place, List<Symbols.Symbol> entries, List<Problem> problems) {
    List<String> cells = row.getFields().stream().map(String::strip).toList();
    if (cells.size() != HEADER.size() || cells.get(1).isEmpty() || cells.get(2).isEmpty()) {
      problems.add(
          problem(
              place,
              "dòng thiếu trường / incomplete row " + cells,
              "symbol and parameter are required"));
      return;
    }
    try {
      double factor = cells.get(4).isEmpty() ? 1 : Double.parseDouble(cells.get(4));
      String station = cells.get(0).isEmpty() ? Symbols.ANY_STATION : cells.get(0);
      entries.add(
          new Symbols.Symbol(station, cells.get(1), cells.get(2), cells.get(3), factor, place));
    } catch (NumberFormatException e) {
      problems.add(
          problem(
              place, "hệ số không phải là số / factor is not a number '" + cells.get(4) + "'", ""));
    }
  }

  private static Problem problem(Place place, String what, String remedy) {
    return new Problem(ErrorCode.FEED_INVALID, place, what, remedy);
  }
}
