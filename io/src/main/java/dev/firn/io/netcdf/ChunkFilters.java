package dev.firn.io.netcdf;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.ByteShuffle;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The filters of a variable (HDF5 format specification, IV.A.2.l), undone for one chunk after the
 * other. Buffers are used again.
 */
final class ChunkFilters {
  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;
  private static final int FLETCHER32 = 3;
  private static final int CHECKSUM_BYTES = 4;
  private static final long LARGEST_RATIO = 1032;

  private final List<FilterInfo> filters;
  private final int chunkBytes;
  private final String owner;
  private final Inflater inflater = new Inflater();
  private byte[] first = new byte[0];
  private byte[] second = new byte[0];

  ChunkFilters(List<FilterInfo> filters, int chunkBytes, String owner) {
    this.filters = List.copyOf(filters);
    this.chunkBytes = chunkBytes;
    this.owner = owner;
  }

  /** The filters' names, in the order they were applied. */
  static List<String> names(List<FilterInfo> filters) {
    return filters.stream().map(ChunkFilters::name).toList();
  }

  private static String name(FilterInfo filter) {
    return switch (filter.getId()) {
      case DEFLATE -> filter.getData().length > 0 ? "deflate " + filter.getData()[0] : "deflate";
      case SHUFFLE -> "shuffle";
      case FLETCHER32 -> "fletcher32";
      case 4 -> "szip";
      case 5 -> "nbit";
      case 6 -> "scaleoffset";
      case 32000 -> "lzf";
      case 32001 -> "blosc";
      case 32004 -> "lz4";
      case 32008 -> "bitshuffle";
      case 32015 -> "zstd";
      default -> "filter " + filter.getId();
    };
  }

  /**
   * The values of a chunk, in a buffer that is good until the next call.
   *
   * @param stored as it is in the file
   * @param skipped the filters that were not applied to this chunk
   * @param place of the chunk
   */
  ByteBuffer decode(ByteBuffer stored, BitSet skipped, String chunk, Origin place) {
    checkSize(stored.remaining(), chunk, place);
    ByteBuffer bytes = stored;
    for (int i = filters.size() - 1; i >= 0; i--) {
      if (!skipped.get(i)) {
        bytes = undo(i, bytes, skipped, new Undoing(chunk, place));
      }
    }
    if (bytes.remaining() != chunkBytes) {
      throw new Undoing(chunk, place)
          .corrupt("read", "it has %d bytes, not %d".formatted(bytes.remaining(), chunkBytes));
    }
    return bytes;
  }

  private void checkSize(int storedBytes, String chunk, Origin place) {
    if (chunkBytes / LARGEST_RATIO > storedBytes) {
      throw new Undoing(chunk, place)
          .corrupt("read", "%d bytes cannot hold its %d".formatted(storedBytes, chunkBytes));
    }
  }

  /** Names the chunk in errors. */
  private final class Undoing {
    private final String chunk;
    private final Origin place;

    Undoing(String chunk, Origin place) {
      this.chunk = chunk;
      this.place = place;
    }

    String named() {
      return "chunk " + chunk + " of " + owner;
    }

    CorruptInputException corrupt(String verb, String detail) {
      return new CorruptInputException(verb + " " + named(), place, detail);
    }
  }

  private ByteBuffer undo(int number, ByteBuffer bytes, BitSet skipped, Undoing undoing) {
    FilterInfo filter = filters.get(number);
    int length = chunkBytes + CHECKSUM_BYTES * checksumsBefore(number, skipped);
    return switch (filter.getId()) {
      case DEFLATE -> inflate(bytes, length, undoing);
      case SHUFFLE -> unshuffle(bytes, filter, undoing);
      case FLETCHER32 -> verified(bytes, undoing);
      default -> byLibrary(filter, bytes, length, undoing);
    };
  }

  private ByteBuffer byLibrary(FilterInfo filter, ByteBuffer bytes, int length, Undoing undoing) {
    if (!LibraryFilters.handles(filter.getId())) {
      throw new UnsupportedFeatureException(
          "HDF5 filter %d (%s) of %s".formatted(filter.getId(), name(filter), owner),
          undoing.place);
    }
    byte[] input = new byte[bytes.remaining()];
    bytes.duplicate().get(input);
    return LibraryCall.ask(
        "undo filter " + name(filter) + " of " + undoing.named(),
        undoing.place,
        () -> LibraryFilters.decode(filter, input, length));
  }

  private int checksumsBefore(int number, BitSet skipped) {
    int count = 0;
    for (int i = 0; i < number; i++) {
      if (filters.get(i).getId() == FLETCHER32 && !skipped.get(i)) {
        count++;
      }
    }
    return count;
  }

  /** One of two buffers in turn: the other may hold what is read now. */
  private byte[] spare(int length) {
    byte[] kept = second;
    second = first;
    first = kept.length < length ? new byte[length] : kept;
    return first;
  }

  private ByteBuffer inflate(ByteBuffer bytes, int length, Undoing undoing) {
    byte[] out = spare(length + 1);
    inflater.reset();
    inflater.setInput(bytes.duplicate());
    try {
      int count = 0;
      while (count <= length && !inflater.finished()) {
        int more = inflater.inflate(out, count, length + 1 - count);
        if (more == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          break;
        }
        count += more;
      }
      if (!inflater.finished() || count != length) {
        throw undoing.corrupt(
            "inflate",
            "it has %d bytes%s, not %d"
                .formatted(count, inflater.finished() ? "" : " or more, and no end", length));
      }
    } catch (DataFormatException e) {
      throw undoing.corrupt("inflate", String.valueOf(e.getMessage()));
    }
    return ByteBuffer.wrap(out, 0, length).slice();
  }

  private ByteBuffer unshuffle(ByteBuffer bytes, FilterInfo filter, Undoing undoing) {
    int width = filter.getData().length > 0 ? filter.getData()[0] : 0;
    if (width <= 0) {
      throw undoing.corrupt("unshuffle", "its values have " + width + " bytes");
    }
    int length = bytes.remaining();
    ByteBuffer out = ByteBuffer.wrap(spare(length), 0, length).slice();
    ByteShuffle.unshuffle(fromStart(bytes), out, width);
    return out;
  }

  /** An array that the bytes are at the start of. */
  private static byte[] fromStart(ByteBuffer bytes) {
    if (bytes.hasArray() && bytes.arrayOffset() + bytes.position() == 0) {
      return bytes.array();
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return copy;
  }

  private static ByteBuffer verified(ByteBuffer bytes, Undoing undoing) {
    int length = bytes.remaining() - CHECKSUM_BYTES;
    if (length < 0) {
      throw undoing.corrupt("verify", "it has no checksum");
    }
    ByteBuffer values = bytes.slice(0, length);
    int stored = Integer.reverseBytes(bytes.slice(length, CHECKSUM_BYTES).getInt());
    int computed = Fletcher32.of(values);
    // Libraries before 1.6.3 swapped the bytes of both sums where they were little-endian.
    int swapped = Integer.reverseBytes(Integer.rotateLeft(computed, Short.SIZE));
    if (stored != computed && stored != swapped) {
      throw undoing.corrupt(
          "verify", "its fletcher32 checksum is %08x, not %08x".formatted(computed, stored));
    }
    return values;
  }
}
