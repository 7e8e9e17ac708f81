package dev.firn.io.grib.grid;

import dev.firn.io.bytes.OctetReader;
import dev.firn.io.projection.PolarStereographic;

/**
 * Grid definition template 3.20: polar stereographic. Where its lengths would be true at the
 * equator, nothing was said about them: such grids are read without geometry.
 */
final class PolarStereographicTemplate {
  static final int NUMBER = 20;

  private static final int SOUTH_POLE = 0x80;

  private PolarStereographicTemplate() {}

  static GridDefinition read(OctetReader section) {
    MapSection map = MapSection.read(section, 65);
    double pole = (section.uint8(64) & SOUTH_POLE) == 0 ? 1 : -1;
    double trueScaleLatitude = Math.copySign(map.degrees(48), pole);
    return trueScaleLatitude == 0
        ? map.withoutGeometry()
        : map.grid(56, earth -> new PolarStereographic(earth, trueScaleLatitude, map.degrees(52)));
  }
}
