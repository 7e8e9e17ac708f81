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

/** What keeps an update from damaging an archive: each guard returns why it refuses, or nothing. */
final class Guards {
  private final Template template;
  private final ArchiveStore archive;

  Guards(Template template, ArchiveStore archive) {
    this.template = template;
    this.archive = archive;
  }

  /** All guards, for an update that would make the archive {@code extent} long. */
  Optional<String> refusal(UpdateRequest request, PinnedStore pinned, long extent)
      throws IOException {
    if (pinned.version().isEmpty()) {
      return Optional.empty();
    }
    SortedMap<NodePath, ArrayMetadata> stored = archive.arrays();
    Optional<String> structure = structure(stored);
    if (structure.isPresent()) {
      return structure;
    }
    Optional<String> coordinates = fixedCoordinates(stored);
    return coordinates.isPresent() ? coordinates : overwrite(request, pinned, extent, stored);
  }

  private Optional<String> structure(SortedMap<NodePath, ArrayMetadata> stored) {
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

  private Optional<String> fixedCoordinates(SortedMap<NodePath, ArrayMetadata> stored)
      throws IOException {
    for (CoordinateSpec coordinate : template.fixedCoordinates()) {
      NodePath path = new NodePath(coordinate.name());
      if (stored.containsKey(path)) {
        ArrayValues found = archive.values(path);
        ArrayValues wanted = template.values(coordinate, 0, new double[0]);
        if (!Arrays.equals(found.toDoubles(), wanted.toDoubles())) {
          return Optional.of("coordinate '" + path + "' has other values than the dataset's");
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> overwrite(
      UpdateRequest request,
      PinnedStore pinned,
      long extent,
      SortedMap<NodePath, ArrayMetadata> stored) {
    if (request.kind() == UpdateRequest.Kind.UPDATE) {
      return Optional.empty();
    }
    if (!request.overwriteChunks() && !request.overwriteMetadata()) {
      return Optional.of(
          "the store exists; a backfill into it needs --overwrite-chunks or --overwrite-metadata");
    }
    if (extent > pinned.extent() && !(request.overwriteChunks() && request.overwriteMetadata())) {
      return Optional.of(
          "the store ends at "
              + template.spec().append().at(pinned.extent() - 1)
              + "; a backfill beyond it needs --overwrite-chunks and --overwrite-metadata");
    }
    for (NodePath path : template.arrays(1).keySet()) {
      if (!stored.containsKey(path) && !request.overwriteMetadata()) {
        return Optional.of(
            "the store has no array '"
                + path
                + "'; a backfill that adds it needs --overwrite-metadata");
      }
    }
    return Optional.empty();
  }
}
