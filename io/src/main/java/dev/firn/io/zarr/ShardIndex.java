package dev.firn.io.zarr;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.object.ByteRange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Where the chunks of a shard lie in it (Zarr v3 codec specification "sharding_indexed", section
 * "Binary shard format"): for each chunk, in C order, its offset and its length as unsigned 64-bit
 * integers, both 2^64 - 1 for a chunk that is not there.
 */
final class ShardIndex {
  static final int ENTRY_BYTES = 2 * Long.BYTES;

  private static final long ABSENT = -1;

  private final ByteBuffer entries;

  /** The index with these little-endian entries, which are not copied. */
  ShardIndex(ByteBuffer entries) {
    this.entries = entries.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** An index of {@code chunks} chunks of which none is there. */
  static ShardIndex ofAbsent(int chunks) {
    ByteBuffer entries = ByteBuffer.allocate(Math.multiplyExact(chunks, ENTRY_BYTES));
    while (entries.hasRemaining()) {
      entries.putLong(ABSENT);
    }
    return new ShardIndex(entries.flip());
  }

  /** Notes where {@code chunk} lies. */
  void set(int chunk, ByteRange range) {
    entries.putLong(chunk * ENTRY_BYTES, range.offset());
    entries.putLong(chunk * ENTRY_BYTES + Long.BYTES, range.lengthBytes());
  }

  /** The entries, little-endian. */
  ByteBuffer entries() {
    return entries.duplicate();
  }

  /** Where {@code chunk} lies in a shard of {@code shardBytes} bytes, empty if it is not there. */
  Optional<ByteRange> range(int chunk, long shardBytes, Origin origin) {
    long offset = entries.getLong(chunk * ENTRY_BYTES);
    long length = entries.getLong(chunk * ENTRY_BYTES + Long.BYTES);
    if (offset == ABSENT && length == ABSENT) {
      return Optional.empty();
    }
    if (offset < 0 || length < 0 || length > shardBytes - offset || length > Integer.MAX_VALUE) {
      throw new CorruptInputException(
          "read shard index",
          origin,
          "chunk "
              + chunk
              + " has "
              + Long.toUnsignedString(length)
              + " bytes at "
              + Long.toUnsignedString(offset)
              + ", the shard has "
              + shardBytes);
    }
    return Optional.of(new ByteRange(offset, length));
  }
}
