package dev.firn.io.icechunk.format;

/**
 * How the locations of virtual chunks are compressed in a manifest.
 *
 * @param minChunks with fewer virtual chunks they are not
 * @param maxSamples the most locations that the dictionary is trained from
 * @param maxDictionaryBytes the most bytes of the dictionary
 * @param zstdLevel the zstd level
 */
public record LocationCompression(
    int minChunks, int maxSamples, int maxDictionaryBytes, int zstdLevel) {
  /** What the reference implementation does unless configured otherwise. */
  public static final LocationCompression DEFAULT = new LocationCompression(1000, 100, 2048, 3);

  /** Checks the numbers. */
  public LocationCompression {
    if (minChunks < 0 || maxSamples < 0 || maxDictionaryBytes < 0) {
      throw new IllegalArgumentException(
          "Invalid location compression: at least "
              + minChunks
              + " chunks, "
              + maxSamples
              + " samples, "
              + maxDictionaryBytes
              + " bytes");
    }
  }
}
