package dev.firn.update;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.dataset.CoordinateSpec;
import dev.firn.dataset.Template;
import dev.firn.io.icechunk.ChunkChange;
import dev.firn.io.icechunk.Session;
import dev.firn.io.icechunk.format.Bytes;
import dev.firn.io.icechunk.format.Node;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.StoredObject;
import dev.firn.io.zarr.GroupMetadata;
import dev.firn.io.zarr.ZarrJson;
import dev.firn.update.ArchiveStore.Publication;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Puts a publication into an Icechunk session: the metadata of all nodes, coordinates, and the
 * references of shards. What is there already is not touched, so that the commit's transaction log
 * is the whole difference and nothing else.
 *
 * @param publication what readers are to see
 * @param role the store whose copies of shards count
 */
record SnapshotContent(Publication publication, StoreRole role) {

  /**
   * Puts it into {@code session}.
   *
   * @param pinned what the run was planned on
   * @param seen what readers see now
   */
  void putInto(Session session, Session pinned, Session seen) throws IOException {
    if (publication.writesMetadata()) {
      SortedMap<ObjectPath, byte[]> coordinates = coordinates(seen);
      documents(attributes(pinned, seen))
          .forEach((path, document) -> setMetadata(session, path, document));
      putCoordinates(coordinates, session.store());
    } else if (publication.ledger().isOfRun()) {
      session.setMetadata(NodePath.ROOT, document(withLedger(session)));
    }
    refs().forEach(session::setRefs);
  }

  /** The root group as it is, but for the name of its ledger. */
  private GroupMetadata withLedger(Session session) {
    ObjectNode attributes = session.group().orElseThrow().metadata().attributes();
    return GroupMetadata.of(publication.ledger().namedIn(attributes));
  }

  /** Groups below the root have nothing to say of their own. */
  private static void setMetadata(Session session, NodePath path, Bytes document) {
    boolean isKept = session.node(path).orElse(null) instanceof Node.GroupNode && !path.isRoot();
    if (!isKept) {
      session.setMetadata(path, document);
    }
  }

  /**
   * The root's attributes: the run's, but that one which it leaves as it was planned on, and which
   * others have changed since, is as they want it.
   */
  private ObjectNode attributes(Session pinned, Session seen) {
    ObjectNode attributes = publication.root().attributes();
    ObjectNode before = rootAttributes(pinned);
    ObjectNode now = rootAttributes(seen);
    Set<String> names = new TreeSet<>();
    List.of(attributes, before, now)
        .forEach(each -> each.fieldNames().forEachRemaining(names::add));
    for (String name : names) {
      boolean isTheirs = !Objects.equals(now.get(name), before.get(name));
      if (isTheirs && Objects.equals(attributes.get(name), before.get(name))) {
        attributes.remove(name);
        Optional.ofNullable(now.get(name)).ifPresent(theirs -> attributes.set(name, theirs));
      }
    }
    return attributes;
  }

  private static ObjectNode rootAttributes(Session session) {
    return session
        .group()
        .map(group -> group.metadata().attributes())
        .orElseGet(JsonNodeFactory.instance::objectNode);
  }

  /** The {@code zarr.json} of each node, groups before what is in them. */
  private SortedMap<NodePath, Bytes> documents(ObjectNode attributes) {
    Template template = publication.template();
    SortedMap<NodePath, Bytes> documents = new TreeMap<>();
    documents.put(NodePath.ROOT, document(GroupMetadata.of(attributes)));
    template
        .arrays(publication.extent())
        .forEach(
            (array, metadata) -> {
              NodePath path = ChunkPlace.node(array);
              documents.put(path, Bytes.of(ZarrJson.write(metadata.toJson())));
              putGroupsAbove(path, documents);
            });
    return documents;
  }

  private static void putGroupsAbove(NodePath path, SortedMap<NodePath, Bytes> documents) {
    Optional<NodePath> group = path.parent();
    while (group.isPresent()) {
      documents.putIfAbsent(
          group.get(), document(GroupMetadata.of(JsonNodeFactory.instance.objectNode())));
      group = group.get().parent();
    }
  }

  private static Bytes document(GroupMetadata group) {
    return Bytes.of(ZarrJson.write(group.toJson()));
  }

  /** Chunks of coordinates, but of those that are fixed and there: guards have compared them. */
  private SortedMap<ObjectPath, byte[]> coordinates(Session seen) {
    Template template = publication.template();
    SortedMap<ObjectPath, byte[]> chunks =
        template.coordinateChunks(publication.extent(), publication.ingestedSeconds());
    for (CoordinateSpec coordinate : template.fixedCoordinates()) {
      if (seen.node(new NodePath("/" + coordinate.name())).isPresent()) {
        chunks.keySet().removeIf(path -> path.value().startsWith(coordinate.name() + "/"));
      }
    }
    return chunks;
  }

  private static void putCoordinates(SortedMap<ObjectPath, byte[]> chunks, ObjectStore zarr)
      throws IOException {
    for (Map.Entry<ObjectPath, byte[]> chunk : chunks.entrySet()) {
      Optional<StoredObject> now = zarr.get(chunk.getKey());
      if (now.isEmpty() || !Arrays.equals(now.get().bytes(), chunk.getValue())) {
        zarr.put(chunk.getKey(), chunk.getValue());
      }
    }
  }

  private SortedMap<NodePath, List<ChunkChange>> refs() {
    SortedMap<NodePath, List<ChunkChange>> refs = new TreeMap<>();
    for (WrittenShard shard : publication.shards()) {
      ChunkPlace place = ChunkPlace.of(shard.variable(), shard.key());
      refs.computeIfAbsent(place.array(), array -> new ArrayList<>())
          .add(ChunkChange.set(place.index(), ChunkVersion.parse(shard.copy(role).version())));
    }
    return refs;
  }
}
