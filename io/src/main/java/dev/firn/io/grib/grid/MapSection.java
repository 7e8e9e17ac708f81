package dev.firn.io.grib.grid;

import dev.firn.io.CorruptInputException;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.field.FlatGrid;
import dev.firn.io.field.Grid;
import dev.firn.io.field.MetricAxis;
import dev.firn.io.field.ProjectedGrid;
import dev.firn.io.projection.Earth;
import dev.firn.io.projection.GeoPoint;
import dev.firn.io.projection.MapPoint;
import dev.firn.io.projection.Projection;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the templates of maps have in common: octets 31–38 for the extent, a first point, and
 * lengths from one point to the next.
 */
record MapSection(
    OctetReader section, int rows, int columns, ScanningMode scanning, Optional<Earth> earth) {
  private static final double MICRODEGREE = 1e-6;
  private static final double MILLIMETRE = 1e-3;

  static MapSection read(OctetReader section, int scanningOctet) {
    int columns = GridDefinition.extent(section, 31);
    int rows = GridDefinition.extent(section, 35);
    GridDefinition.checkPoints(section, rows, columns);
    ScanningMode scanning = ScanningMode.read(section, scanningOctet);
    return new MapSection(section, rows, columns, scanning, EarthShape.read(section));
  }

  static double degrees(OctetReader section, int octet) {
    return section.int32(octet) / 1e6;
  }

  /** Microdegrees. */
  double degrees(int octet) {
    return degrees(section, octet);
  }

  /**
   * The grid whose first point is at the latitude and longitude of octets 39–46, with increments in
   * millimetres at {@code incrementsOctet}.
   */
  GridDefinition grid(int incrementsOctet, Function<Earth, Projection> map) {
    if (!hasIncrements(incrementsOctet) || earth.isEmpty()) {
      return withoutGeometry();
    }
    Projection projection = projection(earth.get(), map);
    GeoPoint first = new GeoPoint(degrees(39), degrees(43));
    MapPoint origin = projection.transform().project(first);
    if (Math.abs(first.latitude()) > 90 + MICRODEGREE || !origin.isOnMap()) {
      throw new CorruptInputException(
          "read grid",
          section.origin(39),
          "the first point is at latitude %s, longitude %s, which the map does not show"
              .formatted(first.latitude(), first.longitude()));
    }
    return grid(projection, origin, incrementsOctet, MILLIMETRE);
  }

  /** The grid with its first point at {@code origin}, and increments in units of {@code metres}. */
  GridDefinition grid(Projection projection, MapPoint origin, int incrementsOctet, double metres) {
    double right = section.uint32(incrementsOctet) * metres;
    double up = section.uint32(incrementsOctet + 4) * metres;
    return definition(
        new ProjectedGrid(
            projection,
            new MetricAxis(rows, origin.y(), scanning.rowsNorthward() ? up : -up),
            new MetricAxis(columns, origin.x(), scanning.columnsWestward() ? -right : right)));
  }

  /** The map with {@code earth}'s parameters. */
  Projection projection(Earth earth, Function<Earth, Projection> map) {
    try {
      return map.apply(earth);
    } catch (IllegalArgumentException e) {
      throw new CorruptInputException("read grid", section.origin(), e.getMessage(), e);
    }
  }

  private boolean hasIncrements(int octet) {
    return isLength(octet) && isLength(octet + 4);
  }

  private boolean isLength(int octet) {
    return section.uint32(octet) != 0 && !section.isMissing(octet, 4);
  }

  /** Rows and columns alone. */
  GridDefinition withoutGeometry() {
    return definition(new FlatGrid(rows, columns));
  }

  GridDefinition definition(Grid grid) {
    return new GridDefinition(grid, scanning, earth);
  }
}
