package dev.firn.io.object.s3;

/**
 * How large objects are put.
 *
 * @param thresholdBytes objects of this size and larger are put in parts
 * @param partBytes the size of all parts but the last; more where there would be too many
 */
record MultipartSizes(long thresholdBytes, long partBytes) {
  static final MultipartSizes USUAL = new MultipartSizes(64L << 20, 16L << 20);

  private static final long MOST_PARTS = 10_000;

  /** The size of the parts of an object. */
  long partBytes(long objectBytes) {
    return Math.max(partBytes, (objectBytes + MOST_PARTS - 1) / MOST_PARTS);
  }
}
