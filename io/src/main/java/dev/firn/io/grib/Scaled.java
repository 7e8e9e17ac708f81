package dev.firn.io.grib;

import dev.firn.io.bytes.OctetReader;
import java.math.BigDecimal;
import java.util.OptionalDouble;

/** Numbers in five octets: a scale factor F, then a scaled value; {@code value · 10^−F}. */
final class Scaled {
  static final int OCTETS = 5;

  private Scaled() {}

  /** The nearest double; empty where either is missing. */
  static OptionalDouble read(OctetReader section, int octet) {
    return section.isMissing(octet, 1) || section.isMissing(octet + 1, 4)
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            BigDecimal.valueOf(section.int32(octet + 1), section.int8(octet)).doubleValue());
  }
}
