package dev.firn.io.object;

/**
 * Part of an object.
 *
 * @param offset the first byte, from 0
 * @param lengthBytes how many bytes
 */
public record ByteRange(long offset, long lengthBytes) {
  /** Checks that the range is not negative. */
  public ByteRange {
    if (offset < 0 || lengthBytes < 0) {
      throw new IllegalArgumentException(
          "Invalid byte range: offset " + offset + ", length " + lengthBytes);
    }
  }

  /** The first byte after the range. */
  public long end() {
    return offset + lengthBytes;
  }
}
