package dev.firn.io.grib.packing;

import dev.firn.io.grib.packing.aec.AecDecoder;

/** Values of the samples of one interval after the other. */
final class CcsdsReader implements ValueReader {
  private final AecDecoder decoder;
  private final Scaling scaling;
  private final boolean isUnsigned;
  private int used;
  private int decoded;

  /**
   * Values of {@code decoder}'s samples.
   *
   * @param isUnsigned whether samples have 32 bits, none of them a sign
   */
  CcsdsReader(AecDecoder decoder, Scaling scaling, boolean isUnsigned) {
    this.decoder = decoder;
    this.scaling = scaling;
    this.isUnsigned = isUnsigned;
  }

  @Override
  public void read(float[] out, int from, int count) {
    int end = from + count;
    for (int i = from; i < end; ) {
      int size = Math.min(end - i, ready());
      if (isUnsigned) {
        scaling.scaleUnsigned(decoder.samples(), used, out, i, size);
      } else {
        scaling.scale(decoder.samples(), used, out, i, size);
      }
      used += size;
      i += size;
    }
  }

  @Override
  public void skip(int count) {
    for (int left = count; left > 0; ) {
      int size = Math.min(left, ready());
      used += size;
      left -= size;
    }
  }

  /** How many samples are decoded and not used yet; decodes more where there are none. */
  private int ready() {
    if (used == decoded) {
      decoded = decoder.next();
      used = 0;
    }
    return decoded - used;
  }
}
