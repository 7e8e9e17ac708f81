package dev.firn.fields;

/**
 * Turns the one value by which a source says "missing" into NaN.
 *
 * @param sentinel the value, compared as float32 and exactly: a neighbouring float stays
 */
public record SentinelMask(float sentinel) {

  /** Checks that the sentinel can equal something. */
  public SentinelMask {
    if (Float.isNaN(sentinel)) {
      throw new IllegalArgumentException("Invalid sentinel: NaN equals no value");
    }
  }

  /** Masks every value in place. */
  public void apply(float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == sentinel) {
        values[i] = Float.NaN;
      }
    }
  }
}
