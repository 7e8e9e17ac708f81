package dev.firn.io.grib.packing.aec;

/**
 * The unary numbers that eight bits hold: up to four of them at one look-up, where finding one
 * after the other takes a chain of dependent steps for each.
 *
 * <p>An entry is a long: from its lowest octet on, four numbers, how many of them there are, and
 * how many bits they take. It is 0 where no number ends within the eight bits.
 */
final class UnaryTable {
  static final int BITS = 8;
  static final int MOST = 4;

  private static final int COUNT_SHIFT = 32;
  private static final int LENGTH_SHIFT = 40;
  private static final long[] ENTRIES = new long[1 << BITS];

  static {
    for (int bits = 0; bits < ENTRIES.length; bits++) {
      ENTRIES[bits] = entry(bits);
    }
  }

  private UnaryTable() {}

  private static long entry(int bits) {
    long entry = 0L;
    int count = 0;
    int length = 0;
    int rest = bits;
    while (rest != 0 && count < MOST) {
      int zeros = Integer.numberOfLeadingZeros(rest << length) - (Integer.SIZE - BITS);
      entry |= (long) zeros << (8 * count);
      count++;
      length += zeros + 1;
      rest &= (1 << (BITS - length)) - 1;
    }
    return entry | (long) count << COUNT_SHIFT | (long) length << LENGTH_SHIFT;
  }

  /** The entry for the first bits of a window. */
  static long of(long window) {
    return ENTRIES[(int) (window >>> (Long.SIZE - BITS))];
  }

  static int first(long entry) {
    return (int) entry & 0xFF;
  }

  static int second(long entry) {
    return (int) entry >>> 8 & 0xFF;
  }

  static int third(long entry) {
    return (int) entry >>> 16 & 0xFF;
  }

  static int fourth(long entry) {
    return (int) entry >>> 24;
  }

  static int count(long entry) {
    return (int) (entry >>> COUNT_SHIFT) & 0xFF;
  }

  static int length(long entry) {
    return (int) (entry >>> LENGTH_SHIFT);
  }
}
