package dev.firn.io.icechunk.format;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A group or array of a snapshot (specification, {@code NodeSnapshot}). */
public sealed interface Node {
  /** The order of snapshots. */
  Comparator<Node> BY_PATH = (left, right) -> left.path().compareTo(right.path());

  /** The id, which the node keeps for its lifetime. */
  NodeId id();

  /** Where it is in the hierarchy. */
  NodePath path();

  /** Its {@code zarr.json}. */
  Bytes userData();

  /** What later versions of the format may add; kept as it is. */
  Optional<Bytes> extra();

  /** This node elsewhere in the hierarchy. */
  Node withPath(NodePath newPath);

  /** A group. */
  record GroupNode(NodeId id, NodePath path, Bytes userData, Optional<Bytes> extra)
      implements Node {
    /** A new group. */
    public GroupNode(NodeId id, NodePath path, Bytes userData) {
      this(id, path, userData, Optional.empty());
    }

    @Override
    public GroupNode withPath(NodePath newPath) {
      return new GroupNode(id, newPath, userData, extra);
    }
  }

  /**
   * An array.
   *
   * @param dimensions its shape, none of a scalar
   * @param manifests where its chunk references are
   */
  record ArrayNode(
      NodeId id,
      NodePath path,
      Bytes userData,
      List<Dimension> dimensions,
      List<ManifestRef> manifests,
      Optional<Bytes> extra)
      implements Node {
    /** Copies the lists. */
    public ArrayNode {
      dimensions = List.copyOf(dimensions);
      manifests = List.copyOf(manifests);
    }

    /** A new array. */
    public ArrayNode(
        NodeId id,
        NodePath path,
        Bytes userData,
        List<Dimension> dimensions,
        List<ManifestRef> manifests) {
      this(id, path, userData, dimensions, manifests, Optional.empty());
    }

    /** This array with its chunk references elsewhere. */
    public ArrayNode withManifests(List<ManifestRef> newManifests) {
      return new ArrayNode(id, path, userData, dimensions, newManifests, extra);
    }

    @Override
    public ArrayNode withPath(NodePath newPath) {
      return new ArrayNode(id, newPath, userData, dimensions, manifests, extra);
    }
  }
}
