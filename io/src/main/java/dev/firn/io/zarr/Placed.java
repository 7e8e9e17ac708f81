package dev.firn.io.zarr;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;

/**
 * A place in an array.
 *
 * @param values the elements of the array in C order, from position 0 of the buffer
 * @param shape its shape
 * @param start the indices of the place
 */
record Placed(ByteBuffer values, List<Integer> shape, List<Integer> start) {

  /** The start of an array. */
  Placed(ByteBuffer values, List<Integer> shape) {
    this(values, shape, Collections.nCopies(shape.size(), 0));
  }

  /** Copies a box of elements, {@code extent} long in each dimension, from one place to another. */
  static void copy(Placed from, Placed to, List<Integer> extent, int elementBytes) {
    new BoxCopy(from, to, extent, elementBytes).run();
  }

  /** The recursion over the dimensions, with steps in bytes. */
  private static final class BoxCopy {
    private final ByteBuffer from;
    private final ByteBuffer to;
    private final int[] extent;
    private final int[] fromSteps;
    private final int[] toSteps;
    private final int fromStart;
    private final int toStart;
    private final int runDimension;
    private final int runBytes;

    BoxCopy(Placed from, Placed to, List<Integer> extent, int elementBytes) {
      this.from = from.values.duplicate().clear();
      this.to = to.values.duplicate().clear();
      this.extent = extent.stream().mapToInt(Integer::intValue).toArray();
      this.fromSteps = steps(from.shape, elementBytes);
      this.toSteps = steps(to.shape, elementBytes);
      this.fromStart = offset(from.start, fromSteps);
      this.toStart = offset(to.start, toSteps);
      // Dimensions that are contiguous on both sides are copied as one run.
      int dimension = this.extent.length;
      int bytes = elementBytes;
      while (dimension > 0
          && fromSteps[dimension - 1] == bytes
          && toSteps[dimension - 1] == bytes) {
        dimension--;
        bytes *= this.extent[dimension];
      }
      this.runDimension = dimension;
      this.runBytes = bytes;
    }

    private static int[] steps(List<Integer> shape, int elementBytes) {
      int[] steps = new int[shape.size()];
      int step = elementBytes;
      for (int d = steps.length - 1; d >= 0; d--) {
        steps[d] = step;
        step *= shape.get(d);
      }
      return steps;
    }

    private static int offset(List<Integer> start, int[] steps) {
      int offset = 0;
      for (int d = 0; d < steps.length; d++) {
        offset += start.get(d) * steps[d];
      }
      return offset;
    }

    void run() {
      from(0, fromStart, toStart);
    }

    private void from(int dimension, int fromAt, int toAt) {
      if (dimension == runDimension) {
        to.put(toAt, from, fromAt, runBytes);
        return;
      }
      for (int i = 0; i < extent[dimension]; i++) {
        from(dimension + 1, fromAt + i * fromSteps[dimension], toAt + i * toSteps[dimension]);
      }
    }
  }
}
