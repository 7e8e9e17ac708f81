package dev.firn.update;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
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

/**
 * What readers of a Zarr hierarchy see through the metadata as they are when this is opened: in a
 * Zarr store those of the root, in an Icechunk repository those of one snapshot.
 */
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

  /** The group at the root of {@code store}, which was opened before. */
  static ZarrView of(ObjectStore store, Optional<ZarrGroup> group) {
    return new ZarrView(store, ObjectPath.ROOT, group);
  }

  static ZarrView empty(ObjectStore store, ObjectPath root) {
    return new ZarrView(store, root, Optional.empty());
  }

  @Override
  public Optional<String> attribute(String name) {
    return group
        .map(opened -> opened.metadata().attributes().path(name))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue);
  }

  @Override
  public SortedMap<NodePath, ArrayMetadata> arrays() {
    return arrays;
  }

  /** The length of a dimension, by its coordinate. */
  long length(String dimension) {
    ArrayMetadata coordinate = arrays.get(new NodePath(dimension));
    if (coordinate == null) {
      throw new CorruptInputException(
          "read archive",
          Origin.of(store.url() + "/" + root),
          "it has no coordinate '" + dimension + "'");
    }
    return coordinate.shape().get(0);
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
