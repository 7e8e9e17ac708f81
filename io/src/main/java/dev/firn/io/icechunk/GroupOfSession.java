package dev.firn.io.icechunk;

import dev.firn.io.Origin;
import dev.firn.io.icechunk.format.Node;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.zarr.GroupMetadata;
import dev.firn.io.zarr.NodeMetadata;
import dev.firn.io.zarr.NodePath;
import dev.firn.io.zarr.ZarrGroup;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The root group of a session. Its members are known from the snapshot, so no chunk is listed to
 * find them.
 *
 * @param nodes all groups and arrays, in the order of their paths
 * @param store the session as a store
 */
record GroupOfSession(List<Node> nodes, ObjectStore store) {

  /** The group; empty when there is none. */
  Optional<ZarrGroup> group() {
    if (nodes.isEmpty() || !(nodes.get(0) instanceof Node.GroupNode root && root.path().isRoot())) {
      return Optional.empty();
    }
    SortedMap<NodePath, NodeMetadata> members = new TreeMap<>();
    for (Node node : nodes.subList(1, nodes.size())) {
      NodePath path = new NodePath(node.path().value().substring(1));
      members.put(path, NodeMetadata.parse(node.userData().toArray(), origin(path)));
    }
    byte[] document = root.userData().toArray();
    GroupMetadata metadata = GroupMetadata.parse(document, origin(NodePath.ROOT));
    return Optional.of(ZarrGroup.of(store, metadata, members));
  }

  private Origin origin(NodePath node) {
    return Origin.of(store.url() + "/" + node.metadataKey());
  }
}
