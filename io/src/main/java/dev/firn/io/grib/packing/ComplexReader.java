package dev.firn.io.grib.packing;

import java.util.Arrays;

/** Values of groups of integers, a block at a time. */
final class ComplexReader implements ValueReader {
  private final GroupReader groups;
  private final Differences differences;
  private final Scaling scaling;
  private final boolean someMissing;
  private final int[] block = DecodeScratch.ofThread().block;

  ComplexReader(GroupReader groups, Differences differences, Scaling scaling, boolean someMissing) {
    this.groups = groups;
    this.differences = differences;
    this.scaling = scaling;
    this.someMissing = someMissing;
  }

  @Override
  public void read(float[] out, int from, int count) {
    int end = from + count;
    for (int i = from; i < end; ) {
      int size = nextBlock(end - i);
      if (someMissing) {
        scaling.scaleMarked(block, out, i, size);
      } else {
        scaling.scale(block, 0, out, i, size);
      }
      i += size;
      int missing = groups.passMissing(end - i);
      Arrays.fill(out, i, i + missing, Float.NaN);
      i += missing;
    }
  }

  @Override
  public void skip(int count) {
    for (int left = count; left > 0; ) {
      left -= nextBlock(left);
      left -= groups.passMissing(left);
    }
  }

  private int nextBlock(int most) {
    int size = groups.read(block, Math.min(DecodeScratch.BLOCK, most));
    differences.undo(block, size);
    return size;
  }
}
