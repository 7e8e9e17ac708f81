package dev.firn.io.grib.packing;

import java.util.Arrays;

/**
 * Unpacks the values of a section 7 one after the other, in stored order. Missing ones are NaN.
 *
 * <p>Readers work in buffers of their thread: whoever opens another one on the same thread must not
 * use the first any more. Broken data throw {@link dev.firn.io.CorruptInputException} as soon as a
 * value needs them, or at the last value at the latest.
 */
public interface ValueReader {
  /** Stores the next {@code count} values in {@code out} from index {@code from} on. */
  void read(float[] out, int from, int count);

  /** Passes over the next {@code count} values. */
  void skip(int count);

  /** The same value everywhere. */
  static ValueReader constant(float value) {
    return new ValueReader() {
      @Override
      public void read(float[] out, int from, int count) {
        Arrays.fill(out, from, from + count, value);
      }

      @Override
      public void skip(int count) {}
    };
  }
}
