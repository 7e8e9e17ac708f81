package dev.firn.update;

import dev.firn.dataset.Template;
import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.object.ETag;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.PutCondition;
import dev.firn.io.object.StoredObject;
import dev.firn.io.zarr.ArrayMetadata;
import dev.firn.io.zarr.ArrayValues;
import dev.firn.io.zarr.ChunkDecoder;
import dev.firn.io.zarr.NodePath;
import dev.firn.io.zarr.ZarrArray;
import dev.firn.io.zarr.ZarrGroup;
import dev.firn.io.zarr.ZarrJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An archive in Zarr v3. Readers open it through the root's consolidated metadata, so replacing the
 * root's {@code zarr.json} is the step that shows them a new extent: shards and coordinates are
 * there before it, and what lies beyond the extent it states is not seen.
 */
final class ZarrArchive implements ArchiveStore {
  private static final String METADATA = "zarr.json";

  private final ObjectStore store;
  private final StoreLocation location;
  private final Map<NodePath, ChunkDecoder> decoders = new ConcurrentHashMap<>();

  /** The archive at {@code location}; {@code store} is its parent. */
  ZarrArchive(ObjectStore store, StoreLocation location) {
    this.store = store;
    this.location = location;
  }

  @Override
  public PinnedStore state(Template template) throws IOException {
    Optional<ObjectStat> root = store.stat(rootKey());
    if (root.isEmpty()) {
      return new PinnedStore(location.url(), Optional.empty(), 0);
    }
    String dimension = template.spec().append().name();
    NodePath times = new NodePath(dimension);
    ArrayMetadata metadata = arrays().get(times);
    if (metadata == null) {
      throw new CorruptInputException(
          "read archive", Origin.of(location.url()), "it has no coordinate '" + dimension + "'");
    }
    return new PinnedStore(
        location.url(), Optional.of(root.get().etag().value()), metadata.shape().get(0));
  }

  @Override
  public SortedMap<NodePath, ArrayMetadata> arrays() throws IOException {
    SortedMap<NodePath, ArrayMetadata> arrays = new TreeMap<>();
    ZarrGroup.open(store, location.root())
        .ifPresent(
            group ->
                group
                    .members()
                    .forEach(
                        (path, node) -> {
                          if (node instanceof ArrayMetadata array) {
                            arrays.put(path, array);
                          }
                        }));
    return arrays;
  }

  @Override
  public ArrayValues values(NodePath array) throws IOException {
    return ZarrArray.open(store, location.root(), array).read();
  }

  @Override
  public Optional<ByteBuffer> chunk(NodePath array, long[] shard, int innerIndex)
      throws IOException {
    ChunkDecoder decoder = decoders.get(array);
    if (decoder == null) {
      decoder = ChunkDecoder.of(ZarrArray.open(store, location.root(), array).metadata());
      decoders.put(array, decoder);
    }
    return decoder.readChunk(store, location.root().resolve(array.value()), shard, innerIndex);
  }

  @Override
  public WrittenShard put(NodePath variable, ObjectPath key, List<ByteBuffer> parts)
      throws IOException {
    ObjectStat stat = store.put(shardPath(variable, key), parts);
    return new WrittenShard(variable, key, stat.etag(), stat.sizeBytes());
  }

  @Override
  public boolean holds(WrittenShard shard) throws IOException {
    Optional<ETag> found =
        store.stat(shardPath(shard.variable(), shard.key())).map(ObjectStat::etag);
    return found.equals(Optional.of(shard.etag()));
  }

  private ObjectPath shardPath(NodePath variable, ObjectPath key) {
    return location.root().resolve(variable.value()).resolve(key.value());
  }

  @Override
  public Standing standing(PinnedStore pinned, Publication publication) throws IOException {
    Optional<StoredObject> root = store.get(rootKey());
    if (root.isPresent() && Arrays.equals(root.get().bytes(), rootBytes(publication))) {
      return Standing.PUBLISHED;
    }
    Optional<String> version = root.map(object -> object.stat().etag().value());
    return version.equals(pinned.version()) ? Standing.PINNED : Standing.MOVED;
  }

  @Override
  public String fingerprint(Publication publication) {
    return Sha256.hex(rootBytes(publication));
  }

  @Override
  public boolean shows(String fingerprint) throws IOException {
    Optional<StoredObject> root = store.get(rootKey());
    return root.isPresent() && Sha256.hex(root.get().bytes()).equals(fingerprint);
  }

  @Override
  public void prepare(Publication publication) throws IOException {
    var chunks =
        publication
            .template()
            .coordinateChunks(publication.extent(), publication.ingestedSeconds());
    for (Map.Entry<ObjectPath, byte[]> chunk : chunks.entrySet()) {
      putIfDifferent(location.root().resolve(chunk.getKey().value()), chunk.getValue());
    }
  }

  @Override
  public Standing publish(PinnedStore pinned, Publication publication) throws IOException {
    putArrays(publication.template().arrays(publication.extent()));
    if (standing(pinned, publication) == Standing.PUBLISHED) {
      return Standing.PUBLISHED;
    }
    PutCondition unchanged =
        pinned
            .version()
            .map(version -> PutCondition.matches(new ETag(version)))
            .orElseGet(PutCondition::absent);
    if (store.putIf(rootKey(), rootBytes(publication), unchanged).isPresent()) {
      return Standing.PUBLISHED;
    }
    Standing standing = standing(pinned, publication);
    if (standing == Standing.MOVED) {
      putArrays(arrays()); // as whoever published meanwhile wants them
    }
    return standing;
  }

  private void putArrays(SortedMap<NodePath, ArrayMetadata> arrays) throws IOException {
    for (Map.Entry<NodePath, ArrayMetadata> array : arrays.entrySet()) {
      ObjectPath key = location.root().resolve(array.getKey().value()).resolve(METADATA);
      putIfDifferent(key, ZarrJson.write(array.getValue().toJson()));
    }
  }

  private void putIfDifferent(ObjectPath path, byte[] bytes) throws IOException {
    boolean same = store.get(path).map(found -> Arrays.equals(found.bytes(), bytes)).orElse(false);
    if (!same) {
      store.put(path, bytes);
    }
  }

  private byte[] rootBytes(Publication publication) {
    return ZarrJson.write(publication.template().root(publication.extent()).toJson());
  }

  private ObjectPath rootKey() {
    return location.root().resolve(METADATA);
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
