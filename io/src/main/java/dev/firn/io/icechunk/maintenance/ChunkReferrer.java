package dev.firn.io.icechunk.maintenance;

import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.ManifestId;
import dev.firn.io.icechunk.format.NodePath;

/** A chunk reference, as findings name it. */
record ChunkReferrer(ManifestId manifest, NodePath array, ChunkIndex chunk) {
  @Override
  public String toString() {
    return "manifest " + manifest + ", array " + array + ", chunk " + chunk;
  }
}
