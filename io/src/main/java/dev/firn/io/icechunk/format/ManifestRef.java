package dev.firn.io.icechunk.format;

import java.util.List;

/**
 * A manifest of an array, and the chunks whose references it may have.
 *
 * @param id the manifest
 * @param extents the chunk coordinates, one range a dimension
 */
public record ManifestRef(ManifestId id, List<ChunkRange> extents) {
  /** Copies the list. */
  public ManifestRef {
    extents = List.copyOf(extents);
  }

  /** Whether the manifest is the one to look for {@code index} in. */
  public boolean covers(ChunkIndex index) {
    for (int i = 0; i < extents.size(); i++) {
      if (i >= index.rank() || !extents.get(i).contains(index.coordinate(i))) {
        return false;
      }
    }
    return true;
  }
}
