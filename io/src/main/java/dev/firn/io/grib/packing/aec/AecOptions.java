package dev.firn.io.grib.packing.aec;

/**
 * What a decoder has to be told, as the coded data do not say it (CCSDS 121.0-B, section 5).
 *
 * @param bitsPerSample 1 to 32
 * @param blockSize samples that share one way of coding: 8, 16, 32 or 64
 * @param referenceInterval blocks from one reference sample to the next, 1 to 4096
 * @param signed whether samples are two's complement numbers
 * @param preprocessed whether samples are stored as differences from the one before
 * @param restricted whether samples of up to 4 bits choose among fewer ways of coding
 * @param padded whether each interval begins with a new octet
 */
public record AecOptions(
    int bitsPerSample,
    int blockSize,
    int referenceInterval,
    boolean signed,
    boolean preprocessed,
    boolean restricted,
    boolean padded) {
  /** Most bits of a sample. */
  public static final int MAX_BITS = 32;

  private static final int MAX_REFERENCE_INTERVAL = 4096;
  private static final int MAX_RESTRICTED_BITS = 4;

  /** Checks that the standard has such a combination. */
  public AecOptions {
    if (bitsPerSample < 1 || bitsPerSample > MAX_BITS) {
      throw new IllegalArgumentException(bitsPerSample + " bits per sample, expected 1 to 32");
    }
    if (blockSize < 8 || blockSize > 64 || Integer.bitCount(blockSize) != 1) {
      throw new IllegalArgumentException(
          "blocks of " + blockSize + " samples, expected 8, 16, 32 or 64");
    }
    if (referenceInterval < 1 || referenceInterval > MAX_REFERENCE_INTERVAL) {
      throw new IllegalArgumentException(
          "reference sample interval of " + referenceInterval + " blocks, expected 1 to 4096");
    }
    if (restricted && bitsPerSample > MAX_RESTRICTED_BITS && bitsPerSample <= 8) {
      throw new IllegalArgumentException(
          "restricted codes for " + bitsPerSample + " bits, expected at most 4");
    }
  }

  /** Samples in an interval. */
  int intervalSize() {
    return blockSize * referenceInterval;
  }

  /** Bits at the start of a block that say how it is coded. */
  int identifierBits() {
    if (bitsPerSample > 16) {
      return 5;
    }
    if (bitsPerSample > 8) {
      return 4;
    }
    if (!restricted) {
      return 3;
    }
    return bitsPerSample <= 2 ? 1 : 2;
  }
}
