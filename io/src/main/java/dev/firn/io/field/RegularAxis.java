package dev.firn.io.field;

import java.math.BigInteger;

/**
 * Evenly spaced coordinates, kept as whole numbers of a fraction of a degree so that each is the
 * double nearest to its true value and equal axes are equal.
 *
 * @param count how many, at least 1
 * @param first the first, in units
 * @param last the last, in units; of a single coordinate, the same
 * @param unitsPerDegree at least 1; reduced to the smallest that holds both ends
 */
public record RegularAxis(int count, long first, long last, long unitsPerDegree) implements Axis {
  private static final long MICRODEGREES = 1_000_000;

  /** Checks the numbers and reduces them. */
  public RegularAxis {
    if (count < 1 || unitsPerDegree < 1 || (count == 1 && first != last)) {
      throw new IllegalArgumentException(
          "Invalid axis: " + count + " coordinates from " + first + " to " + last);
    }
    long divisor =
        BigInteger.valueOf(first)
            .gcd(BigInteger.valueOf(last))
            .gcd(BigInteger.valueOf(unitsPerDegree))
            .longValueExact();
    first /= divisor;
    last /= divisor;
    unitsPerDegree /= divisor;
  }

  /** An axis with ends in degrees, rounded to GRIB's microdegrees. */
  public static RegularAxis degrees(double first, double last, int count) {
    return new RegularAxis(
        count, Math.round(first * MICRODEGREES), Math.round(last * MICRODEGREES), MICRODEGREES);
  }

  /** Whether coordinates become smaller. */
  public boolean isDescending() {
    return last < first;
  }

  /** The coordinates in degrees. */
  @Override
  public double[] coordinates() {
    double[] coordinates = new double[count];
    for (int i = 0; i < count; i++) {
      coordinates[i] = coordinate(i);
    }
    return coordinates;
  }

  /** The coordinate at {@code index}, in degrees. */
  public double coordinate(int index) {
    int steps = Math.max(count - 1, 1);
    double denominator = (double) unitsPerDegree * steps;
    return ((double) first * (steps - index) + (double) last * index) / denominator;
  }
}
