package dev.firn.io.grib.packing;

import dev.firn.io.bytes.BitReader;

/**
 * Values packed as integers of one width, 1 to 50 bits.
 *
 * <p>They are unpacked in many short runs, though one would do: the virtual machine compiles a
 * method that is called often better than one that is always within its loop.
 */
record IntegerReader(BitReader bits, int width, Scaling scaling) implements ValueReader {
  private static final int RUN = 4096;

  @Override
  public void read(float[] out, int from, int count) {
    int end = from + count;
    for (int i = from; i < end; i += RUN) {
      scaling.unpack(bits, width, out, i, Math.min(RUN, end - i));
    }
  }

  @Override
  public void skip(int count) {
    bits.take(count, width);
  }
}
