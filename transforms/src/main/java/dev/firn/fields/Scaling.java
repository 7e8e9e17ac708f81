package dev.firn.fields;

/**
 * Multiplies by a constant, in float32, as the published archives do.
 *
 * @param factor a finite number
 */
public record Scaling(float factor) {

  /** Checks the factor. */
  public Scaling {
    if (!Float.isFinite(factor)) {
      throw new IllegalArgumentException(
          "Invalid scale factor: " + factor + ", expected a finite number");
    }
  }

  /** Multiplies every value in place. */
  public void apply(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }
}
