package dev.firn.io.zarr;

import dev.firn.io.object.ObjectPath;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.Locale;

/**
 * Where a node is below the root of a hierarchy: names joined by {@code /}, empty for the root
 * (Zarr v3 core, section "Hierarchy"). The natural order is that of consolidated metadata as
 * zarr-python writes it: by depth, then by name without regard to case.
 *
 * @param value the path without leading or trailing slash
 */
public record NodePath(String value) implements Comparable<NodePath> {
  /** The root of a hierarchy. */
  public static final NodePath ROOT = new NodePath("");

  private static final String METADATA_NAME = "zarr.json";
  private static final Comparator<NodePath> ORDER =
      Comparator.comparing(NodePath::depth)
          .thenComparing(NodePath::folded)
          .thenComparing(NodePath::value);

  /** Checks the form; an invalid path cannot be built. */
  public NodePath {
    new ObjectPath(value);
  }

  /** The store key of the node's metadata document. */
  public ObjectPath metadataKey() {
    return objectPath().resolve(METADATA_NAME);
  }

  /** The prefix of the node's store keys. */
  public ObjectPath objectPath() {
    return new ObjectPath(value);
  }

  /** The node {@code relative} below this one. */
  public NodePath resolve(NodePath relative) {
    return new NodePath(objectPath().resolve(relative.value).value());
  }

  private long depth() {
    return value.chars().filter(c -> c == '/').count();
  }

  private String folded() {
    return Normalizer.normalize(value, Normalizer.Form.NFKC)
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }

  @Override
  public int compareTo(NodePath other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return value.isEmpty() ? "/" : value;
  }
}
