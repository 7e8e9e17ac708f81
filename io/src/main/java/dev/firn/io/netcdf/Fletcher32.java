package dev.firn.io.netcdf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** HDF5's Fletcher checksum: two sums of big-endian 16-bit numbers, modulo 65535. */
final class Fletcher32 {
  /** How many numbers can be added before the second sum overflows 32 bits. */
  private static final int BATCH = 360;

  private Fletcher32() {}

  static int of(ByteBuffer bytes) {
    ByteBuffer words = bytes.slice().order(ByteOrder.BIG_ENDIAN);
    long low = 0;
    long high = 0;
    while (words.remaining() > 1) {
      for (int left = Math.min(BATCH, words.remaining() / 2); left > 0; left--) {
        low += Short.toUnsignedInt(words.getShort());
        high += low;
      }
      low = folded(low);
      high = folded(high);
    }
    if (words.hasRemaining()) {
      low += Byte.toUnsignedInt(words.get()) << Byte.SIZE;
      high += low;
      low = folded(low);
      high = folded(high);
    }
    return (int) (folded(high) << Short.SIZE | folded(low));
  }

  private static long folded(long sum) {
    return (sum & 0xFFFF) + (sum >> Short.SIZE);
  }
}
