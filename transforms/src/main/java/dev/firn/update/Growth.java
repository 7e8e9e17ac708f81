package dev.firn.update;

import dev.firn.dataset.Template;
import dev.firn.io.Origin;
import dev.firn.io.icechunk.Session;
import dev.firn.io.icechunk.format.Node;
import dev.firn.io.icechunk.format.Node.ArrayNode;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.zarr.ArrayMetadata;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether others, who committed since a run was planned, let the archive only grow along its append
 * dimension: then the run can go on top of what they did, as far as metadata are concerned.
 *
 * @param before what the run was planned on
 * @param now what readers see
 * @param template the dataset's
 */
record Growth(Session before, Session now, Template template) {

  /** What they did beside that, if anything. */
  Optional<String> obstacle() throws IOException {
    SortedMap<NodePath, ArrayNode> old = arrays(before);
    SortedMap<NodePath, ArrayNode> found = arrays(now);
    SortedSet<NodePath> all = new TreeSet<>(old.keySet());
    all.addAll(found.keySet());
    for (NodePath path : all) {
      Optional<String> change =
          change(Optional.ofNullable(old.get(path)), Optional.ofNullable(found.get(path)));
      if (change.isPresent()) {
        return change.map(what -> "array '" + path.value().substring(1) + "' " + what);
      }
    }
    return touchesFixedCoordinates(old, found)
        ? new StructureGuard(template).refusal(IcechunkArchive.view(now))
        : Optional.empty();
  }

  private static SortedMap<NodePath, ArrayNode> arrays(Session session) {
    SortedMap<NodePath, ArrayNode> arrays = new TreeMap<>();
    for (Node node : session.nodes()) {
      if (node instanceof ArrayNode array) {
        arrays.put(array.path(), array);
      }
    }
    return arrays;
  }

  private Optional<String> change(Optional<ArrayNode> was, Optional<ArrayNode> found) {
    if (was.isEmpty() || found.isEmpty()) {
      return Optional.of(found.isEmpty() ? "was removed" : "was added");
    }
    if (was.get().userData().equals(found.get().userData())) {
      return Optional.empty();
    }
    ArrayMetadata old = metadata(was.get());
    ArrayMetadata grown = metadata(found.get());
    if (!old.equals(withLength(grown, old.shape())) || !isAlongAppend(old)) {
      return Optional.of("has other metadata");
    }
    long length = grown.shape().get(0);
    return length >= old.shape().get(0) && length <= IcechunkArchive.length(now, template)
        ? Optional.empty()
        : Optional.of("has another length than the others");
  }

  /** The array with the length that another one has along the first dimension. */
  private static ArrayMetadata withLength(ArrayMetadata array, List<Long> shape) {
    if (array.shape().isEmpty() || shape.isEmpty()) {
      return array;
    }
    long[] lengths = array.shape().stream().mapToLong(Long::longValue).toArray();
    lengths[0] = shape.get(0);
    return array.withShape(lengths);
  }

  private boolean isAlongAppend(ArrayMetadata array) {
    Optional<String> append = Optional.of(template.spec().append().name());
    return array.dimensionNames().map(names -> names.indexOf(append) == 0).orElse(false);
  }

  private static ArrayMetadata metadata(ArrayNode array) {
    return ArrayMetadata.parse(array.userData().toArray(), Origin.of(array.path().value()));
  }

  /** Where manifests are what they were, so are chunks, and nothing needs to be read. */
  private boolean touchesFixedCoordinates(
      Map<NodePath, ArrayNode> old, Map<NodePath, ArrayNode> found) {
    return template.fixedCoordinates().stream()
        .map(coordinate -> new NodePath("/" + coordinate.name()))
        .filter(old::containsKey)
        .anyMatch(path -> !old.get(path).manifests().equals(found.get(path).manifests()));
  }
}
