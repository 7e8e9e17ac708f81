package dev.firn.io.grib.packing.aec;

/**
 * Undoes the preprocessor (CCSDS 121.0-B, section 4): each sample was predicted to be the one
 * before, and the error mapped to a number that is not negative. Errors are zigzag coded as far as
 * the range of samples allows both signs; beyond, only one sign is possible.
 */
final class UnitDelay {
  private UnitDelay() {}

  /**
   * Turns mapped errors into samples, counted from the smallest possible one. The first is a sample
   * already.
   *
   * @return false where there was an error of more than {@code bits} bits
   */
  static boolean undo(int[] samples, int count, int bits) {
    return bits == Integer.SIZE ? undo32(samples, count) : undoNarrow(samples, count, bits);
  }

  private static boolean undoNarrow(int[] samples, int count, int bits) {
    for (int i = 1; i < count; i++) {
      samples[i] = (samples[i] >>> 1) ^ -(samples[i] & 1);
    }
    int outside = -1 << bits;
    int sample = samples[0];
    for (int i = 1; i < count; i++) {
      int difference = samples[i];
      int next = sample + difference;
      if (((next | (sample - difference)) & outside) != 0) {
        int error = (difference << 1) ^ (difference >> 31);
        if ((error & outside) != 0) {
          return false;
        }
        next = error ^ fromTop(sample, bits);
      }
      sample = next;
      samples[i] = sample;
    }
    return true;
  }

  private static boolean undo32(int[] samples, int count) {
    int sample = samples[0];
    for (int i = 1; i < count; i++) {
      int error = samples[i];
      int magnitude = (error >>> 1) + (error & 1);
      int fromTop = fromTop(sample, Integer.SIZE);
      if (Integer.compareUnsigned(magnitude, sample ^ fromTop) <= 0) {
        sample += (error >>> 1) ^ -(error & 1);
      } else {
        sample = error ^ fromTop;
      }
      samples[i] = sample;
    }
    return true;
  }

  /** What to XOR with to count from the end of the range that {@code sample} is nearer to. */
  private static int fromTop(int sample, int bits) {
    return -(sample >>> (bits - 1)) & (-1 >>> (Integer.SIZE - bits));
  }
}
