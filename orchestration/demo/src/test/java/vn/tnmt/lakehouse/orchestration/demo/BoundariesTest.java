package vn.tnmt.lakehouse.orchestration.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.locationtech.jts.coverage.CoverageValidator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

class BoundariesTest {
  private static final Territory TERRITORY = Territory.load();
  private static final Map<String, MultiPolygon> BOUNDARIES = Boundaries.of(TERRITORY);

  @Test
  void everyProvinceHasAValidBoundary() {
    assertThat(BOUNDARIES).hasSize(34);
    assertThat(BOUNDARIES.values()).allSatisfy(b -> assertThat(b.isValid()).isTrue());
  }

  @Test
  void neighboursShareTheirBordersVertexByVertex() {
    Geometry[] all = BOUNDARIES.values().toArray(Geometry[]::new);
    assertThat(CoverageValidator.isValid(all)).isTrue();
  }

  @Test
  void neighboursNeitherOverlapNorLeaveGaps() {
    Geometry nation = OverlayNGRobust.union(List.copyOf(BOUNDARIES.values()));
    double sum = BOUNDARIES.values().stream().mapToDouble(Geometry::getArea).sum();
    assertThat(sum).isCloseTo(nation.getArea(), within(1e-9));
    // a gap between neighbours would be a hole
    for (int i = 0; i < nation.getNumGeometries(); i++) {
      assertThat(((org.locationtech.jts.geom.Polygon) nation.getGeometryN(i)).getNumInteriorRing())
          .isZero();
    }
  }

  /** Official land area: 331 thousand km². */
  @Test
  void theNationHasAboutItsRealSize() {
    double squareKm =
        BOUNDARIES.values().stream()
            .mapToDouble(
                b -> b.getArea() * 111.2 * 111.2 * Math.cos(Math.toRadians(b.getCentroid().getY())))
            .sum();
    assertThat(squareKm).isBetween(320_000.0, 360_000.0);
  }

  @ParameterizedTest
  @CsvSource({
    "Hà Nội, 01, 105.85, 21.03",
    "Huế, 46, 107.58, 16.46",
    "Đà Lạt, 68, 108.44, 11.94",
    "Phú Quốc, 91, 103.98, 10.25",
    "Côn Đảo, 79, 106.61, 8.69",
    "Lý Sơn, 51, 109.12, 15.38",
    "Bạch Long Vĩ, 31, 107.73, 20.13",
    "đảo Phú Lâm (Hoàng Sa), 48, 112.33, 16.83",
    "đảo Hoàng Sa, 48, 111.61, 16.53",
    "đảo Trường Sa, 56, 111.92, 8.64",
    "đảo Song Tử Tây (Trường Sa), 56, 114.33, 11.43"
  })
  void placesLieInTheirProvince(String place, String province, double lon, double lat) {
    Geometry point = new GeometryFactory().createPoint(new Coordinate(lon, lat));
    assertThat(BOUNDARIES.entrySet().stream().filter(b -> b.getValue().contains(point)))
        .as(place)
        .singleElement()
        .returns(province, Map.Entry::getKey);
  }

  @Test
  void archipelagosAreManyIslands() {
    assertThat(partsWithin("48", new Envelope(111, 113, 15.7, 17.2))).isGreaterThanOrEqualTo(5);
    assertThat(partsWithin("56", new Envelope(111.5, 115, 7.5, 11.6))).isGreaterThanOrEqualTo(5);
  }

  @Test
  void stationsStandInTheirProvince() {
    assertThat(DemoNation.of(1, LocalDate.of(2026, 1, 14)).stations())
        .allSatisfy(
            s ->
                assertThat(
                        BOUNDARIES
                            .get(s.province().code())
                            .contains(new GeometryFactory().createPoint(s.place())))
                    .as(s.code())
                    .isTrue());
  }

  @Test
  void boundariesAreTheSameEveryTime() {
    Map<String, MultiPolygon> again = Boundaries.of(TERRITORY);
    assertThat(again.keySet()).containsExactlyElementsOf(BOUNDARIES.keySet());
    again.forEach(
        (code, boundary) ->
            assertThat(
                    Arrays.equals(boundary.getCoordinates(), BOUNDARIES.get(code).getCoordinates()))
                .as(code)
                .isTrue());
  }

  private static int partsWithin(String province, Envelope window) {
    MultiPolygon boundary = BOUNDARIES.get(province);
    int parts = 0;
    for (int i = 0; i < boundary.getNumGeometries(); i++) {
      if (window.contains(boundary.getGeometryN(i).getEnvelopeInternal())) {
        parts++;
      }
    }
    return parts;
  }
}
