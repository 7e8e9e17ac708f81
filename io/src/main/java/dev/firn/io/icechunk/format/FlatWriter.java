package dev.firn.io.icechunk.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a FlatBuffers buffer from its end to its start, as pointers lead towards the end: what is
 * pointed to is written first. An object is named by its distance from the end. The memory is that
 * of the buffer, in blocks.
 *
 * <p>Equal field lists of tables are written once.
 */
final class FlatWriter {
  private static final int BLOCK = 1 << 16;
  private static final int MAX_SIZE = Integer.MAX_VALUE - BLOCK;

  private final List<byte[]> blocks = new ArrayList<>();
  private final List<FieldList> fieldLists = new ArrayList<>();
  private byte[] bytes = new byte[1024];
  private ByteBuffer block = littleEndian(bytes);
  private int free = bytes.length;
  private int size;
  private int largestAlignment = 4;

  /** Where the fields of a table are, and where that is written. */
  private record FieldList(ShortBuffer entries, int at) {}

  /** Writes the fields of one table, in any order, each once; the largest first saves padding. */
  final class Table {
    private final int end = size;
    private final int[] fields;

    private Table(int count) {
      fields = new int[count];
    }

    Table uint8(int field, int value, int absent) {
      if (value != absent) {
        put8(value);
        fields[field] = size;
      }
      return this;
    }

    Table uint16(int field, int value) {
      if (value != 0) {
        align(2, 0);
        put16(value);
        fields[field] = size;
      }
      return this;
    }

    Table int32(int field, int value) {
      if (value != 0) {
        align(4, 0);
        put32(value);
        fields[field] = size;
      }
      return this;
    }

    Table int64(int field, long value) {
      if (value != 0) {
        align(8, 0);
        put64(value);
        fields[field] = size;
      }
      return this;
    }

    /** A struct of bytes. */
    Table struct(int field, byte[] bytes) {
      put(bytes, 0, bytes.length);
      fields[field] = size;
      return this;
    }

    /** A pointer to an object that is written already, or nothing when {@code target} is 0. */
    Table pointer(int field, int target) {
      if (target != 0) {
        putPointer(target);
        fields[field] = size;
      }
      return this;
    }

    /** Ends the table. */
    int end() {
      align(4, 0);
      int at = Math.addExact(size, 4);
      short[] entries = entries(at);
      ShortBuffer list = ShortBuffer.wrap(entries);
      for (int i = fieldLists.size() - 1; i >= 0; i--) {
        FieldList known = fieldLists.get(i);
        if (known.entries.equals(list)) {
          put32(known.at - at);
          return at;
        }
      }
      put32(2 * entries.length);
      for (int i = entries.length - 1; i >= 0; i--) {
        put16(entries[i]);
      }
      fieldLists.add(new FieldList(list, size));
      return at;
    }

    /** The field list: its length, the table's length, and the place of each field in the table. */
    private short[] entries(int at) {
      int count = fields.length;
      while (count > 0 && fields[count - 1] == 0) {
        count--;
      }
      short[] entries = new short[count + 2];
      entries[0] = (short) (2 * entries.length);
      entries[1] = (short) (at - end);
      for (int i = 0; i < count; i++) {
        entries[i + 2] = (short) (fields[i] == 0 ? 0 : at - fields[i]);
      }
      return entries;
    }
  }

  /** Begins a table whose schema has this many fields; everything it points to is written. */
  Table table(int fieldCount) {
    return new Table(fieldCount);
  }

  /** A text; 0, which stands for an absent field, when there is none. */
  int optionalString(Optional<String> text) {
    return text.isEmpty() ? 0 : string(text.get());
  }

  /** Bytes; 0 when there are none. */
  int optionalBytes(Optional<Bytes> bytes) {
    return bytes.isEmpty() ? 0 : bytes(bytes.get().array());
  }

