package dev.firn.io.grib.grid;

import dev.firn.io.bytes.OctetReader;
import dev.firn.io.bytes.OctetWriter;
import dev.firn.io.field.FlatGrid;
import dev.firn.io.field.Grid;
import dev.firn.io.field.LatLonGrid;
import dev.firn.io.field.RegularAxis;
import java.util.List;

/** Grid definition template 3.0: latitude/longitude, equidistant cylindrical. */
final class LatLonTemplate {
  static final int NUMBER = 0;

  private static final int ROW_LENGTHS_OCTET = 73;
  private static final long MICRODEGREES = 1_000_000;
  private static final long FULL_CIRCLE = 360 * MICRODEGREES;
  private static final int SPHERE_OF_6371229_M = 6;
  private static final int INCREMENTS_GIVEN = 0x30;

  private LatLonTemplate() {}

  static GridDefinition read(OctetReader section) {
    int rows = GridDefinition.extent(section, 35);
    ScanningMode scanning = ScanningMode.read(section, 72);
    Angles angles = Angles.read(section, scanning);
    if (RowLengths.apply(section)) {
      List<Integer> lengths = RowLengths.read(section, ROW_LENGTHS_OCTET, rows);
      Grid reduced =
          angles
              .latitudes(rows)
              .map(axis -> RowLengths.grid(angles, axis, lengths))
              .orElseGet(() -> FlatGrid.ofPoints(GridDefinition.points(section)));
      return GridDefinition.ofReduced(reduced, section, scanning);
    }
    int columns = GridDefinition.extent(section, 31);
    GridDefinition.checkPoints(section, rows, columns);
    Grid grid =
        angles
            .latitudes(rows)
            .<Grid>map(axis -> new LatLonGrid(axis, angles.longitudes(columns)))
            .orElseGet(() -> new FlatGrid(rows, columns));
    return new GridDefinition(grid, scanning, EarthShape.read(section));
  }

  static void write(GridDefinition definition, OctetWriter section) {
    LatLonGrid grid = (LatLonGrid) definition.grid();
    section.uint16(NUMBER).uint8(SPHERE_OF_6371229_M).missing(15);
    section.uint32(grid.columns()).uint32(grid.rows()).uint32(0).missing(4);
    section.int32(microdegrees(grid.latitude(), grid.latitude().first()));
    long first = microdegrees(grid.longitude(), grid.longitude().first());
    long last = microdegrees(grid.longitude(), grid.longitude().last());
    long firstWritten = Math.floorMod(first, FULL_CIRCLE);
    section.int32(firstWritten);
    section.uint8(INCREMENTS_GIVEN);
    section.int32(microdegrees(grid.latitude(), grid.latitude().last()));
    section.int32(withinCircle(last - first + firstWritten));
    section.uint32(increment(grid.longitude())).uint32(increment(grid.latitude()));
    section.uint8(definition.scanning().flags());
  }

  private static long withinCircle(long longitude) {
    return longitude < 0 || longitude > FULL_CIRCLE
        ? Math.floorMod(longitude, FULL_CIRCLE)
        : longitude;
  }

  private static long increment(RegularAxis axis) {
    long spread = Math.abs(microdegrees(axis, axis.last()) - microdegrees(axis, axis.first()));
    return Math.round((double) spread / Math.max(1, axis.count() - 1));
  }

  private static long microdegrees(RegularAxis axis, long units) {
    return Math.round((double) units * MICRODEGREES / axis.unitsPerDegree());
  }
}
