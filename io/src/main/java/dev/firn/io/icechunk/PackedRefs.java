package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.Bytes;
import dev.firn.io.icechunk.format.Checksum;
import dev.firn.io.icechunk.format.Checksum.ETagChecksum;
import dev.firn.io.icechunk.format.Checksum.LastModified;
import dev.firn.io.icechunk.format.ChunkId;
import dev.firn.io.icechunk.format.ChunkRef;
import dev.firn.io.icechunk.format.ChunkRef.InlineChunk;
import dev.firn.io.icechunk.format.ChunkRef.NativeChunk;
import dev.firn.io.icechunk.format.ChunkRef.VirtualChunk;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chunk references in few bytes each, only added to: kind, then fields, numbers in seven bits a
 * byte. The folder of a virtual location is kept once for all that share it.
 */
final class PackedRefs {
  private static final int FIRST_BLOCK_BYTES = 1 << 10;
  private static final int LARGEST_BLOCK_BYTES = 1 << 20;
  private static final int MOST_FOLDERS = 1 << 16;
  private static final int FIXED_BYTES = 64;

  private static final byte INLINE = 0;
  private static final byte NATIVE = 1;
  private static final byte VIRTUAL = 2;
  private static final byte VIRTUAL_ETAG = 3;
  private static final byte VIRTUAL_MODIFIED = 4;

  private final List<ByteBuffer> blocks = new ArrayList<>();
  private final List<String> folders = new ArrayList<>(List.of(""));
  private final Map<String, Integer> folderNumbers = new HashMap<>(Map.of("", 0));

  /** The last location added, and the last one read: that of the next chunk is often the same. */
  private Location added = new Location("", 0, utf8(""));

  private Location read = added;

  /** A location, the number of its folder, and the rest of it. */
  private record Location(String text, int folder, ByteBuffer name) {}

  /** Adds a reference: where {@link #get} finds it. */
  long add(ChunkRef ref) {
    if (ref instanceof InlineChunk inline) {
      ByteBuffer block = room(inline.content().length()).put(INLINE);
      long position = position(block);
      putBytes(block, inline.content().asBuffer());
      return position;
    }
    if (ref instanceof NativeChunk chunk) {
      ByteBuffer block = room(0).put(NATIVE);
      long position = position(block);
      block.putLong(chunk.id().high()).putInt(chunk.id().low());
      putNumber(block, chunk.offset());
      putNumber(block, chunk.lengthBytes());
      return position;
    }
    return addVirtual((VirtualChunk) ref);
  }

  private long addVirtual(VirtualChunk chunk) {
    if (!chunk.location().equals(added.text())) {
      added = location(chunk.location());
    }
    ByteBuffer name = added.name().duplicate();
    ByteBuffer etag = utf8(etag(chunk.checksum()));
    ByteBuffer block = room(name.remaining() + etag.remaining()).put(kind(chunk.checksum()));
    long position = position(block);
    putNumber(block, added.folder());
    putBytes(block, name);
    putNumber(block, chunk.offset());
    putNumber(block, chunk.lengthBytes());
    if (chunk.checksum().isPresent()) {
      if (chunk.checksum().get() instanceof LastModified modified) {
        putNumber(block, modified.epochSeconds());
      } else {
        putBytes(block, etag);
      }
    }
    return position;
  }

  private Location location(String text) {
    int folder = folder(text);
    String name = text.substring(folders.get(folder).length());
    return new Location(text, folder, utf8(name));
  }

  private static String etag(Optional<Checksum> checksum) {
    return checksum.isPresent() && checksum.get() instanceof ETagChecksum tag ? tag.value() : "";
  }

  private static byte kind(Optional<Checksum> checksum) {
    if (checksum.isEmpty()) {
      return VIRTUAL;
    }
    return checksum.get() instanceof ETagChecksum ? VIRTUAL_ETAG : VIRTUAL_MODIFIED;
  }

  /** The number of the longest known part of {@code location}: up to its last slash, or nothing. */
  private int folder(String location) {
    String folder = location.substring(0, location.lastIndexOf('/') + 1);
    Integer known = folderNumbers.get(folder);
    if (known != null) {
      return known;
    }
    if (folders.size() == MOST_FOLDERS) {
      return 0;
    }
    folders.add(folder);
    folderNumbers.put(folder, folders.size() - 1);
    return folders.size() - 1;
  }

  ChunkRef get(long position) {
    ByteBuffer block = blocks.get((int) (position >>> Integer.SIZE)).duplicate();
    block.position((int) position - 1);
    byte kind = block.get();
    return switch (kind) {
      case INLINE -> new InlineChunk(Bytes.of(bytes(block)));
      case NATIVE ->
          new NativeChunk(
              new ChunkId(block.getLong(), block.getInt()), number(block), number(block));
      default -> virtual(kind, block);
    };
  }

  private VirtualChunk virtual(byte kind, ByteBuffer block) {
    String location = location(block);
    long offset = number(block);
    long length = number(block);
    return new VirtualChunk(location, offset, length, checksum(kind, block));
  }

  /** Reads a location; a race only makes threads read the same anew. */
  private String location(ByteBuffer block) {
    int folder = (int) number(block);
    int length = (int) number(block);
    ByteBuffer name = block.slice(block.position(), length);
    block.position(block.position() + length);
    Location known = read;
    if (known.folder() != folder || !known.name().equals(name)) {
      String text = folders.get(folder) + StandardCharsets.UTF_8.decode(name.duplicate());
      known = new Location(text, folder, name);
      read = known;
    }
    return known.text();
  }

  private static Optional<Checksum> checksum(byte kind, ByteBuffer block) {
    return switch (kind) {
      case VIRTUAL_ETAG ->
          Optional.of(new ETagChecksum(new String(bytes(block), StandardCharsets.UTF_8)));
      case VIRTUAL_MODIFIED -> Optional.of(new LastModified(number(block)));
      default -> Optional.empty();
    };
  }

  /** A block with room for one reference with {@code variableBytes} besides its numbers. */
  private ByteBuffer room(int variableBytes) {
    int needed = FIXED_BYTES + variableBytes;
    if (blocks.isEmpty() || blocks.get(blocks.size() - 1).remaining() < needed) {
      int size = FIRST_BLOCK_BYTES << Math.min(blocks.size(), 10);
      blocks.add(ByteBuffer.allocate(Math.max(needed, Math.min(size, LARGEST_BLOCK_BYTES))));
    }
    return blocks.get(blocks.size() - 1);
  }

  /** The position after the byte just put, which is never 0. */
  private long position(ByteBuffer block) {
    return ((long) (blocks.size() - 1) << Integer.SIZE) | block.position();
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void putBytes(ByteBuffer block, ByteBuffer bytes) {
    putNumber(block, bytes.remaining());
    block.put(bytes);
  }

  private static byte[] bytes(ByteBuffer block) {
    byte[] bytes = new byte[(int) number(block)];
    block.get(bytes);
    return bytes;
  }

  private static void putNumber(ByteBuffer block, long number) {
    long rest = number;
    while (rest >>> 7 != 0) {
      block.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    block.put((byte) rest);
  }

  private static long number(ByteBuffer block) {
    long number = 0;
    int shift = 0;
    byte next;
    do {
      next = block.get();
      number |= (long) (next & 0x7F) << shift;
      shift += 7;
    } while (next < 0);
    return number;
  }
}
