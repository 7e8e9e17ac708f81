package dev.firn.update;

import dev.firn.dataset.CoordinateSpec;
import dev.firn.dataset.Template;
import dev.firn.io.zarr.ArrayMetadata;
import dev.firn.io.zarr.ArrayValues;
import dev.firn.io.zarr.NodePath;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Whether what a store shows is an archive of the dataset: the same arrays, but for those that are
 * still to come, and the same fixed coordinates.
 *
 * @param template the dataset's
 */
record StructureGuard(Template template) {

  /** Why it is none, if so. */
  Optional<String> refusal(ArchiveView view) throws IOException {
    Optional<String> arrays = arrays(view.arrays());
    return arrays.isPresent() ? arrays : fixedCoordinates(view);
  }

  private Optional<String> arrays(SortedMap<NodePath, ArrayMetadata> stored) {
    Map<NodePath, ArrayMetadata> wanted = template.arrays(1);
    for (Map.Entry<NodePath, ArrayMetadata> entry : stored.entrySet()) {
      ArrayMetadata array = wanted.get(entry.getKey());
      if (array == null) {
        return Optional.of(
            "the store has an array '" + entry.getKey() + "' that the dataset does not have");
      }
      Optional<String> difference = difference(entry.getValue(), array);
      if (difference.isPresent()) {
        return difference.map(what -> "array '" + entry.getKey() + "' has " + what);
      }
    }
    return Optional.empty();
  }

  private Optional<String> difference(ArrayMetadata stored, ArrayMetadata wanted) {
    if (!stored.dimensionNames().equals(wanted.dimensionNames())) {
      return differs("dimensions", names(stored), names(wanted));
    }
    if (!fixedShape(stored).equals(fixedShape(wanted))) {
      return differs("shape", fixedShape(stored), fixedShape(wanted));
    }
    if (!stored.dataType().equals(wanted.dataType())) {
      return differs("data type", stored.dataType().zarrName(), wanted.dataType().zarrName());
    }
    if (!stored.chunkShape().equals(wanted.chunkShape())) {
      return differs("chunk shape", stored.chunkShape(), wanted.chunkShape());
    }
    return stored.codecs().equals(wanted.codecs())
        ? Optional.empty()
        : differs("codecs", stored.codecs(), wanted.codecs());
  }

  private static List<String> names(ArrayMetadata array) {
    return array.dimensionNames().orElse(List.of()).stream().map(name -> name.orElse("-")).toList();
  }

  private static Optional<String> differs(String what, Object stored, Object wanted) {
    return Optional.of(what + " " + stored + ", the dataset " + wanted);
  }

  /** The shape, without its length along the append dimension if it begins with that. */
  private List<Long> fixedShape(ArrayMetadata array) {
    String append = template.spec().append().name();
    boolean grows =
        array.dimensionNames().map(names -> names.indexOf(Optional.of(append)) == 0).orElse(false);
    return grows ? array.shape().subList(1, array.shape().size()) : array.shape();
  }

  private Optional<String> fixedCoordinates(ArchiveView view) throws IOException {
    for (CoordinateSpec coordinate : template.fixedCoordinates()) {
      NodePath path = new NodePath(coordinate.name());
      if (view.arrays().containsKey(path)) {
        ArrayValues found = view.values(path);
        ArrayValues wanted = template.values(coordinate, 0, new double[0]);
        if (!Arrays.equals(found.toDoubles(), wanted.toDoubles())) {
          return Optional.of("coordinate '" + path + "' has other values than the dataset's");
        }
      }
    }
    return Optional.empty();
  }
}
