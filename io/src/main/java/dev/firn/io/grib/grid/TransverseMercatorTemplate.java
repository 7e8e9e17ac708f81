package dev.firn.io.grib.grid;

import dev.firn.io.bytes.OctetReader;
import dev.firn.io.projection.MapPoint;
import dev.firn.io.projection.Projection;
import dev.firn.io.projection.TransverseMercator;

/** Grid definition template 3.12: transverse Mercator, with lengths in centimetres. */
final class TransverseMercatorTemplate {
  static final int NUMBER = 12;

  private static final double CENTIMETRE = 1e-2;

  private TransverseMercatorTemplate() {}

  static GridDefinition read(OctetReader section) {
    MapSection map = MapSection.read(section, 60);
    if (map.earth().isEmpty()) {
      return map.withoutGeometry();
    }
    Projection projection =
        map.projection(
            map.earth().get(),
            earth ->
                new TransverseMercator(
                    earth,
                    map.degrees(39),
                    map.degrees(43),
                    section.float32(48),
                    section.int32(52) * CENTIMETRE,
                    section.int32(56) * CENTIMETRE));
    MapPoint first = new MapPoint(section.int32(69) * CENTIMETRE, section.int32(73) * CENTIMETRE);
    return map.grid(projection, first, 61, CENTIMETRE);
  }
}
