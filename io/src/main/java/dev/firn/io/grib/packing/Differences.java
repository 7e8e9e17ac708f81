package dev.firn.io.grib.packing;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.bytes.BitReader;

/**
 * Sums up the differences of spatial differencing, block after block (regulation 92.9.4, notes to
 * data template 7.3). Missing values take no part.
 */
final class Differences {
  /** Where integers are no differences. */
  static final Differences NONE = new Differences(0, Origin.of("nothing"));

  private final int order;
  private final Origin origin;
  private final long[] first = new long[2];
  private long smallest;
  private int started;
  private long sum;
  private long slope;

  private Differences(int order, Origin origin) {
    this.order = order;
    this.origin = origin;
  }

  /** Reads {@code order} first values and the smallest difference, each of {@code width} bits. */
  static Differences read(BitReader bits, int order, int width, Origin origin) {
    Differences differences = new Differences(order, origin);
    for (int i = 0; i < order; i++) {
      differences.first[i] = bits.unsigned(width);
    }
    differences.smallest = width == 0 ? 0 : bits.signAndMagnitude(width);
    return differences;
  }

  /** Makes integers of the next {@code count} differences, in place. */
  void undo(int[] block, int count) {
    int from = order == started ? 0 : start(block, count);
    if (order == 1) {
      sumOnce(block, from, count);
    } else if (order == 2) {
      sumTwice(block, from, count);
    }
  }

  /** Stores the first values; returns the index after the last of them. */
  private int start(int[] block, int count) {
    int i = 0;
    for (; i < count && started < order; i++) {
      if (block[i] != ComplexPacking.MISSING) {
        slope = first[started] - sum;
        sum = first[started];
        check(sum - (int) sum);
        block[i] = (int) sum;
        started++;
      }
    }
    return i;
  }

  private void sumOnce(int[] block, int from, int count) {
    long total = sum;
    long excess = 0;
    for (int i = from; i < count; i++) {
      if (block[i] != ComplexPacking.MISSING) {
        total += block[i] + smallest;
        excess |= total - (int) total;
        block[i] = (int) total;
      }
    }
    check(excess);
    sum = total;
  }

  private void sumTwice(int[] block, int from, int count) {
    long total = sum;
    long difference = slope;
    long excess = 0;
    for (int i = from; i < count; i++) {
      if (block[i] != ComplexPacking.MISSING) {
        difference += block[i] + smallest;
        total += difference;
        excess |= total - (int) total;
        block[i] = (int) total;
      }
    }
    check(excess);
    sum = total;
    slope = difference;
  }

  /** Sums are kept in 64 bits; the first that needs more than 32 is far from needing more. */
  private void check(long excess) {
    if (excess != 0) {
      throw new CorruptInputException(
          "undo spatial differencing", origin, "the sums exceed 32 bits");
    }
  }
}
