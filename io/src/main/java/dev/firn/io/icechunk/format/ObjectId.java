package dev.firn.io.icechunk.format;

/**
 * The id of an object of a repository: random bytes, compared as bytes, written as {@link #text()}
 * in object names (specification, "Common Types").
 */
public sealed interface ObjectId permits SnapshotId, ManifestId, ChunkId, NodeId {
  /** The id's bytes. */
  byte[] bytes();

  /** Crockford base 32, upper case: 20 characters, 13 of a node id. */
  default String text() {
    return CrockfordBase32.encode(bytes());
  }
}
