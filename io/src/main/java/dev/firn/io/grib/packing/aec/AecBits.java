package dev.firn.io.grib.packing.aec;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The coded bits: integers, most significant bit first, and unary numbers, as many zeros ended by a
 * one.
 *
 * <p>Reads go through windows of 64 bits, of which {@value #WINDOW} are sure to be data. Past the
 * end, windows go on with zeros; {@link #checkEnd} tells when such were used, and so does the
 * second window past the end, so that no loop goes on without data.
 */
final class AecBits {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int WINDOW = 57;
  private static final int MAX_UNARY = 1 << 16; // a block as it is has 64 * 32 bits
  private static final int FOUR_PER_WINDOW = WINDOW / 4;
  private static final int TWO_PER_WINDOW = WINDOW / 2;

  private final byte[] bytes;
  private final Origin origin;
  private final long startBit;
  private final long endBit;
  private final long lastLoadBit;
  private long bit;

  AecBits(ByteBuffer data, Origin origin) {
    int start = data.arrayOffset() + data.position();
    int end = data.arrayOffset() + data.limit();
    this.bytes = data.array();
    this.origin = origin;
    this.startBit = 8L * start;
    this.endBit = 8L * end;
    this.lastLoadBit = 8L * (end - 8) + 7;
    this.bit = startBit;
  }

  /** Bits of data in all. */
  long size() {
    return endBit - startBit;
  }

  /** Goes on to the next octet. */
  void alignToOctet() {
    bit = (bit + 7) & ~7L;
  }

  /** Checks that nothing was read past the end. */
  void checkEnd() {
    if (bit > endBit) {
      throw corrupt("the data end within a block");
    }
  }

  /** What is wrong at the octet just reached. */
  CorruptInputException corrupt(String detail) {
    return new CorruptInputException(
        "decode CCSDS samples", origin.plus((Math.min(bit, endBit) - startBit) >>> 3), detail);
  }

  /** An integer of 1 to 32 bits. */
  int integer(int width) {
    int value = (int) (window(bit) >>> (64 - width));
    bit += width;
    return value;
  }

  /** A unary number. */
  int unary() {
    int zeros = 0;
    int inWindow = Long.numberOfLeadingZeros(window(bit));
    while (inWindow >= WINDOW) {
      zeros += WINDOW;
      if (zeros > MAX_UNARY) {
        throw corrupt("a unary number above " + MAX_UNARY);
      }
      bit += WINDOW;
      inWindow = Long.numberOfLeadingZeros(window(bit));
    }
    bit += inWindow + 1;
    return zeros + inWindow;
  }

  /**
   * Stores a unary number, shifted left, in each of {@code out} from {@code from} to {@code to}.
   *
   * <p>Clearing the lowest one of a reversed window is the only step that waits for the number
   * before.
   */
  void unaries(int[] out, int from, int to, int shift) {
    long at = bit;
    int i = from;
    while (i < to) {
      long ones = Long.reverse(window(at));
      int end = i + Math.min(Long.bitCount(ones), to - i);
      if (i == end) {
        bit = at;
        out[i++] = unary() << shift;
        at = bit;
        continue;
      }
      int start = 0;
      for (; i < end; i++) {
        int one = Long.numberOfTrailingZeros(ones);
        out[i] = (one - start) << shift;
        start = one + 1;
        ones &= ones - 1;
      }
      at += start;
    }
    bit = at;
  }

  /** Stores an integer in each of {@code out} from {@code from} to {@code to}. */
  void integers(int[] out, int from, int to, int width) {
    for (int i = from; i < to; i++) {
      out[i] = integer(width);
    }
  }

  /** Adds an integer to each of {@code out} from {@code from} to {@code to}. */
  void addIntegers(int[] out, int from, int to, int width) {
    int shift = 64 - width;
    long at = bit;
    int i = from;
    if (width <= FOUR_PER_WINDOW) {
      for (; i + 4 <= to; i += 4, at += 4L * width) {
        long window = window(at);
        out[i] += (int) (window >>> shift);
        out[i + 1] += (int) (window << width >>> shift);
        out[i + 2] += (int) (window << (2 * width) >>> shift);
        out[i + 3] += (int) (window << (3 * width) >>> shift);
      }
    } else if (width <= TWO_PER_WINDOW) {
      for (; i + 2 <= to; i += 2, at += 2L * width) {
        long window = window(at);
        out[i] += (int) (window >>> shift);
        out[i + 1] += (int) (window << width >>> shift);
      }
    }
    for (; i < to; i++, at += width) {
      out[i] += (int) (window(at) >>> shift);
    }
    bit = at;
  }

  /** The bits from {@code at} on. */
  private long window(long at) {
    return at <= lastLoadBit
        ? (long) LONG.get(bytes, (int) (at >>> 3)) << (int) (at & 7)
        : lastWindow(at);
  }

  private long lastWindow(long at) {
    if (at > endBit) {
      throw corrupt("the data end within a block");
    }
    int first = (int) (at >>> 3);
    int end = (int) (endBit >>> 3);
    long window = 0;
    for (int i = first; i < first + Long.BYTES; i++) {
      window = window << 8 | (i < end ? bytes[i] & 0xFF : 0);
    }
    return window << (int) (at & 7);
  }
}
