package dev.firn.io.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The byte shuffle of c-blosc and HDF5: the first bytes of all elements, then the second ones, and
 * so on. What is left after the last whole element stays as it is.
 *
 * <p>Elements of 2 (back only), 4 and 8 bytes, the hot ones, go eight at a time as matrices of
 * bytes held in longs: a transposition swaps ever smaller blocks across the diagonal.
 */
public final class ByteShuffle {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_32 = 0x00000000FFFFFFFFL;
  private static final long LOW_16 = 0x0000FFFF0000FFFFL;
  private static final long LOW_8 = 0x00FF00FF00FF00FFL;
  private static final int GROUP = 8;

  private ByteShuffle() {}

  /** Puts position to limit of {@code elements}, shuffled, at the start of {@code shuffled}. */
  public static void shuffle(ByteBuffer elements, byte[] shuffled, int typeBytes) {
    byte[] from = elements.array();
    int at = elements.arrayOffset() + elements.position();
    int count = elements.remaining() / typeBytes;
    int done =
        switch (typeBytes) {
          case 4 -> shuffle4(from, at, shuffled, count);
          case 8 -> shuffle8(from, at, shuffled, count);
          default -> 0;
        };
    for (int plane = 0; plane < typeBytes; plane++) {
      for (int i = done; i < count; i++) {
        shuffled[plane * count + i] = from[at + i * typeBytes + plane];
      }
    }
    int whole = count * typeBytes;
    System.arraycopy(from, at + whole, shuffled, whole, elements.remaining() - whole);
  }

  /** Fills position to limit of {@code elements} from the start of {@code shuffled}. */
  public static void unshuffle(byte[] shuffled, ByteBuffer elements, int typeBytes) {
    byte[] to = elements.array();
    int at = elements.arrayOffset() + elements.position();
    int count = elements.remaining() / typeBytes;
    int done =
        switch (typeBytes) {
          case 2 -> unshuffle2(shuffled, to, at, count);
          case 4 -> unshuffle4(shuffled, to, at, count);
          case 8 -> unshuffle8(shuffled, to, at, count);
          default -> 0;
        };
    for (int plane = 0; plane < typeBytes; plane++) {
      for (int i = done; i < count; i++) {
        to[at + i * typeBytes + plane] = shuffled[plane * count + i];
      }
    }
    int whole = count * typeBytes;
    System.arraycopy(shuffled, whole, to, at + whole, elements.remaining() - whole);
  }

  private static int shuffle4(byte[] from, int at, byte[] to, int count) {
    int i = 0;
    for (; i + GROUP <= count; i += GROUP) {
      int p = at + i * 4;
      long a = (long) LONG.get(from, p);
      long b = (long) LONG.get(from, p + 8);
      long c = (long) LONG.get(from, p + 16);
      long d = (long) LONG.get(from, p + 24);
      // Elements 0 and 4, 1 and 5, 2 and 6, 3 and 7: two 4 x 4 matrices side by side.
      long r0 = (a & LOW_32) | (c << 32);
      long r1 = (a >>> 32) | (c & ~LOW_32);
      long r2 = (b & LOW_32) | (d << 32);
      long r3 = (b >>> 32) | (d & ~LOW_32);
      long t = (r0 >>> 16 ^ r2) & LOW_16;
      r0 ^= t << 16;
      r2 ^= t;
      t = (r1 >>> 16 ^ r3) & LOW_16;
      r1 ^= t << 16;
      r3 ^= t;
      t = (r0 >>> 8 ^ r1) & LOW_8;
      LONG.set(to, i, r0 ^ t << 8);
      LONG.set(to, count + i, r1 ^ t);
      t = (r2 >>> 8 ^ r3) & LOW_8;
      LONG.set(to, 2 * count + i, r2 ^ t << 8);
      LONG.set(to, 3 * count + i, r3 ^ t);
    }
    return i;
  }

  private static int unshuffle2(byte[] from, byte[] to, int at, int count) {
    int i = 0;
    for (; i + GROUP <= count; i += GROUP) {
      long low = (long) LONG.get(from, i);
      long high = (long) LONG.get(from, count + i);
      int p = at + i * 2;
      LONG.set(to, p, spread(low & LOW_32) | spread(high & LOW_32) << 8);
      LONG.set(to, p + 8, spread(low >>> 32) | spread(high >>> 32) << 8);
    }
    return i;
  }

  /** Four bytes with a zero byte after each. */
  private static long spread(long bytes) {
    long pairs = (bytes | bytes << 16) & LOW_16;
    return (pairs | pairs << 8) & LOW_8;
  }

  private static int unshuffle4(byte[] from, byte[] to, int at, int count) {
    int i = 0;
    for (; i + GROUP <= count; i += GROUP) {
      long r0 = (long) LONG.get(from, i);
      long r1 = (long) LONG.get(from, count + i);
      long r2 = (long) LONG.get(from, 2 * count + i);
      long r3 = (long) LONG.get(from, 3 * count + i);
      long t = (r0 >>> 8 ^ r1) & LOW_8;
      r0 ^= t << 8;
      r1 ^= t;
      t = (r2 >>> 8 ^ r3) & LOW_8;
      r2 ^= t << 8;
      r3 ^= t;
      t = (r0 >>> 16 ^ r2) & LOW_16;
      r0 ^= t << 16;
      r2 ^= t;
      t = (r1 >>> 16 ^ r3) & LOW_16;
      r1 ^= t << 16;
      r3 ^= t;
      int p = at + i * 4;
      LONG.set(to, p, (r0 & LOW_32) | (r1 << 32));
      LONG.set(to, p + 8, (r2 & LOW_32) | (r3 << 32));
      LONG.set(to, p + 16, (r0 >>> 32) | (r1 & ~LOW_32));
      LONG.set(to, p + 24, (r2 >>> 32) | (r3 & ~LOW_32));
    }
    return i;
  }

  private static int shuffle8(byte[] from, int at, byte[] to, int count) {
    long[] rows = new long[GROUP];
    int i = 0;
    for (; i + GROUP <= count; i += GROUP) {
      for (int row = 0; row < GROUP; row++) {
        rows[row] = (long) LONG.get(from, at + (i + row) * 8);
      }
      transpose(rows);
      for (int plane = 0; plane < GROUP; plane++) {
        LONG.set(to, plane * count + i, rows[plane]);
      }
    }
    return i;
  }

  private static int unshuffle8(byte[] from, byte[] to, int at, int count) {
    long[] rows = new long[GROUP];
    int i = 0;
    for (; i + GROUP <= count; i += GROUP) {
      for (int plane = 0; plane < GROUP; plane++) {
        rows[plane] = (long) LONG.get(from, plane * count + i);
      }
      transpose(rows);
      for (int row = 0; row < GROUP; row++) {
        LONG.set(to, at + (i + row) * 8, rows[row]);
      }
    }
    return i;
  }

  private static void transpose(long[] rows) {
    for (int i = 0; i < 4; i++) {
      swap(rows, i, i + 4, 32, LOW_32);
    }
    for (int i = 0; i < GROUP; i += i % 4 == 1 ? 3 : 1) {
      swap(rows, i, i + 2, 16, LOW_16);
    }
    for (int i = 0; i < GROUP; i += 2) {
      swap(rows, i, i + 1, 8, LOW_8);
    }
  }

  private static void swap(long[] rows, int low, int high, int shift, long mask) {
    long t = (rows[low] >>> shift ^ rows[high]) & mask;
    rows[low] ^= t << shift;
    rows[high] ^= t;
  }
}
