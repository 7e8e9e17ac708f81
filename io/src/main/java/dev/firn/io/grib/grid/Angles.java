package dev.firn.io.grib.grid;

import dev.firn.io.CorruptInputException;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.field.RegularAxis;
import java.util.Optional;

/**
 * The angles of templates 3.0, 3.1 and 3.40. Their unit is the basic angle (octets 39–42) divided
 * by its subdivisions (43–46); where one of them is 0 or missing, 1 or 10^6 stands for it.
 *
 * <p>Coordinates are spread evenly between the first and the last point. Increments (octets 64–71)
 * are rounded where a grid's spacing is no whole number of microdegrees, so they are not used.
 */
record Angles(OctetReader section, long basicAngle, long unitsPerDegree, ScanningMode scanning) {
  private static final long MICRODEGREES = 1_000_000;

  static Angles read(OctetReader section, ScanningMode scanning) {
    return new Angles(section, given(section, 39, 1), given(section, 43, MICRODEGREES), scanning);
  }

  private static long given(OctetReader section, int octet, long otherwise) {
    long value = section.uint32(octet);
    return value == 0 || section.isMissing(octet, 4) ? otherwise : value;
  }

  private long at(int octet) {
    long angle = section.int32(octet);
    if (Math.abs(angle) * (double) basicAngle > 3600.0 * unitsPerDegree) {
      throw new CorruptInputException(
          "read grid",
          section.origin(octet),
          "angle " + angle + " in units of " + basicAngle + "/" + unitsPerDegree + " degrees");
    }
    return angle * basicAngle;
  }

  double degreesAt(int octet) {
    return (double) at(octet) / unitsPerDegree;
  }

  /** From octets 47 and 56; empty where they go against the scanning mode. */
  Optional<RegularAxis> latitudes(int rows) {
    long first = at(47);
    long last = rows == 1 ? first : at(56);
    return rows == 1 || (last > first) == scanning.rowsNorthward()
        ? Optional.of(new RegularAxis(rows, first, last, unitsPerDegree))
        : Optional.empty();
  }

  /** From octets 51 and 60, going on past a full circle rather than back. */
  RegularAxis longitudes(int columns) {
    long first = at(51);
    long last = columns == 1 ? first : at(60);
    if (scanning.columnsWestward() && last > first) {
      last -= 360 * unitsPerDegree;
    } else if (!scanning.columnsWestward() && last < first) {
      last += 360 * unitsPerDegree;
    }
    return new RegularAxis(columns, first, last, unitsPerDegree);
  }
}
