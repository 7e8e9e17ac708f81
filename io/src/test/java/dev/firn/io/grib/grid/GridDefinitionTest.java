package dev.firn.io.grib.grid;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.field.FlatGrid;
import dev.firn.io.field.GaussianAxis;
import dev.firn.io.field.GaussianGrid;
import dev.firn.io.field.Grid;
import dev.firn.io.field.MetricAxis;
import dev.firn.io.field.PointCoordinates;
import dev.firn.io.field.ProjectedGrid;
import dev.firn.io.field.ReducedGrid;
import dev.firn.io.field.RegularAxis;
import dev.firn.io.field.RotatedLatLonGrid;
import dev.firn.io.projection.AlbersEqualArea;
import dev.firn.io.projection.Earth;
import dev.firn.io.projection.Geostationary;
import dev.firn.io.projection.LambertAzimuthalEqualArea;
import dev.firn.io.projection.LambertConformal;
import dev.firn.io.projection.Mercator;
import dev.firn.io.projection.PolarStereographic;
import dev.firn.io.projection.PoleRotation;
import dev.firn.io.projection.Projection;
import dev.firn.io.projection.TransverseMercator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridDefinitionTest {
  private static final Earth SPHERE = Earth.sphere(6_371_229);
  private static final long MISSING = 0xFFFF_FFFFL;

  private static GridSection latLon(int template, int length) {
    return GridSection.of(template, length, 2, 3)
        .degrees(47, 10)
        .degrees(51, 350)
        .degrees(60, 10)
        .set(72, 1, 0);
  }

  /** A map whose increments are at {@code octet} and whose first point is 20° N, 30° E. */
  private static GridSection map(int template, int length, int incrementsOctet) {
    return GridSection.of(template, length, 2, 3)
        .degrees(39, 20)
        .degrees(43, 30)
        .set(incrementsOctet, 4, 3_000_000)
        .set(incrementsOctet + 4, 4, 2_000_000);
  }

  private static GridSection conic(int template) {
    return map(template, 81, 56).degrees(48, 25).degrees(52, 40).degrees(66, 25).degrees(70, 35);
  }

  private static void assertFirstPoint(Grid grid, double latitude, double longitude) {
    PointCoordinates points = grid.coordinates().orElseThrow();
    assertThat(points.latitudes()[0], closeTo(latitude, 1e-9));
    assertThat(points.longitudes()[0], closeTo(longitude, 1e-9));
  }

  private static Projection projection(Grid grid) {
    return ((ProjectedGrid) grid).projection();
  }

  private static String corrupt(GridSection section) {
    return assertThrows(CorruptInputException.class, section::read).getMessage();
  }

  private static String unsupported(GridSection section) {
    return assertThrows(UnsupportedFeatureException.class, section::read).getMessage();
  }

  @Test
  void rotatedGridHasItsPole() {
    GridSection section =
        latLon(1, 84).degrees(73, -30).degrees(77, 10).set(81, 4, Float.floatToIntBits(2.5f));

    assertThat(
        section.read().grid(),
        is(
            new RotatedLatLonGrid(
                RegularAxis.degrees(10, 0, 2),
                RegularAxis.degrees(350, 370, 3),
                new PoleRotation(-30, 10, 2.5))));
  }

  @ParameterizedTest
  @CsvSource({"0, 100, 100", "4294967295, 100, 100", "2, 0, 500000", "2, 4294967295, 500000"})
  void basicAngleAndItsSubdivisionsAreOneAndAMillionWhereTheyAreNotGiven(
      long basicAngle, long subdivisions, long unitsPerDegree) {
    Grid grid =
        latLon(0, 72)
            .set(39, 4, basicAngle)
            .set(43, 4, subdivisions)
            .set(47, 4, 30 * unitsPerDegree)
            .set(51, 4, 0)
            .set(56, 4, 20 * unitsPerDegree)
            .set(60, 4, 10 * unitsPerDegree)
            .read()
            .grid();

    assertFirstPoint(grid, 30, 0);
  }

  @Test
  void mercatorGridBeginsAtItsFirstPoint() {
    Grid grid = map(10, 72, 65).degrees(48, 15).read().grid();

    assertThat(projection(grid), is(new Mercator(SPHERE, 15)));
    assertFirstPoint(grid, 20, 30);
  }

  @Test
  void turnedMercatorGridHasRowsAndColumnsAlone() {
    assertThat(map(10, 72, 65).degrees(61, 45).read().grid(), is(new FlatGrid(2, 3)));
  }

  @Test
  void transverseMercatorGridHasItsCoordinatesInCentimetres() {
    GridDefinition definition =
        GridSection.of(12, 84, 2, 3)
            .degrees(39, 49)
            .degrees(43, -2)
            .set(48, 4, Float.floatToIntBits(0.5f))
            .set(52, 4, 40_000_000)
            .set(56, 4, -10_000_000)
            .set(60, 1, 0x40)
            .set(61, 4, 200)
            .set(65, 4, 300)
            .set(69, 4, -150)
            .set(73, 4, 250)
            .read();

    assertThat(
        definition.grid(),
        is(
            new ProjectedGrid(
                new TransverseMercator(SPHERE, 49, -2, 0.5, 400_000, -100_000),
                new MetricAxis(2, 2.5, 3),
                new MetricAxis(3, -1.5, 2))));
  }

  @ParameterizedTest
  @CsvSource({"0, 60, 60", "128, 60, -60", "128, -60, -60"})
  void projectionCentreSaysWhichPole(int flag, double latitude, double expected) {
    Grid grid =
        map(20, 65, 56).degrees(48, latitude).degrees(52, 260).set(64, 1, flag).read().grid();

    assertThat(projection(grid), is(new PolarStereographic(SPHERE, expected, 260)));
    assertFirstPoint(grid, 20, 30);
  }

  @Test
  void polarStereographicMapTrueAtTheEquatorHasNoPlaces() {
    assertThat(map(20, 65, 56).degrees(48, 0).read().grid(), is(new FlatGrid(2, 3)));
  }

  @Test
  void conesHaveTheirParallels() {
    Grid lambert = conic(30).read().grid();
    Grid albers = conic(31).read().grid();

    assertThat(projection(lambert), is(new LambertConformal(SPHERE, 25, 35, 25, 40)));
    assertThat(projection(albers), is(new AlbersEqualArea(SPHERE, 25, 35, 25, 40)));
    assertFirstPoint(lambert, 20, 30);
    assertFirstPoint(albers, 20, 30);
  }

  @Test
  void azimuthalGridHasItsCentre() {
    Grid grid = map(140, 64, 56).degrees(47, 52).degrees(51, 10).read().grid();

    assertThat(projection(grid), is(new LambertAzimuthalEqualArea(SPHERE, 52, 10)));
    assertFirstPoint(grid, 20, 30);
  }

  @ParameterizedTest
  @CsvSource({"0, 3000, -2000", "128, -3000, -2000", "64, 3000, 2000", "192, -3000, 2000"})
  void scanningModeGivesTheDirectionsOfAMap(int flags, double right, double up) {
    ProjectedGrid grid = (ProjectedGrid) conic(30).set(65, 1, flags).read().grid();

    assertThat(grid.x().stepMetres(), is(right));
    assertThat(grid.y().stepMetres(), is(up));
    assertFirstPoint(grid, 20, 30);
  }

  private static GridSection view() {
    return GridSection.of(90, 80, 2, 3)
        .degrees(43, 9.5)
        .set(48, 4, 3712)
        .set(52, 4, 3712)
        .set(56, 4, 1_000_000)
        .set(60, 4, 2_000_000)
        .set(64, 1, 0xC0)
        .set(69, 4, 6_610_000)
        .set(73, 4, 999)
        .set(77, 4, 1998);
  }

  @Test
  void spaceViewIsCentredBelowTheSatellite() {
    ProjectedGrid grid = (ProjectedGrid) view().read().grid();
    double distance = 6.61 * SPHERE.semiMajorMetres();
    double diameter = 2 * Math.asin(1 / 6.61) * (distance - SPHERE.semiMajorMetres());

    assertThat(((Geostationary) grid.projection()).distanceMetres(), closeTo(distance, 1e-3));
    assertThat(grid.x().firstMetres(), closeTo(diameter / 3712, 1e-6));
    assertThat(grid.x().stepMetres(), closeTo(-diameter / 3712, 1e-6));
    assertThat(grid.y().firstMetres(), closeTo(-2 * diameter / 3712, 1e-6));
    assertThat(grid.y().stepMetres(), closeTo(diameter / 3712, 1e-6));
    assertThat(grid.coordinates().orElseThrow().longitudes()[1], closeTo(9.5, 1e-9));
  }

  @Test
  void orthographicViewHasRowsAndColumnsAlone() {
    assertThat(view().set(69, 4, MISSING).read().grid(), is(new FlatGrid(2, 3)));
  }

  @Test
  void gaussianGridBeginsAtTheLatitudeItRounds() {
    Grid grid =
        GridSection.of(40, 72, 2, 3)
            .degrees(47, 59.444)
            .degrees(60, 240)
            .set(68, 4, 2)
            .read()
            .grid();

    assertThat(
        grid,
        is(new GaussianGrid(new GaussianAxis(2, 0, 2, false), RegularAxis.degrees(0, 240, 3))));
  }

  @Test
  void gaussianGridBesideItsLatitudesHasRowsAndColumnsAlone() {
    GridSection section = GridSection.of(40, 72, 2, 3).degrees(47, 58).set(68, 4, 2);

    assertThat(section.read().grid(), is(new FlatGrid(2, 3)));
  }

  private static GridSection reduced(int points) {
    return GridSection.of(40, 76, 2, 0)
        .set(7, 4, points)
        .set(11, 1, 2)
        .set(12, 1, 1)
        .set(31, 4, MISSING)
        .degrees(47, 35.264)
        .degrees(60, 288)
        .set(68, 4, 1)
        .set(73, 2, 4)
        .set(75, 2, 5);
  }

  @Test
  void reducedGridHasItsRowLengths() {
    Grid grid = reduced(9).read().grid();

    assertThat(grid, is(new ReducedGrid(new GaussianAxis(1, 0, 2, false), List.of(4, 5), 0, 360)));
    assertThat(grid.points(), is(9));
  }

  @Test
  void rowsListedLongerThanTheyAreGiveThePointsAlone() {
    assertThat(reduced(6).read().grid(), is(FlatGrid.ofPoints(6)));
  }

  @Test
  void morePointsThanRowsHaveGiveThePointsAlone() {
    assertThat(reduced(10).read().grid(), is(FlatGrid.ofPoints(10)));
  }

  @Test
  void rowLengthsBeyondTheSectionAreCorrupt() {
    assertThat(
        corrupt(reduced(9).set(11, 1, 4)),
        is(
            "Cannot read row lengths in made.grib2 at byte 172:"
                + " 2 rows of 4 octets, but the section has 76"));
    assertThat(
        corrupt(reduced(9).set(11, 1, 3)),
        is(
            "Cannot read row lengths in made.grib2 at byte 110:"
                + " 3 octets each, expected 1, 2 or 4"));
  }

  @Test
  void reducedRowsInOtherOrdersArePointsAsTheyAreStored() {
    assertThat(reduced(9).set(72, 1, 0x10).read().grid(), is(FlatGrid.ofPoints(9)));
    assertThat(reduced(9).set(72, 1, 0x20).read().grid(), is(FlatGrid.ofPoints(9)));
  }

  @Test
  void unknownTemplatesHaveTheirPointsAlone() {
    assertThat(GridSection.of(101, 38, 1, 7).read().grid(), is(FlatGrid.ofPoints(7)));
    assertThat(
        corrupt(GridSection.of(101, 38, 1, 1 << 27)),
        is(
            "Cannot read grid in made.grib2 at byte 106:"
                + " 134217728 points, expected at most 67108864"));
  }

  @Test
  void spectralCoefficientsAreUnsupported() {
    assertThat(
        unsupported(GridSection.of(50, 38, 1, 7)),
        is(
            "Unsupported grid template 3.50, of spectral coefficients"
                + " in made.grib2 at byte 112"));
  }

  @Test
  void mapsThatAreNoneAreCorrupt() {
    assertThat(
        corrupt(conic(30).degrees(66, -35)),
        is(
            "Cannot read grid in made.grib2 at byte 100:"
                + " Invalid projection: cone at latitudes -35.0 and 35.0"));
    assertThat(
        corrupt(conic(30).degrees(39, 90.5)),
        is(
            "Cannot read grid in made.grib2 at byte 138: the first point is at latitude 90.5,"
                + " longitude 30.0, which the map does not show"));
    assertThat(
        corrupt(view().set(69, 4, 1)),
        is(
            "Cannot read grid in made.grib2 at byte 100:"
                + " Invalid projection: satellite at 6.371229 m from the earth's centre"));
  }

  @Test
  void mapsWithoutIncrementsOrEarthHaveRowsAndColumnsAlone() {
    assertThat(conic(30).set(56, 4, 0).read().grid(), is(new FlatGrid(2, 3)));
    assertThat(conic(30).set(60, 4, MISSING).read().grid(), is(new FlatGrid(2, 3)));
    assertThat(conic(30).set(15, 1, 255).read().grid(), is(new FlatGrid(2, 3)));
    assertThat(conic(30).set(15, 1, 1).read().reference(), is(Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 6367470, 6367470",
    "1, 6371000.5, 6371000.5",
    "2, 6378160, 6356775",
    "3, 6378160000, 6356770000",
    "4, 6378137, 6356752.314140",
    "5, 6378137, 6356752.314245",
    "6, 6371229, 6371229",
    "7, 6378160, 6356770",
    "8, 6371200, 6371200",
    "9, 6377563.396, 6356256.909"
  })
  void earthHasTheShapeOfTheCodeTable(int code, double semiMajor, double semiMinor) {
    GridDefinition definition =
        latLon(0, 72)
            .set(15, 1, code)
            .set(16, 1, 1)
            .set(17, 4, 63_710_005)
            .set(21, 1, 0)
            .set(22, 4, 6_378_160)
            .set(26, 1, -1)
            .set(27, 4, 635_677)
            .read();

    assertThat(definition.earth().isPresent(), is(true));
    assertThat(definition.earth().get().semiMajorMetres(), closeTo(semiMajor, 1e-6));
    assertThat(definition.earth().get().semiMinorMetres(), closeTo(semiMinor, 1e-6));
  }

  @Test
  void latLonGridNeedsNoEarth() {
    GridDefinition definition = latLon(0, 72).set(15, 1, 255).read();

    assertThat(definition.grid().coordinates().isPresent(), is(true));
    assertThat(definition.reference(), is(Optional.empty()));
  }

  @Test
  void referenceFollowsFromGridAndEarth() {
    assertThat(
        latLon(0, 72).read().reference().orElseThrow().gridMapping().toString(),
        is("{grid_mapping_name=latitude_longitude, earth_radius=6371229.0}"));
    assertThat(
        latLon(1, 84)
            .degrees(73, -30)
            .degrees(77, 10)
            .read()
            .reference()
            .orElseThrow()
            .gridMapping()
            .get("grid_north_pole_longitude"),
        is(-170.0));
  }
}
