package dev.firn.io.icechunk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.icechunk.format.ChunkIndex;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the keys of an array's chunks are written (Zarr v3 core, "Chunk key encoding").
 *
 * @param start what comes before the coordinates: {@code c}, or nothing in the way of Zarr v2
 * @param separator between the coordinates
 * @param rank the number of dimensions
 */
record ChunkKeys(String start, String separator, int rank) {
  private static final Pattern COORDINATE = Pattern.compile("0|[1-9][0-9]{0,9}");
  private static final long LARGEST = 0xFFFF_FFFFL;

  /** Reads the encoding of an array; {@code c/0/1} when it states none. */
  static ChunkKeys parse(JsonNode encoding, int rank, Origin origin) {
    String name =
        encoding.isTextual() ? encoding.asText() : encoding.path("name").asText("default");
    String separator = encoding.path("configuration").path("separator").asText("");
    return switch (name) {
      case "default" -> new ChunkKeys("c", separator.isEmpty() ? "/" : separator, rank);
      case "v2" -> new ChunkKeys("", separator.isEmpty() ? "." : separator, rank);
      default -> throw new UnsupportedFeatureException("chunk key encoding '" + name + "'", origin);
    };
  }

  /** The key of a chunk, relative to the array. */
  String key(ChunkIndex index) {
    StringBuilder key = new StringBuilder(start);
    for (int i = 0; i < rank; i++) {
      key.append(key.isEmpty() ? "" : separator).append(index.coordinate(i));
    }
    return key.isEmpty() ? "0" : key.toString();
  }

  /** The chunk of a key, relative to the array; empty when no chunk has such a key. */
  Optional<ChunkIndex> index(String key) {
    if (rank == 0) {
      return key.equals(key(ChunkIndex.of())) ? Optional.of(ChunkIndex.of()) : Optional.empty();
    }
    String before = start.isEmpty() ? "" : start + separator;
    if (!key.startsWith(before)) {
      return Optional.empty();
    }
    String[] numbers = key.substring(before.length()).split(Pattern.quote(separator), -1);
    long[] coordinates = new long[rank];
    if (numbers.length != rank) {
      return Optional.empty();
    }
    for (int i = 0; i < rank; i++) {
      if (!COORDINATE.matcher(numbers[i]).matches() || Long.parseLong(numbers[i]) > LARGEST) {
        return Optional.empty();
      }
      coordinates[i] = Long.parseLong(numbers[i]);
    }
    return Optional.of(ChunkIndex.of(coordinates));
  }
}
