package dev.firn.io.netcdf;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A part of a variable: {@code shape} values along each dimension, from {@code offset} on. A scalar
 * has neither.
 */
public record Slab(List<Integer> offset, List<Integer> shape) {

  /** Copies both. */
  public Slab {
    offset = List.copyOf(offset);
    shape = List.copyOf(shape);
    if (offset.size() != shape.size()) {
      throw new IllegalArgumentException(
          "offset " + offset + " and shape " + shape + " have different ranks");
    }
    if (offset.stream().anyMatch(at -> at < 0) || shape.stream().anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException("invalid offset " + offset + " or shape " + shape);
    }
  }

  /** All of a variable of a shape. */
  public static Slab all(List<Integer> shape) {
    return new Slab(shape.stream().map(length -> 0).toList(), shape);
  }

  /** How many values it has. */
  public long size() {
    return size(shape);
  }

  /**
   * How many values an array of {@code shape} has.
   *
   * @throws ArithmeticException where they are more than a long holds
   */
  static long size(List<Integer> shape) {
    if (shape.contains(0)) {
      return 0;
    }
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  int rank() {
    return shape.size();
  }

  /** Whether all of it lies in an array of {@code whole}. */
  boolean isWithin(List<Integer> whole) {
    return rank() == whole.size()
        && IntStream.range(0, rank())
            .allMatch(i -> (long) offset.get(i) + shape.get(i) <= whole.get(i));
  }
}
