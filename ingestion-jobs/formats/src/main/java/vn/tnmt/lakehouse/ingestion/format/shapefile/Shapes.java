package vn.tnmt.lakehouse.ingestion.format.shapefile;

import java.nio.ByteBuffer;

/** The shape types of the ESRI Shapefile Technical Description (July 1998). */
final class Shapes {
  static final int NULL = 0;
  static final int POINT = 1;
  static final int POLYLINE = 3;
  static final int POLYGON = 5;
  static final int MULTIPOINT = 8;
  static final int MULTIPATCH = 31;

  private static final int Z = 10;
  private static final int M = 20;
  private static final int BOX = 36;

  private Shapes() {}

  static boolean known(int type) {
    int flat = flat(type);
    return type == NULL
        || type == MULTIPATCH
        || (type > 0
            && type < 30
            && (flat == POINT || flat == POLYLINE || flat == POLYGON || flat == MULTIPOINT));
  }

  /** The type without Z and M. */
  static int flat(int type) {
    return type == MULTIPATCH ? type : type % 10;
  }

  static boolean hasZ(int type) {
    return type / Z == 1;
  }

  static boolean hasM(int type) {
    return type / M == 1 && type != MULTIPATCH;
  }

  /**
   * Bytes that the shape at a position takes by its own counts, without the measures that a Z type
   * may leave out; -1 when the counts are not to be had or cannot be.
   */
  static long needed(ByteBuffer little, int at, int available) {
    int type = little.getInt(at);
    switch (flat(type)) {
      case NULL -> {
        return 4;
      }
      case POINT -> {
        return hasZ(type) ? 28 : hasM(type) ? 28 : 20;
      }
      case MULTIPOINT -> {
        if (available < BOX + 4) {
          return -1;
        }
        long points = little.getInt(at + BOX);
        return points < 0 ? -1 : BOX + 4 + points * 16 + more(type, points);
      }
      case POLYLINE, POLYGON, MULTIPATCH -> {
        if (available < BOX + 8) {
          return -1;
        }
        long parts = little.getInt(at + BOX);
        long points = little.getInt(at + BOX + 4);
        boolean patch = type == MULTIPATCH;
        return parts < 0 || points < 0
            ? -1
            : BOX
                + 8
                + parts * (patch ? 8 : 4)
                + points * 16
                + (patch ? 16 + points * 8 : more(type, points));
      }
      default -> {
        return -1;
      }
    }
  }

  private static long more(int type, long points) {
    return hasZ(type) || hasM(type) ? 16 + points * 8 : 0;
  }

  /** Bytes of a shape with the measures of its Z type, when they fit; else without. */
  static int withMeasures(ByteBuffer little, int at, int needed, int available) {
    int type = little.getInt(at);
    if (!hasZ(type)) {
      return needed;
    }
    long measures =
        switch (flat(type)) {
          case POINT -> 8;
          case MULTIPOINT -> 16 + little.getInt(at + BOX) * 8L;
          default -> 16 + little.getInt(at + BOX + 4) * 8L;
        };
    return needed + measures <= available ? (int) (needed + measures) : needed;
  }
}
