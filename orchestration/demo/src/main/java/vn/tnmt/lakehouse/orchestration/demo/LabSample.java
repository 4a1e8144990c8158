package vn.tnmt.lakehouse.orchestration.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.locationtech.jts.geom.Coordinate;
import vn.tnmt.lakehouse.orchestration.demo.Territory.Commune;

/**
 * Invented results of one surface water sample: pH, DO, temperature, BOD5, COD, ammonium, suspended
 * solids, as they are written with a decimal point. Ammonium may be "KPH", not detected.
 *
 * @param values one for each parameter
 */
record LabSample(String point, Coordinate place, LocalDate day, List<String> values) {
  static final int PH = 0;
  static final int DO = 1;
  static final int COD = 4;

  static LabSample of(long seed, String point, Commune commune, LocalDate day) {
    SplittableRandom random =
        new SplittableRandom(Curves.mix(seed, point.hashCode(), day.toEpochDay()));
    double dirt = random.nextDouble(0.4, 1.7);
    double cod = 11 * dirt;
    double ammonium = 0.22 * dirt * random.nextDouble(0.2, 1.5);
    return new LabSample(
        point,
        new Coordinate(commune.centre()),
        day,
        List.of(
            Curves.text(random.nextDouble(6.5, 7.8), 2),
            Curves.text(Math.max(1.5, 7.2 - 1.6 * dirt), 2),
            Curves.text(random.nextDouble(22, 30), 1),
            Curves.text(cod * 0.45, 1),
            Curves.text(cod, 1),
            ammonium < 0.06 ? "KPH" : Curves.text(ammonium, 3),
            Curves.text(28 * dirt, 1)));
  }

  LabSample with(int parameter, String value) {
    List<String> changed = new ArrayList<>(values);
    changed.set(parameter, value);
    return new LabSample(point, place, day, List.copyOf(changed));
  }

  LabSample at(double lon, double lat) {
    return new LabSample(point, new Coordinate(lon, lat), day, values);
  }

  LabSample ofPoint(String other) {
    return new LabSample(other, place, day, values);
  }

  /** The same fate for the first records, one a value, but another for one of them. */
  static List<Fate> fates(int values, Fate fate, int parameter, Fate other) {
    List<Fate> fates = new ArrayList<>();
    for (int i = 0; i < values; i++) {
      fates.add(i == parameter ? other : fate);
    }
    return fates;
  }
}
