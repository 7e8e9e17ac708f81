package dev.firn.io.grib.grid;

import dev.firn.io.bytes.OctetReader;
import dev.firn.io.field.MetricAxis;
import dev.firn.io.field.ProjectedGrid;
import dev.firn.io.projection.Earth;
import dev.firn.io.projection.Geostationary;

/**
 * Grid definition template 3.90: the earth seen from space. Pictures from another place than above
 * the equator, turned ones, and orthographic ones are read without geometry.
 *
 * <p>The earth's equatorial diameter has dx points (octets 48–51), the polar one dy (52–55); the
 * point below the satellite is at Xp, Yp (56–63, thousandths of points) of the whole picture, of
 * which this is the sector from Xo, Yo (73–80) on.
 */
final class SpaceViewTemplate {
  static final int NUMBER = 90;

  private static final double MILLIONTH = 1e-6;
  private static final double THOUSANDTH = 1e-3;

  private SpaceViewTemplate() {}

  static GridDefinition read(OctetReader section) {
    MapSection map = MapSection.read(section, 64);
    boolean seenFromAboveTheEquator =
        section.int32(39) == 0 && section.int32(65) == 0 && !section.isMissing(69, 4);
    boolean hasDiameters = section.uint32(48) != 0 && section.uint32(52) != 0;
    return seenFromAboveTheEquator && hasDiameters && map.earth().isPresent()
        ? read(map, map.earth().get())
        : map.withoutGeometry();
  }

  private static GridDefinition read(MapSection map, Earth earth) {
    OctetReader section = map.section();
    double distance = section.uint32(69) * MILLIONTH;
    Geostationary view =
        (Geostationary)
            map.projection(
                earth, e -> new Geostationary(e, map.degrees(43), distance * e.semiMajorMetres()));
    double diameter = 2 * Math.asin(1 / distance) * view.heightMetres();
    double right = diameter / section.uint32(48);
    double up = diameter * earth.semiMinorMetres() / earth.semiMajorMetres() / section.uint32(52);
    boolean westward = map.scanning().columnsWestward();
    boolean northward = map.scanning().rowsNorthward();
    double columnsToCentre = section.uint32(56) * THOUSANDTH - section.uint32(73);
    double rowsToCentre = section.uint32(60) * THOUSANDTH - section.uint32(77);
    double x = columnsToCentre * right;
    double y = rowsToCentre * up;
    return map.definition(
        new ProjectedGrid(
            view,
            new MetricAxis(map.rows(), northward ? -y : y, northward ? up : -up),
            new MetricAxis(map.columns(), westward ? x : -x, westward ? -right : right)));
  }
}
