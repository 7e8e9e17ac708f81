package dev.firn.io.icechunk.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where a node is in the hierarchy (specification, "Node Paths"): {@code /} or {@code /name/name}.
 * The natural order is that of the UTF-8 bytes, in which snapshots are sorted.
 *
 * @param value the absolute path, without trailing slash, empty segments, {@code .} and {@code ..}
 */
public record NodePath(String value) implements Comparable<NodePath> {
  /** The root group's path. */
  public static final NodePath ROOT = new NodePath("/");

  /** Each path directly before what is below it, as moves are sorted in a transaction log. */
  public static final Comparator<NodePath> BY_SEGMENT = NodePath::compareSegments;

  /** Checks the form; an invalid path cannot be built. */
  public NodePath {
    if (!value.startsWith("/")) {
      throw new IllegalArgumentException("Node path '" + value + "' does not start with /");
    }
    if (value.length() > 1) {
      for (String segment : value.substring(1).split("/", -1)) {
        if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
          throw new IllegalArgumentException(
              "Node path '" + value + "' has the segment '" + segment + "'");
        }
      }
    }
  }

  /** The path of {@code name} in this group; a name may have several segments. */
  public NodePath resolve(String name) {
    return new NodePath(isRoot() ? value + name : value + "/" + name);
  }

  /** The path of the group this node is in; empty of the root. */
  public Optional<NodePath> parent() {
    if (isRoot()) {
      return Optional.empty();
    }
    int slash = value.lastIndexOf('/');
    return Optional.of(slash == 0 ? ROOT : new NodePath(value.substring(0, slash)));
  }

  /** The last segment, empty of the root. */
  public String name() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  /** Whether this is the root. */
  public boolean isRoot() {
    return value.length() == 1;
  }

  /** Whether this path is {@code group} or below it. */
  public boolean isWithin(NodePath group) {
    return group.isRoot()
        || (value.startsWith(group.value)
            && (value.length() == group.value.length()
                || value.charAt(group.value.length()) == '/'));
  }

  /** The segments, none of the root. */
  public List<String> segments() {
    List<String> segments = new ArrayList<>();
    if (!isRoot()) {
      segments.addAll(List.of(value.substring(1).split("/", -1)));
    }
    return segments;
  }

  private static int compareSegments(NodePath left, NodePath right) {
    List<String> l = left.segments();
    List<String> r = right.segments();
    for (int i = 0; i < Math.min(l.size(), r.size()); i++) {
      int order = Utf8Order.COMPARATOR.compare(l.get(i), r.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(l.size(), r.size());
  }

  @Override
  public int compareTo(NodePath other) {
    return Utf8Order.COMPARATOR.compare(value, other.value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NodePath that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
