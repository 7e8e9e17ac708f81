package dev.firn.io.grib.packing.aec;

/**
 * Undoes the preprocessor (CCSDS 121.0-B, section 4): each sample was predicted to be the one
 * before, and the error mapped to a number that is not negative. Errors are zigzag coded as far as
 * the range of samples allows both signs; beyond, only one sign is possible.
 */
final class UnitDelay {
  private static final int RUN = 32;
  private static final int NEAR = 16;

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
    int lastEnd = 0;
    for (int i = addDifferences(samples, 1, count, outside); i < count; ) {
      int error = error(samples[i]);
      if ((error & outside) != 0) {
        return false;
      }
      samples[i] = error ^ fromTop(samples[i - 1], bits);
      int end = i + 1;
      if (i - lastEnd < NEAR) {
        end = undoWithoutBranches(samples, end, Math.min(end + RUN, count), bits);
        if ((samples[end - 1] & outside) != 0) {
          return false;
        }
      }
      lastEnd = end;
      i = addDifferences(samples, end, count, outside);
    }
    return true;
  }

  /** Adds differences up to the first that leads out of the range; returns where that is. */
  private static int addDifferences(int[] samples, int from, int to, int outside) {
    int sample = samples[from - 1];
    for (int i = from; i < to; i++) {
      int difference = samples[i];
      int next = sample + difference;
      if (((next | (sample - difference)) & outside) != 0) {
        return i;
      }
      sample = next;
      samples[i] = sample;
    }
    return to;
  }

  /**
   * Undoes errors of both kinds, which take turns that no branch predicts, while samples stay in
   * one half of the range; returns where it ended. They are counted from the end of that half.
   */
  private static int undoWithoutBranches(int[] samples, int from, int to, int bits) {
    int half = 1 << (bits - 1);
    int fromTop = fromTop(samples[from - 1], bits);
    int sign = -(samples[from - 1] >>> (bits - 1));
    int sample = samples[from - 1] ^ fromTop;
    int i = from;
    for (; i < to && Integer.compareUnsigned(sample, half) < 0; i++) {
      int difference = samples[i];
      int step = (difference ^ sign) - sign;
      int isOneSided = (sample - Math.abs(difference)) >> 31;
      sample += step + (isOneSided & (error(difference) - step - sample));
      samples[i] = sample ^ fromTop;
    }
    return i;
  }

  /** The mapped error of a difference. */
  private static int error(int difference) {
    return (difference << 1) ^ (difference >> 31);
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
