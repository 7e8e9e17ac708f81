package dev.firn.io.grib.grid;

import dev.firn.io.bytes.OctetReader;
import dev.firn.io.projection.PolarStereographic;

/** Grid definition template 3.20: polar stereographic. */
final class PolarStereographicTemplate {
  static final int NUMBER = 20;

  private static final int SOUTH_POLE = 0x80;

  private PolarStereographicTemplate() {}

  static GridDefinition read(OctetReader section) {
    MapSection map = MapSection.read(section, 65);
    double pole = (section.uint8(64) & SOUTH_POLE) == 0 ? 1 : -1;
    return map.grid(
        56,
        earth ->
            new PolarStereographic(earth, Math.copySign(map.degrees(48), pole), map.degrees(52)));
  }
}
