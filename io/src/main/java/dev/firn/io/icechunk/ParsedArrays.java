package dev.firn.io.icechunk;

import dev.firn.io.Origin;
import dev.firn.io.icechunk.format.Bytes;
import dev.firn.io.icechunk.format.Node.ArrayNode;
import dev.firn.io.icechunk.format.NodeId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The key encodings of arrays, so that a metadata document is not parsed for every chunk. */
final class ParsedArrays {
  private final Map<NodeId, Parsed> parsed = new ConcurrentHashMap<>();

  private record Parsed(Bytes document, ChunkKeys keys) {}

  ChunkKeys keys(ArrayNode array) {
    Parsed known = parsed.get(array.id());
    if (known == null || !known.document().equals(array.userData())) {
      known = new Parsed(array.userData(), parse(array));
      parsed.put(array.id(), known);
    }
    return known.keys();
  }

  private static ChunkKeys parse(ArrayNode array) {
    return ArrayDocument.parse(array.userData(), Origin.of(array.path() + "/" + ZarrKey.DOCUMENT))
        .map(ArrayDocument::keys)
        .orElseThrow(
            () -> new IllegalStateException("Array '" + array.path() + "' says it is a group"));
  }
}