  int string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    align(4, utf8.length + 1);
    put8(0);
    put(utf8, 0, utf8.length);
    put32(utf8.length);
    return size;
  }

  int bytes(byte[] content) {
    return bytes(content, content.length);
  }

  /** A vector of the first {@code length} bytes of {@code content}. */
  int bytes(byte[] content, int length) {
    align(4, length);
    put(content, 0, length);
    put32(length);
    return size;
  }

  /** A vector of ids. */
  int ids(List<? extends ObjectId> ids) {
    align(4, ids.stream().mapToInt(id -> id.bytes().length).sum());
    for (int i = ids.size() - 1; i >= 0; i--) {
      byte[] id = ids.get(i).bytes();
      put(id, 0, id.length);
    }
    put32(ids.size());
    return size;
  }

  /** A vector of unsigned 16-bit numbers. */
  int uint16s(List<Integer> values) {
    align(4, 2 * values.size());
    for (int i = values.size() - 1; i >= 0; i--) {
      put16(values.get(i));
    }
    put32(values.size());
    return size;
  }

  /** The vector of a chunk's coordinates. */
  int coordinates(ChunkIndex index) {
    align(4, 0);
    for (int i = index.rank() - 1; i >= 0; i--) {
      put32(index.bits(i));
    }
    put32(index.rank());
    return size;
  }

  /** A vector of structs of two 32-bit numbers. */
  int ranges(List<ChunkRange> ranges) {
    align(4, 0);
    for (int i = ranges.size() - 1; i >= 0; i--) {
      put32((int) ranges.get(i).to());
      put32((int) ranges.get(i).from());
    }
    put32(ranges.size());
    return size;
  }

  /** A vector without elements of a struct that is aligned to this many bytes. */
  int emptyVector(int elementAlignment) {
    align(elementAlignment, 0);
    put32(0);
    return size;
  }

  /** A vector of pointers to objects that are written already. */
  int pointers(Positions targets) {
    align(4, 0);
    for (int i = targets.size() - 1; i >= 0; i--) {
      putPointer(targets.get(i));
    }
    put32(targets.size());
    return size;
  }

  /** Ends the buffer: a pointer to the root table and the identifier of all Icechunk files. */
  FlatWriter finish(int root) {
    align(largestAlignment, 8);
    put("Ichk".getBytes(StandardCharsets.US_ASCII), 0, 4);
    putPointer(root);
    return this;
  }

  /** The bytes written so far. */
  int size() {
    return size;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, free, bytes.length - free);
    for (int i = blocks.size() - 1; i >= 0; i--) {
      out.write(blocks.get(i));
    }
  }

  private void putPointer(int target) {
    align(4, 0);
    put32(size + 4 - target);
  }

  /** Pads so that after {@code following} more bytes the position is aligned. */
  private void align(int alignment, int following) {
    largestAlignment = Math.max(largestAlignment, alignment);
    for (int padding = -(size + following) & (alignment - 1); padding > 0; padding--) {
      put8(0);
    }
  }

  private void put8(int value) {
    int at = take(1);
    block.put(at, (byte) value);
  }

  private void put16(int value) {
    int at = take(2);
    block.putShort(at, (short) value);
  }

  private void put32(int value) {
    int at = take(4);
    block.putInt(at, value);
  }

  private void put64(long value) {
    int at = take(8);
    block.putLong(at, value);
  }

  private void put(byte[] bytes, int from, int length) {
    int left = length;
    while (left > 0) {
      int part = Math.min(left, free == 0 ? BLOCK : free);
      left -= part;
      int at = take(part);
      block.put(at, bytes, from + left, part);
    }
  }

  /** Makes room for bytes that do not go over the end of a block, as aligned numbers never do. */
  private int take(int length) {
    if (free == 0) {
      blocks.add(bytes);
      bytes = new byte[BLOCK];
      block = littleEndian(bytes);
      free = BLOCK;
    }
    if (size > MAX_SIZE - length) {
      throw new IllegalStateException("A file of Icechunk has at most " + MAX_SIZE + " bytes");
    }
    size += length;
    free -= length;
    return free;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
