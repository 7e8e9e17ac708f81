package dev.firn.io.bytes;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads a run of unsigned integers packed without gaps, most significant bit first.
 *
 * <p>Each read claims its bits first, so that running past the end throws {@link
 * CorruptInputException} before anything is stored.
 *
 * <p>The loops load 64 bits at the octet a value begins in. After the up to seven bits before the
 * value, 57 are sure to be there: one value, or four of up to 14 bits. Where fewer than eight bytes
 * of the array are left, values are gathered octet by octet.
 */
public final class BitReader {
  /** Widest integer that {@link #toDouble} makes a double of. */
  public static final int MAX_DOUBLE_WIDTH = 50;

  /** Widest integers of which one load is sure to have four. */
  public static final int FOUR_PER_LOAD = 14;

  private static final int LOADED = 57;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final long startBit;
  private final long endBit;
  private final long lastLoadBit;
  private final Origin origin;
  private long bit;

  BitReader(byte[] bytes, int from, int to, Origin origin) {
    this(bytes, 8L * from, 8L * to, origin);
  }

  private BitReader(byte[] bytes, long startBit, long endBit, Origin origin) {
    this.bytes = bytes;
    this.startBit = startBit;
    this.endBit = endBit;
    this.lastLoadBit = 8L * (bytes.length - 8) + 7;
    this.origin = origin;
    this.bit = startBit;
  }

  /** Bits not read yet. */
  public long remaining() {
    return endBit - bit;
  }

  /** Another reader of the same bits, from where this one is. */
  public BitReader fork() {
    BitReader copy = new BitReader(bytes, startBit, endBit, origin);
    copy.bit = bit;
    return copy;
  }

  /** Passes over {@code count} integers of {@code width} bits and the rest of the last octet. */
  public void skipToOctet(long count, int width) {
    claim(count, width);
    bit = (bit + count * width + 7) & ~7L;
  }

  /** One integer of 0 to 63 bits. */
  public long unsigned(int width) {
    return integer(take(1, width), width);
  }

  /** What {@link #unsigned} would read, without going on. */
  public long peek(int width) {
    claim(1, width);
    return integer(bit, width);
  }

  /** One integer of 1 to 63 bits, the first of them its sign. */
  public long signAndMagnitude(int width) {
    long value = unsigned(width);
    long sign = 1L << (width - 1);
    return (value & sign) == 0 ? value : -(value & (sign - 1));
  }

  /**
   * Reads {@code count} integers of {@code width} bits, 0 to 31, into {@code out} from index {@code
   * from}, adding {@code base} to each. The sums must fit: the caller knows the largest.
   */
  public void unsignedInts(int[] out, int from, int count, int width, int base) {
    if (width == 0) {
      Arrays.fill(out, from, from + count, base);
      return;
    }
    int loaded = from + loadable(count, width);
    int end = from + count;
    long at = take(count, width);
    int shift = 64 - width;
    int i = from;
    if (width <= FOUR_PER_LOAD) {
      for (; i + 4 <= loaded; i += 4, at += 4L * width) {
        long window = load(at);
        out[i] = base + (int) (window >>> shift);
        out[i + 1] = base + (int) (window << width >>> shift);
        out[i + 2] = base + (int) (window << (2 * width) >>> shift);
        out[i + 3] = base + (int) (window << (3 * width) >>> shift);
      }
    }
    for (; i < loaded; i++, at += width) {
      out[i] = base + (int) (load(at) >>> shift);
    }
    for (; i < end; i++, at += width) {
      out[i] = base + (int) gather(at, width);
    }
  }

  /** Passes over {@code count} integers of {@code width} bits; returns where they are. */
  public long take(long count, int width) {
    claim(count, width);
    long first = bit;
    bit += count * width;
    return first;
  }

  /**
   * How many of the next {@code count} integers of {@code width} bits, 1 to 57, begin where {@link
   * #load} can read.
   */
  public int loadable(int count, int width) {
    long last = bit + (count - 1L) * width;
    if (last <= lastLoadBit) {
      return count; // almost always: divisions cost more than a short run of integers
    }
    return bit > lastLoadBit ? 0 : (int) ((lastLoadBit - bit) / width + 1);
  }

  /** Whether the next integer begins on an octet. */
  public boolean isAtOctet() {
    return bit % Byte.SIZE == 0;
  }

  /** 64 bits from {@code at} on; only the first 57 are sure to be data. */
  public long load(long at) {
    return loadOctets((int) (at >>> 3)) << (int) (at & 7);
  }

  /** The eight octets from bit {@code 8 · octet} on. */
  public long loadOctets(int octet) {
    return (long) LONG.get(bytes, octet);
  }

  /** The integer of {@code width} bits, 0 to 63, at {@code at}. */
  public long integer(long at, int width) {
    boolean isLoadable = at <= lastLoadBit && width > 0 && width <= LOADED;
    return isLoadable ? load(at) >>> (64 - width) : gather(at, width);
  }

  /**
   * A long below 2^51 as a double: written into the mantissa of 1.5 · 2^52, which is then taken
   * away. Exact, and twice as fast here as the conversion instruction Java 17 emits.
   */
  public static double toDouble(long value) {
    return Double.longBitsToDouble(0x4338_0000_0000_0000L + value) - 0x1.8p52;
  }

  private long gather(long from, int width) {
    long value = 0;
    long at = from;
    int left = width;
    while (left > 0) {
      int inOctet = 8 - (int) (at & 7);
      int taken = Math.min(inOctet, left);
      int octet = bytes[(int) (at >>> 3)] & 0xFF;
      value = (value << taken) | ((octet >>> (inOctet - taken)) & ((1 << taken) - 1));
      at += taken;
      left -= taken;
    }
    return value;
  }

  private void claim(long count, int width) {
    if (count < 0 || width < 0 || width > 63) {
      throw new IllegalArgumentException("Invalid run of " + count + " integers of " + width);
    }
    if (width > 0 && (count > remaining() || count * width > remaining())) {
      throw new CorruptInputException(
          "read " + count + " integers of " + width + " bits",
          origin.plus((bit - startBit) >>> 3),
          remaining() + " bits are left");
    }
  }
}
