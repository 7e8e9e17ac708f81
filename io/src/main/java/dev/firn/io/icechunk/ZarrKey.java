package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.NodePath;

/** What a key of a Zarr store names. */
sealed interface ZarrKey {
  /** A metadata document's name. */
  String DOCUMENT = "zarr.json";

  /** The metadata document of a node. */
  record Document(NodePath node) implements ZarrKey {}

  /** A chunk of an array. */
  record Chunk(NodePath array, ChunkIndex index) implements ZarrKey {}

  /** Nothing that a session has. */
  record Nothing() implements ZarrKey {}
}
