package dev.firn.io.icechunk.format;

/**
 * Chunk coordinates along one dimension.
 *
 * @param from the first
 * @param to after the last
 */
public record ChunkRange(long from, long to) {
  /** Checks the bounds. */
  public ChunkRange {
    Uint32.check("start of chunk range", from);
    Uint32.check("end of chunk range", to);
    if (from > to) {
      throw new IllegalArgumentException("Invalid chunk range " + from + " to " + to);
    }
  }

  /** Whether {@code coordinate} is in the range. */
  public boolean contains(long coordinate) {
    return from <= coordinate && coordinate < to;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChunkRange that && from == that.from && to == that.to;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(from) + Long.hashCode(to);
  }
}
