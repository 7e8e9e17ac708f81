package dev.firn.update;

import dev.firn.dataset.VariableSpec;
import dev.firn.fields.Deaccumulation;
import dev.firn.io.object.ObjectPath;
import dev.firn.update.StageClock.Stage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Encodes the chunk columns of one variable in one region in parallel and puts its shards, each as
 * soon as it is whole.
 */
final class ShardWriter {
  private final JobContext context;
  private final RegionLayout layout;
  private final VariableSpec variable;
  private final ColumnEncoder encoder;
  private final StageClock clock;
  private final WorkProgress progress;
  private Deaccumulation.Counts counts = new Deaccumulation.Counts(0, 0, 0);

  ShardWriter(
      JobContext context,
      RegionLayout layout,
      ColumnEncoder encoder,
      VariableSpec variable,
      StageClock clock,
      WorkProgress progress) {
    this.context = context;
    this.layout = layout;
    this.variable = variable;
    this.encoder = encoder;
    this.clock = clock;
    this.progress = progress;
  }

  List<WrittenShard> write(VariableValues values, ExecutorService threads) throws IOException {
    List<List<Integer>> spatialShards = spatialShards();
    List<List<Future<ColumnEncoder.Encoded>>> encodings = new ArrayList<>();
    for (List<Integer> columns : spatialShards) {
      encodings.add(
          columns.stream().map(column -> threads.submit(() -> encode(column, values))).toList());
    }
    List<WrittenShard> written = new ArrayList<>();
    for (int index = 0; index < encodings.size(); index++) {
      written.addAll(put(spatialShards.get(index), Tasks.awaitAll(encodings.get(index))));
      encodings.set(index, List.of());
    }
    return written;
  }

  private ColumnEncoder.Encoded encode(int column, VariableValues values) throws IOException {
    return clock.time(Stage.ENCODE, () -> encoder.encode(column, values.take(column)));
  }

  /** What deaccumulation had to clamp or drop. */
  Deaccumulation.Counts counts() {
    return counts;
  }

  /** The chunk columns of each spatial shard, shards row after row. */
  private List<List<Integer>> spatialShards() {
    List<List<Integer>> shards = new ArrayList<>();
    for (int index = 0; index < layout.spatialShards(); index++) {
      shards.add(new ArrayList<>());
    }
    for (int column = 0; column < layout.chunkColumnCount(); column++) {
      shards.get(layout.spatialShardOf(column)).add(column);
    }
    return shards;
  }

  private List<WrittenShard> put(List<Integer> columns, List<ColumnEncoder.Encoded> encoded)
      throws IOException {
    List<WrittenShard> written = new ArrayList<>();
    for (ColumnEncoder.Encoded column : encoded) {
      counts = counts.plus(column.counts());
    }
    for (int outerShard = 0; outerShard < layout.outerShards(); outerShard++) {
      written.add(put(columns, encoded, outerShard));
    }
    return written;
  }

  private WrittenShard put(
      List<Integer> columns, List<ColumnEncoder.Encoded> encoded, int outerShard)
      throws IOException {
    List<Optional<byte[]>> inner =
        new ArrayList<>(Collections.nCopies(layout.chunksPerShard(), Optional.empty()));
    long[] shard = {};
    for (int index = 0; index < columns.size(); index++) {
      byte[][] chunks = encoded.get(index).chunks();
      for (int outer = 0; outer < chunks.length; outer++) {
        if (layout.outerShardOf(outer) == outerShard) {
          shard = layout.shardOf(outer, columns.get(index));
          inner.set(layout.innerIndexOf(outer, columns.get(index)), Optional.of(chunks[outer]));
        }
      }
    }
    List<ByteBuffer> bytes = clock.time(Stage.ENCODE, () -> encoder.encoder().assemble(inner));
    ObjectPath key = key(shard);
    WrittenShard written =
        clock.time(
            Stage.PUT, () -> context.stores().put(context.plan(), variable.path(), key, bytes));
    progress.wrote(written);
    return written;
  }

  private static ObjectPath key(long[] shard) {
    return new ObjectPath(
        Arrays.stream(shard).mapToObj(Long::toString).collect(Collectors.joining("/", "c/", "")));
  }
}
