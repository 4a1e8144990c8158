package vn.tnmt.lakehouse.ingestion.reader;

/** The readers of the formats that feeds may name. One instance serves one thread, file by file. */
public final class Readers {
  private Readers() {}

  /** Text files of automatic stations, Thông tư 10/2021/TT-BTNMT. */
  public static RecordReader stationText() {
    return new GuardedReader(new StationTextReader());
  }

  public static RecordReader csv(CsvFormat format) {
    return new GuardedReader(new CsvReader(format));
  }

  public static RecordReader geoJson() {
    return new GuardedReader(new GeoJsonReader());
  }
}
