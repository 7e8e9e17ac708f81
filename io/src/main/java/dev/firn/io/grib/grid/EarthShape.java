package dev.firn.io.grib.grid;

import dev.firn.io.bytes.OctetReader;
import dev.firn.io.projection.Earth;
import java.math.BigDecimal;
import java.util.Optional;

/** Octets 15–30 of most grid templates: the shape of the earth, by code table 3.2. */
final class EarthShape {
  /** A power of ten. */
  private static final int KILOMETRE = 3;

  private EarthShape() {}

  /** The earth; empty where its radii are missing or make none. */
  static Optional<Earth> read(OctetReader section) {
    return switch (section.uint8(15)) {
      case 0 -> Optional.of(Earth.sphere(6_367_470));
      case 1 -> earth(metres(section, 16, 0), metres(section, 16, 0));
      case 2 -> Optional.of(new Earth(6_378_160, 6_356_775));
      case 3 -> earth(metres(section, 21, KILOMETRE), metres(section, 26, KILOMETRE));
      case 4 -> Optional.of(new Earth(6_378_137, 6_356_752.314_140));
      case 5, 10 -> Optional.of(new Earth(6_378_137, 6_356_752.314_245));
      case 6 -> Optional.of(Earth.sphere(6_371_229));
      case 7 -> earth(metres(section, 21, 0), metres(section, 26, 0));
      case 8 -> Optional.of(Earth.sphere(6_371_200));
      case 9 -> Optional.of(new Earth(6_377_563.396, 6_356_256.909));
      default -> Optional.empty();
    };
  }

  private static double metres(OctetReader section, int octet, int unit) {
    return section.isMissing(octet, 1) || section.isMissing(octet + 1, 4)
        ? Double.NaN
        : BigDecimal.valueOf(section.uint32(octet + 1), section.int8(octet) - unit).doubleValue();
  }

  private static Optional<Earth> earth(double semiMajor, double semiMinor) {
    try {
      return Optional.of(new Earth(semiMajor, semiMinor));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
