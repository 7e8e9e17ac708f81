package dev.firn.update;

import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.zarr.ArrayMetadata;
import dev.firn.io.zarr.ArrayValues;
import dev.firn.io.zarr.ChunkDecoder;
import dev.firn.io.zarr.NodePath;
import dev.firn.io.zarr.ZarrGroup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What readers of a Zarr store see through the root's metadata as they are when this is opened. */
final class ZarrView implements ArchiveView {
  private final ObjectStore store;
  private final ObjectPath root;
  private final Optional<ZarrGroup> group;
  private final SortedMap<NodePath, ArrayMetadata> arrays;
  private final Map<NodePath, ChunkDecoder> decoders = new ConcurrentHashMap<>();

  private ZarrView(ObjectStore store, ObjectPath root, Optional<ZarrGroup> group) {
    this.store = store;
    this.root = root;
    this.group = group;
    SortedMap<NodePath, ArrayMetadata> found = new TreeMap<>();
    group.ifPresent(
        opened ->
            opened
                .members()
                .forEach(
                    (path, node) -> {
                      if (node instanceof ArrayMetadata array) {
                        found.put(path, array);
                      }
                    }));
    this.arrays = Collections.unmodifiableSortedMap(found);
  }

  static ZarrView open(ObjectStore store, ObjectPath root) throws IOException {
    return new ZarrView(store, root, ZarrGroup.open(store, root));
  }

  static ZarrView empty(ObjectStore store, ObjectPath root) {
    return new ZarrView(store, root, Optional.empty());
  }

  @Override
  public SortedMap<NodePath, ArrayMetadata> arrays() {
    return arrays;
  }

  @Override
  public ArrayValues values(NodePath array) throws IOException {
    return group
        .orElseThrow(() -> new IllegalArgumentException("Cannot read " + array + ": no store yet"))
        .array(array)
        .read();
  }

  @Override
  public Optional<ByteBuffer> chunk(NodePath array, long[] shard, int innerIndex)
      throws IOException {
    ChunkDecoder decoder =
        decoders.computeIfAbsent(array, path -> ChunkDecoder.of(arrays.get(path)));
    return decoder.readChunk(store, root.resolve(array.value()), shard, innerIndex);
  }
}
