package dev.firn.io.field;

import java.util.OptionalDouble;

/**
 * A surface fields are given on, by WMO's code table 4.5. Equal surfaces are equal values, however
 * they were scaled where they were stored.
 *
 * @param type its code: 1 ground, 100 isobaric (Pa), 103 height above ground (m)
 * @param value in the table's unit; empty for surfaces that need none
 */
public record FixedSurface(int type, OptionalDouble value) {
  /** Checks the code and the value, and makes −0 equal to 0. */
  public FixedSurface {
    if (type < 0 || type > 255 || Double.isNaN(value.orElse(0))) {
      throw new IllegalArgumentException("Invalid fixed surface " + type + " with value " + value);
    }
    if (value.isPresent()) {
      value = OptionalDouble.of(value.getAsDouble() + 0.0);
    }
  }

  /** A surface without a value. */
  public static FixedSurface of(int type) {
    return new FixedSurface(type, OptionalDouble.empty());
  }

  /** A surface at {@code value}, in the unit of the code table. */
  public static FixedSurface of(int type, double value) {
    return new FixedSurface(type, OptionalDouble.of(value));
  }
}
