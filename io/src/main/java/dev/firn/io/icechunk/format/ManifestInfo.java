package dev.firn.io.icechunk.format;

import java.util.Comparator;

/**
 * A manifest that a snapshot uses.
 *
 * @param id the manifest
 * @param sizeBytes the length of its file
 * @param chunkRefs the number of references in it
 */
public record ManifestInfo(ManifestId id, long sizeBytes, long chunkRefs) {
  /** The order of snapshots. */
  public static final Comparator<ManifestInfo> BY_ID = (left, right) -> left.id.compareTo(right.id);

  /** Checks the numbers. */
  public ManifestInfo {
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("Invalid manifest size " + sizeBytes);
    }
    Uint32.check("number of chunk references", chunkRefs);
  }
}
