package vn.tnmt.lakehouse.ingestion.reader;

/** What is wrong with geometries, Vietnamese and English; all formats say it alike. */
public final class GeometryWords {
  public static final String RING_NOT_CLOSED = "vòng chưa khép kín / ring not closed";
  public static final String SHORT_RING =
      "vòng có ít hơn 4 vị trí / a ring of fewer than 4 positions";
  public static final String SHORT_LINE =
      "đường có ít hơn 2 vị trí / a line of fewer than 2 positions";
  public static final String NO_POSITION =
      "vị trí không phải hai số / a position that is not two numbers";
  public static final String NO_RINGS = "vùng không có vòng nào / a polygon without rings";
  public static final String RINGS_TURNED =
      "vòng chạy sai chiều / rings run in the wrong direction";
  public static final String NO_SHAPE = "không có hình / no shape";
  public static final String CUT_OFF = "bị cắt giữa chừng / cut off";

  private GeometryWords() {}

  public static String unknownType(Object type) {
    return "loại hình không rõ / unknown type '" + type + "'";
  }
}
