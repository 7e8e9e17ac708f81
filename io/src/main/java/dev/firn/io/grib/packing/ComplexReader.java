package dev.firn.io.grib.packing;

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
    }
  }

  @Override
  public void skip(int count) {
    for (int left = count; left > 0; ) {
      left -= nextBlock(left);
    }
  }

  private int nextBlock(int most) {
    int size = Math.min(DecodeScratch.BLOCK, most);
    groups.read(block, size);
    differences.undo(block, size);
    return size;
  }
}
