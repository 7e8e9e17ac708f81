package dev.firn.io.icechunk.format;

import dev.firn.io.icechunk.format.Checksum.ETagChecksum;
import dev.firn.io.icechunk.format.Checksum.LastModified;
import dev.firn.io.icechunk.format.ChunkRef.InlineChunk;
import dev.firn.io.icechunk.format.ChunkRef.NativeChunk;
import dev.firn.io.icechunk.format.ChunkRef.VirtualChunk;
import java.util.Arrays;
import java.util.Optional;

/** Reads the tables {@code ChunkRef} of a manifest. */
final class ChunkRefReader {
  private final FlatBytes file;
  private final Optional<LocationDictionary> dictionary;

  /** The last location read: that of the next chunk is often the same. */
  private Location last = new Location(0, 0, false, "");

  /** What the bytes of a location, plain or compressed, stand for. */
  private record Location(int at, int length, boolean compressed, String text) {}

  ChunkRefReader(FlatBytes file, Optional<LocationDictionary> dictionary) {
    this.file = file;
    this.dictionary = dictionary;
  }

  ChunkRef read(FlatTable table) {
    int id = table.position(ChunkRefTable.CHUNK_ID);
    if (id != 0) {
      return new NativeChunk(file.chunkId(id), offset(table), length(table));
    }
    if (table.has(ChunkRefTable.INLINE)) {
      return new InlineChunk(table.byteVector(ChunkRefTable.INLINE));
    }
    boolean compressed = table.has(ChunkRefTable.COMPRESSED_LOCATION);
    String location = location(file.follow(locationField(table)), compressed);
    return new VirtualChunk(location, offset(table), length(table), checksum(table));
  }

  /** The bytes at {@code at} as text; a race only makes threads read the same anew. */
  private String location(int at, boolean compressed) {
    Location known = last;
    int length = file.count(at, 1);
    if (known.length == length
        && known.compressed == compressed
        && sameBytes(at, known.at, length)) {
      return known.text;
    }
    String text = compressed ? decompress(at) : file.string(at);
    last = new Location(at, length, compressed, text);
    return text;
  }

  private boolean sameBytes(int at, int known, int length) {
    byte[] data = file.array();
    return at == known
        || (known != 0
            && Arrays.equals(data, at + 4, at + 4 + length, data, known + 4, known + 4 + length));
  }

  private String decompress(int at) {
    return dictionary
        .orElseThrow(() -> file.corrupt("a compressed location, but no dictionary"))
        .decompress(at);
  }

  /**
   * Checks all of a reference but its text.
   *
   * @return the position of its location or inline content, 0 of a native one
   */
  int check(FlatTable table) {
    length(table);
    offset(table);
    int content = 0;
    int id = table.position(ChunkRefTable.CHUNK_ID);
    if (id != 0) {
      file.chunkId(id);
    } else if (table.has(ChunkRefTable.INLINE)) {
      content = file.follow(table.position(ChunkRefTable.INLINE));
    } else {
      content = file.follow(locationField(table));
    }
    return content;
  }

  private int locationField(FlatTable table) {
    int compressed = table.position(ChunkRefTable.COMPRESSED_LOCATION);
    int field = compressed != 0 ? compressed : table.position(ChunkRefTable.LOCATION);
    if (field == 0) {
      throw file.corrupt("the reference at byte " + table.at() + " is none of the three kinds");
    }
    return field;
  }

  private static long offset(FlatTable table) {
    return table.uint63(ChunkRefTable.OFFSET);
  }

  private static long length(FlatTable table) {
    return table.uint63(ChunkRefTable.LENGTH);
  }

  private static Optional<Checksum> checksum(FlatTable table) {
    if (table.has(ChunkRefTable.ETAG)) {
      return Optional.of(new ETagChecksum(table.string(ChunkRefTable.ETAG)));
    }
    long seconds = table.uint32(ChunkRefTable.LAST_MODIFIED);
    return seconds == 0 ? Optional.empty() : Optional.of(new LastModified(seconds));
  }
}
