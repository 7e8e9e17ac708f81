package dev.firn.update;

import dev.firn.dataset.Template;
import dev.firn.io.Origin;
import dev.firn.io.object.ETag;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.PutCondition;
import dev.firn.io.object.StoredObject;
import dev.firn.io.zarr.ArrayMetadata;
import dev.firn.io.zarr.GroupMetadata;
import dev.firn.io.zarr.NodePath;
import dev.firn.io.zarr.ZarrJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An archive in Zarr v3. Readers open it through the root's consolidated metadata, so replacing the
 * root's {@code zarr.json} is the step that shows them a new extent: shards and coordinates are
 * there before it, and what lies beyond the extent it states is not seen.
 */
final class ZarrArchive implements ArchiveStore {
  private static final String METADATA = "zarr.json";

  private final ObjectStore store;
  private final StoreLocation location;

  /** The archive at {@code location}; {@code store} is its parent, and closed with it. */
  ZarrArchive(ObjectStore store, StoreLocation location) {
    this.store = store;
    this.location = location;
  }

  @Override
  public PinnedStore state(StoreRole role, Template template) throws IOException {
    while (true) {
      Optional<ETag> version = version();
      ZarrView view = ZarrView.open(store, location.root());
      if (version.equals(version())) {
        long extent = version.isPresent() ? view.length(template.spec().append().name()) : 0;
        return new PinnedStore(role, location.url(), version.map(ETag::value), extent);
      }
    }
  }

  private Optional<ETag> version() throws IOException {
    return store.stat(rootKey()).map(ObjectStat::etag);
  }

  @Override
  public ArchiveView view(PinnedStore pinned) throws IOException {
    return pinned.isAbsent()
        ? ZarrView.empty(store, location.root())
        : ZarrView.open(store, location.root());
  }

  @Override
  public void setUp(StoreRun run) {}

  @Override
  public ShardCopy put(StoreRun run, NodePath variable, ObjectPath key, List<ByteBuffer> parts)
      throws IOException {
    ObjectPath path = shardPath(variable, key);
    Optional<ObjectStat> before =
        run.pinned().isAbsent() ? Optional.empty() : store.stat(path); // unseen in a new store
    return new ShardCopy(
        run.role(), version(store.put(path, parts)), before.map(ZarrArchive::version));
  }

  private static ShardVersion version(ObjectStat stat) {
    return new ShardVersion(stat.etag().value());
  }

  @Override
  public boolean holdsAll(StoreRole role, Collection<WrittenShard> shards) throws IOException {
    for (WrittenShard shard : shards) {
      Optional<ShardVersion> found =
          store.stat(shardPath(shard.variable(), shard.key())).map(ZarrArchive::version);
      if (!found.equals(Optional.of(shard.copy(role).version()))) {
        return false;
      }
    }
    return true;
  }

  private ObjectPath shardPath(NodePath variable, ObjectPath key) {
    return location.root().resolve(variable.value()).resolve(key.value());
  }

  /** Others who have published let this run be refused, whatever shards they replaced. */
  @Override
  public List<WrittenShard> overtaken(PinnedStore at, Collection<WrittenShard> shards) {
    return List.of();
  }

  @Override
  public boolean canGoOn(StoreRun run, Template template) throws IOException {
    return version().map(ETag::value).equals(run.pinned().version());
  }

  @Override
  public Standing standing(StoreRun run, Contribution contribution) throws IOException {
    return standing(run, contribution.onPinned(run.role()));
  }

  @Override
  public Optional<String> obstacle(StoreRun run, Contribution contribution) throws IOException {
    Publication publication = contribution.onPinned(run.role());
    return isShortened(run, publication)
        ? Optional.of("it would become shorter, " + publication.extent() + " long")
        : Optional.empty();
  }

  private static boolean isShortened(StoreRun run, Publication publication) {
    return publication.writesMetadata() && run.pinned().extent() > publication.extent();
  }

  private Standing standing(StoreRun run, Publication publication) throws IOException {
    Optional<StoredObject> root = store.get(rootKey());
    if (root.map(object -> object.stat().etag().value()).equals(run.pinned().version())) {
      return isShortened(run, publication) ? Standing.MOVED : Standing.PINNED;
    }
    return root.filter(found -> isWanted(found, publication)).isPresent()
        ? Standing.PUBLISHED
        : Standing.MOVED;
  }

  private boolean isWanted(StoredObject root, Publication publication) {
    return writesRoot(publication)
        && Arrays.equals(root.bytes(), rootBytes(publication, Optional.of(root)));
  }

