package dev.firn.io.grib.grid;

import dev.firn.io.bytes.OctetReader;
import dev.firn.io.projection.AlbersEqualArea;
import dev.firn.io.projection.LambertConformal;

/**
 * Grid definition templates 3.30, Lambert conformal, and 3.31, Albers equal area: the same octets.
 * The latitude of octets 48–51 is that of the map's origin; increments are true where the cone cuts
 * the earth.
 */
final class ConicTemplate {
  static final int LAMBERT = 30;
  static final int ALBERS = 31;

  private ConicTemplate() {}

  static GridDefinition readLambert(OctetReader section) {
    MapSection map = MapSection.read(section, 65);
    return map.grid(
        56,
        earth ->
            new LambertConformal(
                earth, map.degrees(66), map.degrees(70), map.degrees(48), map.degrees(52)));
  }

  static GridDefinition readAlbers(OctetReader section) {
    MapSection map = MapSection.read(section, 65);
    return map.grid(
        56,
        earth ->
            new AlbersEqualArea(
                earth, map.degrees(66), map.degrees(70), map.degrees(48), map.degrees(52)));
  }
}
