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
  private final UpdateRequest request;
  private final List<PinnedStore> pinned;

  /** Guards of {@code request} on stores that show what was {@code pinned}, the primary first. */
  Guards(Template template, UpdateRequest request, List<PinnedStore> pinned) {
    this.template = template;
    this.request = request;
    this.pinned = pinned;
  }

  /** All guards, for an update that would make the archive {@code extent} long. */
  Optional<String> refusal(StoreSet stores, long extent) throws IOException {
    for (StoreSet.Member member : stores.members(StoreSet.Order.PRIMARY_FIRST)) {
      PinnedStore store = pinned.get(member.role().number());
      Optional<String> refusal = replica(store);
      if (refusal.isEmpty() && !store.isAbsent()) {
        refusal = refusal(member.archive().view(store), store, extent);
      }
      if (refusal.isPresent()) {
        return store.role().equals(StoreRole.PRIMARY)
            ? refusal
            : refusal.map(why -> store.role() + " (" + store.url() + "): " + why);
      }
    }
    return Optional.empty();
  }

  /** A replica begins as a copy, and has at least what the primary has. */
  private Optional<String> replica(PinnedStore store) {
    PinnedStore primary = pinned.get(0);
    if (store.isAbsent() && !primary.isAbsent()) {
      return Optional.of("there is no store beside the existing primary: backfill it first");
    }
    if (primary.isAbsent() && !store.isAbsent()) {
      return Optional.of("the replica exists, its primary does not: remove it, or give it first");
    }
    if (store.extent() < primary.extent()) {
      return Optional.of(
          "it ends at " + end(store) + ", the primary at " + end(primary) + ": backfill it first");
    }
    return Optional.empty();
  }

  private String end(PinnedStore store) {
    return store.extent() == 0
        ? "its start"
        : template.spec().append().at(store.extent() - 1).toString();
  }

  private Optional<String> refusal(ArchiveView view, PinnedStore store, long extent)
      throws IOException {
    SortedMap<NodePath, ArrayMetadata> stored = view.arrays();
    Optional<String> structure = structure(stored);
    if (structure.isPresent()) {
      return structure;
    }
    Optional<String> coordinates = fixedCoordinates(view);
    return coordinates.isPresent() ? coordinates : overwrite(store, extent, stored);
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

  private Optional<String> overwrite(
      PinnedStore store, long extent, SortedMap<NodePath, ArrayMetadata> stored) {
    if (request.kind() != UpdateRequest.Kind.BACKFILL) {
      return Optional.empty();
    }
    if (!request.overwriteChunks() && !request.overwriteMetadata()) {
      return Optional.of(
          "the store exists; a backfill into it needs --overwrite-chunks or --overwrite-metadata");
    }
    if (extent > store.extent() && !(request.overwriteChunks() && request.overwriteMetadata())) {
      return Optional.of(
          "the store ends at "
              + end(store)
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
