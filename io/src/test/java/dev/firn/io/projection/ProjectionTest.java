package dev.firn.io.projection;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Expected coordinates are those of PROJ 9 (pyproj 3.7). */
class ProjectionTest {
  private static final Earth SPHERE = Earth.sphere(6_371_229);
  private static final Earth WGS84 = new Earth(6_378_137, 6_356_752.314_245_179);
  private static final double MICROMETRE = 1e-6;
  private static final double HEIGHT = 35_785_831;

  static Stream<Arguments> places() {
    GeoPoint pacific = new GeoPoint(21.25, -160.5);
    GeoPoint corner = new GeoPoint(21.138123, -122.719528);
    GeoPoint atlantic = new GeoPoint(66.25, -24.5);
    return Stream.of(
        place(new Mercator(SPHERE, 20), pacific, -16771095.652531665, 2273201.59237613),
        place(new Mercator(WGS84, 20), pacific, -16795857.35273284, 2262005.91092666),
        place(cylinder(SPHERE, 20, 10), pacific, -17816023.730571017, 2457373.495478723),
        place(cylinder(WGS84, 30, 0), pacific, -15486047.980268888, 2650762.93236471),
        place(polar(SPHERE, 60, -105), north(), 861444.3372417081, -6329773.2877129465),
        place(polar(WGS84, 60, -105), north(), 862729.3059673717, -6339215.059355783),
        place(polar(SPHERE, -71, 20), south(), -2594788.7005606145, -1336403.9969368705),
        place(polar(WGS84, -71, 20), south(), -2604523.092920318, -1341417.5384458378),
        place(lambert(SPHERE), corner, -2697520.142521936, -1587306.1525566636),
        place(lambert(WGS84), corner, -2701000.130322346, -1580581.336918086),
        place(southern(SPHERE), cape(), -1270179.9040225695, -1778275.0187876592),
        place(southern(WGS84), cape(), -1273147.119031878, -1773793.5715609968),
        place(albers(SPHERE), corner, -2653259.864130381, -1572326.7330703037),
        place(albers(WGS84), corner, -2656960.5690382435, -1565849.8949222635),
        place(azimuthal(SPHERE, 52), atlantic, -1481196.5742671022, 1960725.0281049644),
        place(azimuthal(WGS84, 52), atlantic, -1487499.6326931363, 1964051.041444315),
        place(azimuthal(SPHERE, 90), atlantic, -1485178.0218382734, -2160947.4309605695),
        place(azimuthal(WGS84, 90), atlantic, -1490963.280519852, -2169365.0345754717),
        place(transverse(SPHERE), norway(), 623894.476422986, 850995.7239659037),
        place(transverse(WGS84), norway(), 624672.8820374932, 851794.4935156526),
        place(view(SPHERE), new GeoPoint(46.25, -24.5), -2286616.2936134874, 4248587.393909819),
        place(view(WGS84), new GeoPoint(46.25, -24.5), -2293291.712264582, 4232599.316249683));
  }

  private static Arguments place(Projection map, GeoPoint place, double x, double y) {
    return Arguments.of(map, place, new MapPoint(x, y));
  }

  private static GeoPoint north() {
    return new GeoPoint(33.5, -97.25);
  }

  private static GeoPoint south() {
    return new GeoPoint(-63.5, -97.25);
  }

  private static GeoPoint cape() {
    return new GeoPoint(-40.25, 10.5);
  }

  private static GeoPoint norway() {
    return new GeoPoint(57.5, 1.75);
  }

  private static Projection cylinder(Earth earth, double latitude, double meridian) {
    return new CylindricalEqualArea(earth, latitude, meridian);
  }

  private static Projection polar(Earth earth, double latitude, double meridian) {
    return new PolarStereographic(earth, latitude, meridian);
  }

  private static Projection lambert(Earth earth) {
    return new LambertConformal(earth, 38.5, 38.5, 38.5, 262.5);
  }

  private static Projection southern(Earth earth) {
    return new LambertConformal(earth, -20, -30, -25, 25);
  }

  private static Projection albers(Earth earth) {
    return new AlbersEqualArea(earth, 29.5, 45.5, 38.5, 262.5);
  }

  private static Projection azimuthal(Earth earth, double latitude) {
    return new LambertAzimuthalEqualArea(earth, latitude, 10);
  }

  private static Projection transverse(Earth earth) {
    return new TransverseMercator(earth, 49, -2, 0.9996, 400_000, -100_000);
  }

  private static Projection view(Earth earth) {
    return new Geostationary(earth, 9.5, HEIGHT + earth.semiMajorMetres());
  }

