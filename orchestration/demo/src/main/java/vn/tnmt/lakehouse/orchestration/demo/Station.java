package vn.tnmt.lakehouse.orchestration.demo;

import org.locationtech.jts.geom.Coordinate;
import vn.tnmt.lakehouse.orchestration.demo.Territory.Commune;
import vn.tnmt.lakehouse.orchestration.demo.Territory.Province;

/**
 * One monitoring station.
 *
 * @param code unique in the nation: province code, KK (air) or NM (surface water), number
 * @param province whose register holds it
 * @param commune where it stands
 * @param kind what it measures
 * @param layout how its logger writes lines
 */
record Station(String code, Province province, Commune commune, Kind kind, Layout layout) {
  /** Kinds with their code in the register (0 waste water … 4 ambient air). */
  enum Kind {
    WATER("NM", 1, "Trạm nước mặt tự động"),
    AIR("KK", 4, "Trạm không khí tự động");

    final String letters;
    final int code;
    final String title;

    Kind(String letters, int code, String title) {
      this.letters = letters;
      this.code = code;
      this.title = title;
    }
  }

  static Station of(Province province, Commune commune, Kind kind, int number) {
    String code = province.code() + kind.letters + Integer.toString(1000 + number).substring(1);
    return new Station(code, province, commune, kind, Layout.of(province.code()));
  }

  String name() {
    return kind.title + " " + commune.fullName();
  }

  Coordinate place() {
    return commune.centre();
  }
}
