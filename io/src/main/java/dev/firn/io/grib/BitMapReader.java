package dev.firn.io.grib;

import dev.firn.io.bytes.BitReader;
import dev.firn.io.grib.packing.ValueReader;
import java.util.Arrays;

/** Puts values at the points whose bits are set, and NaN at the others. */
final class BitMapReader implements ValueReader {
  private static final int WORD = Integer.SIZE;
  private static final int BLOCK = 32 * WORD;

  private final BitReader bits;
  private final ValueReader values;
  private final float[] block = new float[BLOCK + 1];

  /** Reads {@code values} at the points of {@code bits}, which has as many ones as they are. */
  BitMapReader(BitReader bits, ValueReader values) {
    this.bits = bits;
    this.values = values;
  }

  @Override
  public void read(float[] out, int from, int count) {
    int end = from + count;
    for (int i = from; i < end; i += BLOCK) {
      readBlock(out, i, Math.min(BLOCK, end - i));
    }
  }

  private void readBlock(float[] out, int from, int count) {
    long at = bits.take(count, 1);
    int present = countOnes(bits, at, count);
    if (present == count) {
      values.read(out, from, count);
      return;
    }
    values.read(block, 0, present);
    int next = 0;
    int end = from + count;
    for (int i = from; i < end; i += WORD, at += WORD) {
      int size = Math.min(WORD, end - i);
      int word = (int) bits.integer(at, size) << (WORD - size);
      next = spread(word, next, out, i, size);
    }
  }

  /** Stores values for the first bits of {@code word}; returns which value is next. */
  private int spread(int word, int first, float[] out, int from, int count) {
    int next = first;
    if (word == 0) {
      Arrays.fill(out, from, from + count, Float.NaN);
    } else if (word == -1) {
      System.arraycopy(block, next, out, from, count);
      next += count;
    } else {
      for (int i = 0; i < count; i++) {
        int bit = word << i >>> (WORD - 1);
        out[from + i] = bit == 0 ? Float.NaN : block[next];
        next += bit;
      }
    }
    return next;
  }

  @Override
  public void skip(int count) {
    values.skip(countOnes(bits, bits.take(count, 1), count));
  }

  /** How many of {@code count} bits from {@code first} on are set. */
  static int countOnes(BitReader bits, long first, int count) {
    int ones = 0;
    long at = first;
    int left = count;
    for (; left >= WORD; left -= WORD, at += WORD) {
      ones += Long.bitCount(bits.integer(at, WORD));
    }
    return left == 0 ? ones : ones + Long.bitCount(bits.integer(at, left));
  }
}
