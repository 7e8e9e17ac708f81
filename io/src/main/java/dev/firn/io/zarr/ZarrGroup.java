package dev.firn.io.zarr;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A group of a store and all nodes below it. The store stays the caller's to close. */
public final class ZarrGroup {
  private final ObjectStore store;
  private final ObjectPath root;
  private final GroupMetadata metadata;
  private final SortedMap<NodePath, NodeMetadata> members;

  private ZarrGroup(
      ObjectStore store,
      ObjectPath root,
      GroupMetadata metadata,
      SortedMap<NodePath, NodeMetadata> members) {
    this.store = store;
    this.root = root;
    this.metadata = metadata;
    this.members = Collections.unmodifiableSortedMap(members);
  }

  /**
   * The group at {@code root}, or empty when there is no metadata document. Its members come from
   * its consolidated metadata or, where it has none, from a listing of the store.
   *
   * @throws CorruptInputException when a document breaks the specification, or is that of an array
   * @throws dev.firn.io.UnsupportedFeatureException when a document uses something Firn does not
   *     know
   */
  public static Optional<ZarrGroup> open(ObjectStore store, ObjectPath root) throws IOException {
    ObjectPath key = root.resolve(NodePath.ROOT.metadataKey().value());
    Optional<StoredObject> document = store.get(key);
    if (document.isEmpty()) {
      return Optional.empty();
    }
    GroupMetadata metadata = GroupMetadata.parse(document.get().bytes(), origin(store, key));
    SortedMap<NodePath, NodeMetadata> members =
        metadata.consolidated().isPresent() ? metadata.consolidated().get() : listed(store, root);
    return Optional.of(new ZarrGroup(store, root, metadata, members));
  }

  /**
   * The group at the root of a store whose documents were read already.
   *
   * @param members all nodes below the group
   */
  public static ZarrGroup of(
      ObjectStore store, GroupMetadata metadata, SortedMap<NodePath, NodeMetadata> members) {
    return new ZarrGroup(store, ObjectPath.ROOT, metadata, new TreeMap<>(members));
  }

  private static SortedMap<NodePath, NodeMetadata> listed(ObjectStore store, ObjectPath root)
      throws IOException {
    String documentName = NodePath.ROOT.metadataKey().value();
    SortedMap<NodePath, NodeMetadata> members = new TreeMap<>();
    for (ObjectStat stat : store.list(root)) {
      Optional<NodePath> node = parent(below(root, stat.path()));
      if (stat.path().name().equals(documentName) && node.isPresent()) {
        Optional<StoredObject> document = store.get(stat.path());
        if (document.isPresent()) {
          Origin origin = origin(store, stat.path());
          members.put(node.get(), NodeMetadata.parse(document.get().bytes(), origin));
        }
      }
    }
    return members;
  }

  /** What errors name: the store and the key. */
  static Origin origin(ObjectStore store, ObjectPath key) {
    return Origin.of(store.url() + "/" + key);
  }

  public GroupMetadata metadata() {
    return metadata;
  }

  /** All nodes below the group, however deep, by their path from it. */
  public SortedMap<NodePath, NodeMetadata> members() {
    return members;
  }

  /**
   * One of the arrays.
   *
   * @throws IllegalArgumentException when there is no array at {@code path}
   */
  public ZarrArray array(NodePath path) {
    if (members.get(path) instanceof ArrayMetadata array) {
      return ZarrArray.of(store, root.resolve(path.value()), array);
    }
    throw new IllegalArgumentException(
        "Cannot open array '"
            + path
            + "' of "
            + origin(store, root)
            + ": the group has none there");
  }

  /**
   * All arrays with the number and length of their stored chunks, from one listing of the store.
   */
  public List<ArraySummary> summaries() throws IOException {
    Map<NodePath, Long> objects = new HashMap<>();
    Map<NodePath, Long> bytes = new HashMap<>();
    for (ObjectStat stat : store.list(root)) {
      Optional<NodePath> array = arrayOf(below(root, stat.path()));
      if (array.isPresent() && !stat.path().equals(metadataKey(array.get()))) {
        objects.merge(array.get(), 1L, Long::sum);
        bytes.merge(array.get(), stat.sizeBytes(), Long::sum);
      }
    }
    List<ArraySummary> summaries = new ArrayList<>();
    members.forEach(
        (path, member) -> {
          if (member instanceof ArrayMetadata array) {
            long count = objects.getOrDefault(path, 0L);
            summaries.add(new ArraySummary(path, array, count, bytes.getOrDefault(path, 0L)));
          }
        });
    return List.copyOf(summaries);
  }

  private ObjectPath metadataKey(NodePath node) {
    return root.resolve(node.metadataKey().value());
  }

  /** The array that an object belongs to. */
  private Optional<NodePath> arrayOf(ObjectPath object) {
    Optional<NodePath> node = parent(object);
    while (node.isPresent() && !(members.get(node.get()) instanceof ArrayMetadata)) {
      node = parent(node.get().objectPath());
    }
    return node;
  }

  private static ObjectPath below(ObjectPath root, ObjectPath path) {
    int start = root.value().isEmpty() ? 0 : root.value().length() + 1;
    return new ObjectPath(path.value().substring(Math.min(start, path.value().length())));
  }

  /** The path without its last name; empty for what lies in the root. */
  private static Optional<NodePath> parent(ObjectPath path) {
    int slash = path.value().lastIndexOf('/');
    return slash < 0
        ? Optional.empty()
        : Optional.of(new NodePath(path.value().substring(0, slash)));
  }
}
