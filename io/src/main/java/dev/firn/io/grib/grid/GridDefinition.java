package dev.firn.io.grib.grid;

import dev.firn.io.CorruptInputException;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.bytes.OctetWriter;
import dev.firn.io.field.Grid;

/**
 * Section 3: the grid and the order its points are stored in.
 *
 * @param grid its rows and columns in the order they were scanned
 * @param scanning how points follow each other (flag table 3.4)
 */
public record GridDefinition(Grid grid, ScanningMode scanning) {
  /** More points than any forecast has; a small message that claims more is broken. */
  public static final int MAX_POINTS = 1 << 26;

  /** The number of the grid definition template (octets 13–14). */
  public static int template(OctetReader section) {
    return section.uint16(13);
  }

  /** Reads the section. */
  public static GridDefinition read(OctetReader section) {
    int source = section.uint8(6);
    if (source != 0) {
      throw new UnsupportedFeatureException(
          "source of grid definition " + source + " (code table 3.0)", section.origin(6));
    }
    GridDefinition definition = readTemplate(section);
    long points = section.uint32(7);
    if (points != definition.grid.points()) {
      throw new CorruptInputException(
          "read grid",
          section.origin(7),
          points
              + " points in section 3, but "
              + definition.grid.rows()
              + " rows of "
              + definition.grid.columns());
    }
    return definition;
  }

  private static GridDefinition readTemplate(OctetReader section) {
    int template = template(section);
    return switch (template) {
      case LatLonTemplate.NUMBER -> LatLonTemplate.read(section);
      default ->
          throw new UnsupportedFeatureException("grid template 3." + template, section.origin(13));
    };
  }

  /** Writes the section's octets from 6 on. */
  public void write(OctetWriter section) {
    section.uint8(0).uint32(grid.points()).uint8(0).uint8(0);
    LatLonTemplate.write(this, section);
  }

  /** Rows or columns, octets {@code octet} to {@code octet + 3}: at least one. */
  static int extent(OctetReader section, int octet) {
    if (section.isMissing(octet, 4)) {
      throw new UnsupportedFeatureException(
          "quasi-regular grid, with rows of different lengths", section.origin(octet));
    }
    long extent = section.uint32(octet);
    if (extent < 1 || extent > MAX_POINTS) {
      throw new CorruptInputException(
          "read grid",
          section.origin(octet),
          extent + " points along a side, expected 1 to " + MAX_POINTS);
    }
    return (int) extent;
  }

  /** Checks that {@code rows · columns} is a number of points Firn holds. */
  static void checkPoints(OctetReader section, int rows, int columns) {
    if ((long) rows * columns > MAX_POINTS) {
      throw new CorruptInputException(
          "read grid",
          section.origin(),
          rows + " rows of " + columns + ", expected at most " + MAX_POINTS + " points");
    }
  }
}
