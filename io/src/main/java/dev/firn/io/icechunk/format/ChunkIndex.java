package dev.firn.io.icechunk.format;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Where a chunk is in its array's chunk grid: one coordinate a dimension, each an unsigned 32-bit
 * number. The natural order is lexicographic.
 */
public final class ChunkIndex implements Comparable<ChunkIndex> {
  private final int[] coordinates;

  private ChunkIndex(int[] coordinates) {
    this.coordinates = coordinates;
  }

  /** The chunk at these coordinates; none of a scalar. */
  public static ChunkIndex of(long... coordinates) {
    int[] bits = new int[coordinates.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Uint32.bits(coordinates[i]);
    }
    return new ChunkIndex(bits);
  }

  /** Takes over {@code coordinates}, the bits of unsigned numbers. */
  static ChunkIndex ofBits(int[] coordinates) {
    return new ChunkIndex(coordinates);
  }

  /** The number of dimensions. */
  public int rank() {
    return coordinates.length;
  }

  /** The coordinate in one dimension. */
  public long coordinate(int dimension) {
    return Integer.toUnsignedLong(coordinates[dimension]);
  }

  /** The bits of the coordinate in one dimension. */
  int bits(int dimension) {
    return coordinates[dimension];
  }

  @Override
  public int compareTo(ChunkIndex other) {
    return Arrays.compareUnsigned(coordinates, other.coordinates);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChunkIndex that && Arrays.equals(coordinates, that.coordinates);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(coordinates);
  }

  /** The coordinates joined by slashes, as chunk keys have them. */
  @Override
  public String toString() {
    return Arrays.stream(coordinates)
        .mapToObj(Integer::toUnsignedString)
        .collect(Collectors.joining("/"));
  }
}
