package vn.tnmt.lakehouse.ingestion.format.stationtext;

import java.util.List;
import java.util.Optional;
import vn.tnmt.lakehouse.ingestion.format.FixedCells;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Reading;
import vn.tnmt.lakehouse.ingestion.reader.GuardedReader;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;

/**
 * The text file of an automatic station (Thông tư 10/2021/TT-BTNMT, Điều 39, Phụ lục 15, Bảng 34).
 * Cells: {@code symbol, value, unit, time, status}.
 */
public record StationText() implements Format {
  private static final FixedCells CELLS =
      new FixedCells(
          List.of("symbol", "value", "unit", "time", "status"),
          "tệp trạm không có trường / station files have no field");

  @Override
  public FormatType type() {
    return StationTextType.TYPE;
  }

  @Override
  public RecordReader reader(Reading reading) {
    return new GuardedReader(new StationTextReader());
  }

  @Override
  public Optional<FixedCells> cells() {
    return Optional.of(CELLS);
  }
}
