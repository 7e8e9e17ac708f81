package dev.firn.io.netcdf;

import io.jhdf.filter.BitShuffleFilter;
import io.jhdf.filter.Filter;
import io.jhdf.filter.Lz4Filter;
import io.jhdf.filter.LzfFilter;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import java.nio.ByteBuffer;
import java.util.Map;

/** The registered filters that jhdf undoes. */
final class LibraryFilters {
  private static final int LZF = 32000;
  private static final int LZ4 = 32004;
  private static final int BITSHUFFLE = 32008;
  private static final int BITSHUFFLE_WITH_LZ4 = 2;
  private static final int FRAME_HEADER_BYTES = 12;
  private static final Map<Integer, Filter> FILTERS =
      Map.of(LZF, new LzfFilter(), LZ4, new Lz4Filter(), BITSHUFFLE, new BitShuffleFilter());

  private LibraryFilters() {}

  static boolean handles(int id) {
    return FILTERS.containsKey(id);
  }

  /** Undoes a filter, of whose output {@code length} bytes are expected. */
  static ByteBuffer decode(FilterInfo filter, byte[] bytes, int length) {
    int[] data = filter.getData();
    if (filter.getId() == LZF) {
      check(data[2] == length, "it is to have %d bytes, not %d", data[2], length);
    } else if (filter.getId() == LZ4 || data[4] == BITSHUFFLE_WITH_LZ4) {
      checkFrame(ByteBuffer.wrap(bytes), length);
    }
    return ByteBuffer.wrap(FILTERS.get(filter.getId()).decode(bytes, data));
  }

  /** What the library allocates is what these lengths say. */
  private static void checkFrame(ByteBuffer frame, int length) {
    check(frame.remaining() >= FRAME_HEADER_BYTES, "it has %d bytes of %d", frame.remaining(), 12);
    long declared = frame.getLong();
    check(declared == length, "it is to have %d bytes, not %d", declared, length);
    int blockBytes = frame.getInt();
    check(blockBytes > 0 && blockBytes <= Math.max(length, 1 << 20), "block of %d", blockBytes, 0);
    long blocks = Math.max(1, declared / blockBytes);
    for (long i = 0; i < blocks; i++) {
      int compressed = frame.getInt();
      check(compressed >= 0, "block of %d", compressed, 0);
      check(compressed <= frame.remaining(), "%d bytes of %d", compressed, frame.remaining());
      frame.position(frame.position() + compressed);
    }
  }

  private static void check(boolean holds, String message, long found, long expected) {
    if (!holds) {
      throw new IllegalArgumentException(message.formatted(found, expected));
    }
  }
}
