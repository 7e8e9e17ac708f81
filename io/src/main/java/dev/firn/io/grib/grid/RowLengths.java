package dev.firn.io.grib.grid;

import dev.firn.io.CorruptInputException;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.field.Axis;
import dev.firn.io.field.FlatGrid;
import dev.firn.io.field.Grid;
import dev.firn.io.field.ReducedGrid;
import java.util.ArrayList;
import java.util.List;

/**
 * The optional list of numbers at the end of section 3: how many points each row of a quasi-regular
 * grid has.
 */
final class RowLengths {
  private static final int ROW_LENGTHS = 1;

  private RowLengths() {}

  /** Whether octets 31–34 leave the points in a row open. */
  static boolean apply(OctetReader section) {
    return section.isMissing(31, 4);
  }

  /** Reads {@code rows} lengths from {@code octet} on. */
  static List<Integer> read(OctetReader section, int octet, int rows) {
    int width = section.uint8(11);
    if (section.uint8(12) != ROW_LENGTHS) {
      throw new UnsupportedFeatureException(
          "list of numbers " + section.uint8(12) + " (code table 3.11)", section.origin(12));
    }
    if (width != 1 && width != 2 && width != 4) {
      throw new CorruptInputException(
          "read row lengths", section.origin(11), width + " octets each, expected 1, 2 or 4");
    }
    if ((long) rows * width > section.length() - octet + 1L) {
      throw new CorruptInputException(
          "read row lengths",
          section.origin(octet),
          rows + " rows of " + width + " octets, but the section has " + section.length());
    }
    List<Integer> lengths = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      lengths.add(length(section, octet + row * width, width));
    }
    return lengths;
  }

  private static int length(OctetReader section, int octet, int width) {
    long length =
        switch (width) {
          case 1 -> section.uint8(octet);
          case 2 -> section.uint16(octet);
          default -> section.uint32(octet);
        };
    if (length > GridDefinition.MAX_POINTS) {
      throw new CorruptInputException(
          "read row lengths", section.origin(octet), "found a row of " + length + " points");
    }
    return (int) length;
  }

  /**
   * The grid of rows at {@code latitudes}. Rows of a part of the earth may be listed with the
   * length they would have around all of it; where their points are is then not known.
   */
  static Grid grid(Angles angles, Axis latitudes, List<Integer> lengths) {
    long points = angles.section().uint32(7);
    long sum = lengths.stream().mapToLong(Integer::longValue).sum();
    if (sum > points) {
      return FlatGrid.ofPoints(GridDefinition.points(angles.section()));
    }
    double west = angles.degreesAt(51);
    double width = angles.degreesAt(60) - west;
    if (width < 0 || width > 360) {
      width -= 360 * Math.floor(width / 360);
    }
    int longest = lengths.stream().mapToInt(Integer::intValue).max().orElse(0);
    boolean isRound = Math.abs(360 - width) < 2 * 360.0 / Math.max(longest, 1);
    return new ReducedGrid(latitudes, lengths, west, isRound ? 360 : width);
  }
}
