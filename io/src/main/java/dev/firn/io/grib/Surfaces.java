package dev.firn.io.grib;

import dev.firn.io.bytes.OctetReader;
import dev.firn.io.bytes.OctetWriter;
import dev.firn.io.field.FixedSurface;
import dev.firn.io.field.Level;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * The two fixed surfaces of a product: six octets each for type, scale factor and scaled value. The
 * value is {@code scaled · 10^−factor}, as the nearest double.
 */
final class Surfaces {
  private static final int MISSING = 255;
  private static final int OCTETS = 6;

  private Surfaces() {}

  static Level read(OctetReader section, int octet) {
    int second = octet + OCTETS;
    return new Level(
        readSurface(section, octet),
        section.uint8(second) == MISSING
            ? Optional.empty()
            : Optional.of(readSurface(section, second)));
  }

  private static FixedSurface readSurface(OctetReader section, int octet) {
    return new FixedSurface(section.uint8(octet), Scaled.read(section, octet + 1));
  }

  static void write(OctetWriter section, Level level) {
    write(section, level.first());
    level
        .second()
        .ifPresentOrElse(surface -> write(section, surface), () -> section.missing(OCTETS));
  }

  private static void write(OctetWriter section, FixedSurface surface) {
    section.uint8(surface.type());
    if (surface.value().isEmpty()) {
      section.missing(OCTETS - 1);
      return;
    }
    BigDecimal value = BigDecimal.valueOf(surface.value().getAsDouble()).stripTrailingZeros();
    if (value.scale() < 0 && value.precision() - value.scale() <= 9) {
      value = value.setScale(0);
    }
    section.int8(value.scale()).int32(value.unscaledValue().longValueExact());
  }
}
