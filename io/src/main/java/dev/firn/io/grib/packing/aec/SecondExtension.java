package dev.firn.io.grib.packing.aec;

/**
 * The second extension option (CCSDS 121.0-B, section 3.4.3): two samples a, b in one number {@code
 * (a + b)(a + b + 1) / 2 + b}.
 */
final class SecondExtension {
  /** The largest number of a pair: the encoder takes another option before sums exceed 12. */
  static final int MAX = 90;

  private static final byte[] SUM = new byte[MAX + 1];
  private static final byte[] SECOND = new byte[MAX + 1];

  static {
    int number = 0;
    for (byte sum = 0; number <= MAX; sum++) {
      for (byte second = 0; second <= sum; second++) {
        SUM[number] = sum;
        SECOND[number] = second;
        number++;
      }
    }
  }

  private SecondExtension() {}

  static int first(int number) {
    return SUM[number] - SECOND[number];
  }

  static int second(int number) {
    return SECOND[number];
  }
}
