package dev.firn.update;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The values of one chunk column: all steps of a region at the points of one spatial chunk, NaN
 * until they are put.
 */
sealed interface ColumnBuffer {

  /** Puts values at {@code index}. Threads may put at different places at once. */
  void put(int index, float[] source, int from, int length);

  /** All values, to be changed by one thread that is the only user from now on. */
  float[] values();

  /** Frees the memory. */
  void release();

  /** In the heap if the budget allows, else in a scratch file. */
  static ColumnBuffer allocate(int length, MemoryBudget budget) throws IOException {
    long bytes = (long) length * Float.BYTES;
    return budget.take(bytes) ? new Heap(length, budget) : Mapped.create(length);
  }

  /** Values in the heap. */
  final class Heap implements ColumnBuffer {
    private final MemoryBudget budget;
    private final long bytes;
    private float[] values;

    Heap(int length, MemoryBudget budget) {
      this.budget = budget;
      this.bytes = (long) length * Float.BYTES;
      this.values = new float[length];
      Arrays.fill(values, Float.NaN);
    }

    @Override
    public void put(int index, float[] source, int from, int length) {
      System.arraycopy(source, from, values, index, length);
    }

    @Override
    public float[] values() {
      return values;
    }

    @Override
    public void release() {
      values = new float[0];
      budget.giveBack(bytes);
    }
  }

  /**
   * Values in a mapped scratch file that has no name any more, so that it ends with the process.
   */
  final class Mapped implements ColumnBuffer {
    private FloatBuffer mapped;

    private Mapped(FloatBuffer mapped) {
      this.mapped = mapped;
    }

    static Mapped create(int length) throws IOException {
      Path file = Files.createTempFile("firn-scratch-", ".f32");
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE)) {
        FloatBuffer mapped =
            channel
                .map(MapMode.READ_WRITE, 0, (long) length * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[] fill = new float[Math.min(length, 1 << 16)];
        Arrays.fill(fill, Float.NaN);
        for (int at = 0; at < length; at += fill.length) {
          mapped.put(at, fill, 0, Math.min(fill.length, length - at));
        }
        return new Mapped(mapped);
      }
    }

    @Override
    public void put(int index, float[] source, int from, int length) {
      mapped.put(index, source, from, length);
    }

    @Override
    public float[] values() {
      float[] values = new float[mapped.capacity()];
      mapped.get(0, values);
      return values;
    }

    @Override
    public void release() {
      mapped = FloatBuffer.allocate(0);
    }
  }
}
