package dev.firn.update;

import dev.firn.dataset.VariableSpec;
import dev.firn.fields.Deaccumulation;
import dev.firn.io.zarr.ChunkEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * Turns a chunk column into encoded inner chunks: numeric steps, then the published values where
 * new ones do not stand on all their files, then the codecs. Safe for use by many threads.
 */
final class ColumnEncoder {
  private final JobContext context;
  private final RegionLayout layout;
  private final VariableSpec variable;
  private final Provenance provenance;
  private final ColumnSteps steps;
  private final StoredValues stored;
  private final ChunkEncoder encoder;
  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(this::newScratch);
  private final byte[] fill;

  ColumnEncoder(
      JobContext context,
      RegionLayout layout,
      VariableSpec variable,
      StepLines lines,
      Provenance provenance) {
    this.context = context;
    this.layout = layout;
    this.variable = variable;
    this.provenance = provenance;
    this.steps = new ColumnSteps(variable.steps(), lines);
    this.stored = new StoredValues(variable.storedType());
    this.encoder = ChunkEncoder.of(context.template().variable(variable, context.plan().extent()));
    this.fill = newScratch().encoded();
  }

  /**
   * A finished chunk column.
   *
   * @param chunks its inner chunks, in their order
   * @param counts what deaccumulation had to clamp or drop
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  record Encoded(byte[][] chunks, Deaccumulation.Counts counts) {}

  /** The assembler of the shards that the chunks go into. */
  ChunkEncoder encoder() {
    return encoder;
  }

  /** Encodes a column's steps, which are changed on the way; nothing was placed in an empty one. */
  Encoded encode(int column, Optional<float[]> values) throws IOException {
    Deaccumulation.Counts counts =
        values.map(steps::apply).orElse(new Deaccumulation.Counts(0, 0, 0));
    byte[][] chunks = new byte[layout.outerChunks()][];
    for (int outer = 0; outer < chunks.length; outer++) {
      chunks[outer] = encode(column, outer, values);
    }
    return new Encoded(chunks, counts);
  }

  private byte[] encode(int column, int outer, Optional<float[]> values) throws IOException {
    Optional<float[]> published = published(column, outer);
    if (values.isEmpty() && published.isEmpty()) {
      return fill;
    }
    float[] chunk = scratch.get().values();
    Arrays.fill(chunk, Float.NaN);
    values.ifPresent(all -> layout.copyChunk(all, outer, chunk));
    published.ifPresent(base -> keepPublished(base, outer, chunk));
    return scratch.get().encoded();
  }

  /** The published values of a chunk, if any of its steps keeps them. */
  private Optional<float[]> published(int column, int outer) throws IOException {
    boolean[] any = new boolean[1];
    layout.forEachStep(outer, (step, plane) -> any[0] |= keepsPublished(step));
    if (!any[0]) {
      return Optional.empty();
    }
    Optional<ByteBuffer> found =
        context
            .base()
            .chunk(
                variable.path(), layout.shardOf(outer, column), layout.innerIndexOf(outer, column));
    return Optional.of(found.map(stored::read).orElseGet(this::missing));
  }

  private void keepPublished(float[] published, int outer, float[] chunk) {
    int cells = layout.cells();
    layout.forEachStep(
        outer,
        (step, plane) -> {
          if (keepsPublished(step)) {
            System.arraycopy(published, plane * cells, chunk, plane * cells, cells);
          }
        });
  }

  private boolean keepsPublished(int step) {
    return !provenance.isComplete(step)
        && context.isPublished(variable.path(), layout.positionOf(step));
  }

  private float[] missing() {
    float[] values = new float[layout.chunkValues()];
    Arrays.fill(values, Float.NaN);
    return values;
  }

  /** Buffers of one chunk that a thread uses again and again. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Scratch(
      float[] values, ByteBuffer bytes, StoredValues stored, ChunkEncoder encoder) {
    byte[] encoded() {
      stored.write(values, bytes);
      return encoder.encodeChunk(bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN));
    }
  }

  private Scratch newScratch() {
    int length = Math.multiplyExact(layout.chunkValues(), stored.sizeBytes());
    return new Scratch(
        missing(), ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN), stored, encoder);
  }
}
