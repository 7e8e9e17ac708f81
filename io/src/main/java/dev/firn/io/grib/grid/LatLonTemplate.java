package dev.firn.io.grib.grid;

import dev.firn.io.CorruptInputException;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.bytes.OctetWriter;
import dev.firn.io.field.LatLonGrid;
import dev.firn.io.field.RegularAxis;

/**
 * Grid definition template 3.0: latitude/longitude, equidistant cylindrical.
 *
 * <p>Coordinates are spread evenly between the first and the last point. Increments (octets 64–71)
 * are rounded where a grid's spacing is no whole number of microdegrees, so they are not used.
 */
final class LatLonTemplate {
  static final int NUMBER = 0;

  private static final long MICRODEGREES = 1_000_000;
  private static final long FULL_CIRCLE = 360 * MICRODEGREES;
  private static final int SPHERE_OF_6371229_M = 6;
  private static final int INCREMENTS_GIVEN = 0x30;

  private LatLonTemplate() {}

  static GridDefinition read(OctetReader section) {
    int columns = GridDefinition.extent(section, 31);
    int rows = GridDefinition.extent(section, 35);
    GridDefinition.checkPoints(section, rows, columns);
    Angles angles = Angles.read(section);
    ScanningMode scanning = ScanningMode.read(section, 72);

    long firstLatitude = angles.at(47);
    long lastLatitude = rows == 1 ? firstLatitude : angles.at(56);
    if (rows > 1 && (lastLatitude > firstLatitude) != scanning.rowsNorthward()) {
      throw new CorruptInputException(
          "read grid",
          section.origin(56),
          "latitudes from "
              + section.int32(47)
              + " to "
              + section.int32(56)
              + " against scanning mode "
              + section.uint8(72));
    }
    long firstLongitude = angles.at(51);
    long lastLongitude = columns == 1 ? firstLongitude : angles.at(60);
    if (scanning.columnsWestward() && lastLongitude > firstLongitude) {
      lastLongitude -= 360 * angles.unitsPerDegree;
    } else if (!scanning.columnsWestward() && lastLongitude < firstLongitude) {
      lastLongitude += 360 * angles.unitsPerDegree;
    }
    return new GridDefinition(
        new LatLonGrid(
            new RegularAxis(rows, firstLatitude, lastLatitude, angles.unitsPerDegree),
            new RegularAxis(columns, firstLongitude, lastLongitude, angles.unitsPerDegree)),
        scanning);
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

  /**
   * The unit of the angles: the basic angle (octets 39–42) divided by its subdivisions (43–46), or
   * microdegrees where these are 0 and missing.
   */
  private record Angles(OctetReader section, long basicAngle, long unitsPerDegree) {
    static Angles read(OctetReader section) {
      boolean given =
          section.uint32(39) != 0
              && !section.isMissing(39, 4)
              && section.uint32(43) != 0
              && !section.isMissing(43, 4);
      return given
          ? new Angles(section, section.uint32(39), section.uint32(43))
          : new Angles(section, 1, MICRODEGREES);
    }

    long at(int octet) {
      long angle = section.int32(octet);
      if (Math.abs(angle) * (double) basicAngle > 3600.0 * unitsPerDegree) {
        throw new CorruptInputException(
            "read grid",
            section.origin(octet),
            "angle " + angle + " in units of " + basicAngle + "/" + unitsPerDegree + " degrees");
      }
      return angle * basicAngle;
    }
  }
}
