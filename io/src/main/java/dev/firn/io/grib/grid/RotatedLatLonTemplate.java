package dev.firn.io.grib.grid;

import dev.firn.io.CorruptInputException;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.field.FlatGrid;
import dev.firn.io.field.Grid;
import dev.firn.io.field.RotatedLatLonGrid;
import dev.firn.io.projection.PoleRotation;

/** Grid definition template 3.1: latitude/longitude in a rotated system. */
final class RotatedLatLonTemplate {
  static final int NUMBER = 1;

  private RotatedLatLonTemplate() {}

  static GridDefinition read(OctetReader section) {
    int rows = GridDefinition.extent(section, 35);
    int columns = GridDefinition.extent(section, 31);
    GridDefinition.checkPoints(section, rows, columns);
    ScanningMode scanning = ScanningMode.read(section, 72);
    Angles angles = Angles.read(section, scanning);
    PoleRotation rotation = rotation(section);
    Grid grid =
        angles
            .latitudes(rows)
            .<Grid>map(axis -> new RotatedLatLonGrid(axis, angles.longitudes(columns), rotation))
            .orElseGet(() -> new FlatGrid(rows, columns));
    return new GridDefinition(grid, scanning, EarthShape.read(section));
  }

  private static PoleRotation rotation(OctetReader section) {
    try {
      return new PoleRotation(
          MapSection.degrees(section, 73), MapSection.degrees(section, 77), section.float32(81));
    } catch (IllegalArgumentException e) {
      throw new CorruptInputException("read grid", section.origin(73), e.getMessage(), e);
    }
  }
}
