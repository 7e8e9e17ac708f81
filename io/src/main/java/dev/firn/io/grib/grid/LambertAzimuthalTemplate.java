package dev.firn.io.grib.grid;

import dev.firn.io.bytes.OctetReader;
import dev.firn.io.projection.LambertAzimuthalEqualArea;

/** Grid definition template 3.140: Lambert azimuthal equal area. */
final class LambertAzimuthalTemplate {
  static final int NUMBER = 140;

  private LambertAzimuthalTemplate() {}

  static GridDefinition read(OctetReader section) {
    MapSection map = MapSection.read(section, 64);
    return map.grid(
        56, earth -> new LambertAzimuthalEqualArea(earth, map.degrees(47), map.degrees(51)));
  }
}