  @ParameterizedTest
  @MethodSource("places")
  void placesAreWhereProjPutsThem(Projection map, GeoPoint place, MapPoint expected) {
    MapPoint point = map.transform().project(place);

    assertThat(point.x(), closeTo(expected.x(), MICROMETRE));
    assertThat(point.y(), closeTo(expected.y(), MICROMETRE));
  }

  @ParameterizedTest
  @MethodSource("places")
  void pointsOfTheMapAreThePlacesTheyShow(Projection map, GeoPoint expected, MapPoint point) {
    GeoPoint place = map.transform().locate(point.x(), point.y());

    assertThat(place.latitude(), closeTo(expected.latitude(), 1e-11));
    assertThat(place.longitude(), closeTo(expected.longitude(), 1e-11));
  }

  @Test
  void polesAreTheOriginsOfPolarMaps() {
    for (Projection map : List.of(polar(WGS84, 90, 10), azimuthal(WGS84, 90))) {
      GeoPoint pole = map.transform().locate(0, 0);

      assertThat(pole.latitude(), closeTo(90, 1e-12));
      assertThat(pole.longitude(), closeTo(10, 1e-12));
    }
  }

  @Test
  void pointsBesideTheEarthAreNowhere() {
    MapTransform view = view(WGS84).transform();

    assertThat(view.locate(6e6, 0), is(GeoPoint.NOWHERE));
    assertThat(azimuthal(SPHERE, 52).transform().locate(2e7, 0), is(GeoPoint.NOWHERE));
    assertThat(view.project(new GeoPoint(0, 150)).isOnMap(), is(false));
  }

  @Test
  void rotatedSystemsAreTurnedAboutTheirOwnAxis() {
    GeoPoint straight = new PoleRotation(-36.08852, 245.305142, 0).locate(40, 10);
    GeoPoint turned = new PoleRotation(-36.08852, 245.305142, 12.5).locate(40, 10);

    assertThat(straight.latitude(), closeTo(81.21407089269097, 1e-10));
    assertThat(straight.longitude(), closeTo(4.743104998991329, 1e-10));
    assertThat(turned.latitude(), closeTo(71.9060471113068, 1e-10));
    assertThat(turned.longitude(), closeTo(-5.4118837559912425, 1e-10));
  }

  @Test
  void parametersWithoutAMapAreInvalid() {
    List<Runnable> invalid =
        List.of(
            () -> new Mercator(SPHERE, 90),
            () -> polar(SPHERE, 0, 0),
            () -> polar(SPHERE, Double.NaN, 0),
            () -> new LambertConformal(SPHERE, 30, -30, 0, 0),
            () -> new LambertConformal(SPHERE, 30, 95, 0, 0),
            () -> new AlbersEqualArea(SPHERE, 30, -30, 0, 0),
            () -> azimuthal(SPHERE, 91),
            () -> new TransverseMercator(SPHERE, 0, 0, 0, 0, 0),
            () -> new Geostationary(SPHERE, 0, 6e6),
            () -> new PoleRotation(0, 0, Double.NaN));
    for (Runnable construction : invalid) {
      IllegalArgumentException e = assertThrows(IllegalArgumentException.class, construction::run);

      assertThat(e.getMessage(), containsString("Invalid "));
    }
  }

  @Test
  void earthMustBeRoundAndFlattenedAtThePoles() {
    assertThrows(IllegalArgumentException.class, () -> new Earth(6e6, 7e6));
    assertThrows(IllegalArgumentException.class, () -> Earth.sphere(0));
    assertThrows(IllegalArgumentException.class, () -> Earth.sphere(Double.NaN));
    assertThat(WGS84.inverseFlattening(), closeTo(298.257223563, 1e-6));
  }

  @Test
  void referenceIsWrittenForOtherPrograms() {
    CoordinateReference reference = lambert(SPHERE).reference();

    assertThat(
        reference.wkt(),
        containsString("PARAMETER[\"Longitude of false origin\",262.5,ANGLEUNIT[\"degree\""));
    assertThat(
        reference.gridMapping().toString(),
        is(
            "{grid_mapping_name=lambert_conformal_conic, latitude_of_projection_origin=38.5,"
                + " longitude_of_central_meridian=262.5, standard_parallel=[38.5, 38.5],"
                + " false_easting=0.0, false_northing=0.0, earth_radius=6371229.0}"));
    assertThat(
        CoordinateReference.geographic(WGS84).gridMapping().keySet().toString(),
        is("[grid_mapping_name, semi_major_axis, inverse_flattening]"));
  }
}
