package dev.firn.io.grib.grid;

import dev.firn.io.bytes.OctetReader;
import dev.firn.io.projection.Mercator;

/**
 * Grid definition template 3.10: Mercator. Of grids turned against the equator (octets 61–64), rows
 * and columns alone are known.
 */
final class MercatorTemplate {
  static final int NUMBER = 10;

  private MercatorTemplate() {}

  static GridDefinition read(OctetReader section) {
    MapSection map = MapSection.read(section, 60);
    boolean turned = section.uint32(61) != 0 && !section.isMissing(61, 4);
    return turned
        ? map.withoutGeometry()
        : map.grid(65, earth -> new Mercator(earth, map.degrees(48)));
  }
}
