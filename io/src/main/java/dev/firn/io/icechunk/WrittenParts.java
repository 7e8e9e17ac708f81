package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.ChunkIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The manifests of one array that others wrote for a session: parts that do not overlap. */
final class WrittenParts {
  private final List<WrittenManifest> parts = new ArrayList<>();

  void add(WrittenManifest part) {
    Extents box = new Extents(part.job().part());
    for (WrittenManifest other : parts) {
      if (box.within(new Extents(other.job().part())) != Extents.Overlap.NONE) {
        throw new IllegalArgumentException(
            "Two manifests for array "
                + part.job().array()
                + " have chunks in common: "
                + other.job().part()
                + " and "
                + part.job().part());
      }
    }
    parts.add(part);
  }

  List<WrittenManifest> all() {
    return List.copyOf(parts);
  }

  /** The part that {@code index} is in. */
  Optional<WrittenManifest> partOf(ChunkIndex index) {
    return parts.stream()
        .filter(part -> new Extents(part.job().part()).contains(index))
        .findFirst();
  }

  /** The chunks that were set or deleted, of each part ascending. */
  List<List<ChunkIndex>> changed() {
    return parts.stream().map(WrittenManifest::changed).toList();
  }
}