  private static boolean writesRoot(Publication publication) {
    return publication.writesMetadata() || publication.ledger().isOfRun();
  }

  /**
   * Puts the coordinates, each on condition of what was there before the standing was asked for: a
   * slow attempt never puts them over those of a later update.
   */
  @Override
  public void prepare(StoreRun run, Contribution contribution) throws IOException {
    Publication publication = contribution.onPinned(run.role());
    contribution.putLedger(run.role(), publication);
    if (!publication.writesMetadata()) {
      return;
    }
    SortedMap<ObjectPath, byte[]> chunks =
        publication
            .template()
            .coordinateChunks(publication.extent(), publication.ingestedSeconds());
    boolean allPut = false;
    while (!allPut) {
      Map<ObjectPath, PutCondition> differing = differing(chunks);
      if (standing(run, publication) != Standing.PINNED) {
        return;
      }
      allPut = true;
      for (Map.Entry<ObjectPath, PutCondition> chunk : differing.entrySet()) {
        byte[] bytes = chunks.get(chunk.getKey());
        allPut &= store.putIf(inStore(chunk.getKey()), bytes, chunk.getValue()).isPresent();
      }
    }
  }

  private Map<ObjectPath, PutCondition> differing(SortedMap<ObjectPath, byte[]> chunks)
      throws IOException {
    Map<ObjectPath, PutCondition> differing = new TreeMap<>();
    for (Map.Entry<ObjectPath, byte[]> chunk : chunks.entrySet()) {
      Optional<StoredObject> found = store.get(inStore(chunk.getKey()));
      if (found.isEmpty()) {
        differing.put(chunk.getKey(), PutCondition.absent());
      } else if (!Arrays.equals(found.get().bytes(), chunk.getValue())) {
        differing.put(chunk.getKey(), PutCondition.matches(found.get().stat().etag()));
      }
    }
    return differing;
  }

  private ObjectPath inStore(ObjectPath key) {
    return location.root().resolve(key.value());
  }

  @Override
  public Standing publish(StoreRun run, Contribution contribution) throws IOException {
    return publish(run, contribution.onPinned(run.role()));
  }

  private Standing publish(StoreRun run, Publication publication) throws IOException {
    Standing before = standing(run, publication);
    if (before != Standing.PINNED) {
      return before;
    }
    Optional<StoredObject> root = store.get(rootKey());
    if (!writesRoot(publication)
        || root.filter(found -> isWanted(found, publication)).isPresent()) {
      return Standing.PUBLISHED; // the root is to stay as it is
    }
    if (publication.writesMetadata()) {
      putArrays(publication.template().arrays(publication.extent()));
    }
    PutCondition unchanged =
        run.pinned()
            .version()
            .map(version -> PutCondition.matches(new ETag(version)))
            .orElseGet(PutCondition::absent);
    if (store.putIf(rootKey(), rootBytes(publication, root), unchanged).isPresent()) {
      return Standing.PUBLISHED;
    }
    Standing standing = standing(run, publication);
    if (standing == Standing.MOVED) {
      putArrays(ZarrView.open(store, location.root()).arrays()); // as the other wants them
    }
    return standing;
  }

  private void putArrays(SortedMap<NodePath, ArrayMetadata> arrays) throws IOException {
    for (Map.Entry<NodePath, ArrayMetadata> array : arrays.entrySet()) {
      ObjectPath key = location.root().resolve(array.getKey().value()).resolve(METADATA);
      byte[] bytes = ZarrJson.write(array.getValue().toJson());
      boolean same = store.get(key).map(found -> Arrays.equals(found.bytes(), bytes)).orElse(false);
      if (!same) {
        store.put(key, bytes);
      }
    }
  }

  /** The root that is wanted; without metadata, the one that is there with its ledger's name. */
  private byte[] rootBytes(Publication publication, Optional<StoredObject> found) {
    if (publication.writesMetadata()) {
      return ZarrJson.write(publication.root().toJson());
    }
    Origin origin = Origin.of(store.url() + "/" + rootKey());
    GroupMetadata root = GroupMetadata.parse(found.orElseThrow().bytes(), origin);
    return ZarrJson.write(
        new GroupMetadata(publication.ledger().namedIn(root.attributes()), root.consolidated())
            .toJson());
  }

  private ObjectPath rootKey() {
    return location.root().resolve(METADATA);
  }

  @Override
  public void cleanUp(StoreRun run) {}

  @Override
  public void close() throws IOException {
    store.close();
  }
}
