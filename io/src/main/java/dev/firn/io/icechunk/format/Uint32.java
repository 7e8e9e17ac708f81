package dev.firn.io.icechunk.format;

/** Unsigned 32-bit numbers, which this package has as longs. */
final class Uint32 {
  static final long MAX = 0xFFFF_FFFFL;

  private Uint32() {}

  static long check(String name, long value) {
    if (value < 0 || value > MAX) {
      throw new IllegalArgumentException(
          "Invalid " + name + " " + value + ", expected 0 to " + MAX);
    }
    return value;
  }

  static int bits(long value) {
    return (int) check("coordinate", value);
  }
}
