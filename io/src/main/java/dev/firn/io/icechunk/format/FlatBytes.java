package dev.firn.io.icechunk.format;

import dev.firn.io.Origin;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * A FlatBuffers buffer from which every read is checked: outside of it there is nothing but an
 * {@link IcechunkException}. Little-endian.
 *
 * <p>Objects of the buffer may be shared, so that a small one can stand for a huge structure; what
 * is copied out of it is charged to an allowance, a multiple of its length.
 */
final class FlatBytes {
  private static final VarHandle SHORT = view(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT = view(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG = view(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT_BIG_ENDIAN = view(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG_BIG_ENDIAN = view(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int ALLOWANCE_FACTOR = 32;
  private static final int ALLOWANCE_BASE = 1 << 16;

  private final byte[] data;
  private final FileType type;
  private final Origin origin;
  private long allowance;

  FlatBytes(byte[] data, FileType type, Origin origin) {
    this.data = data;
    this.type = type;
    this.origin = origin;
    this.allowance = (long) ALLOWANCE_FACTOR * data.length + ALLOWANCE_BASE;
  }

  private static VarHandle view(Class<?> type, ByteOrder order) {
    return MethodHandles.byteArrayViewVarHandle(type, order);
  }

  /** The table that the buffer begins with a pointer to. */
  FlatTable root() {
    return FlatTable.at(this, follow(0));
  }

  int length() {
    return data.length;
  }

  byte[] array() {
    return data;
  }

  int uint8(int at) {
    check(at, 1);
    return data[at] & 0xFF;
  }

  int uint16(int at) {
    check(at, 2);
    return (short) SHORT.get(data, at) & 0xFFFF;
  }

  int int32(int at) {
    check(at, 4);
    return (int) INT.get(data, at);
  }

  long uint32(int at) {
    return Integer.toUnsignedLong(int32(at));
  }

  long int64(int at) {
    check(at, 8);
    return (long) LONG.get(data, at);
  }

  int int32BigEndian(int at) {
    check(at, 4);
    return (int) INT_BIG_ENDIAN.get(data, at);
  }

  long int64BigEndian(int at) {
    check(at, 8);
    return (long) LONG_BIG_ENDIAN.get(data, at);
  }

  SnapshotId snapshotId(int at) {
    return new SnapshotId(int64BigEndian(at), int32BigEndian(at + 8));
  }

  ManifestId manifestId(int at) {
    return new ManifestId(int64BigEndian(at), int32BigEndian(at + 8));
  }

  ChunkId chunkId(int at) {
    return new ChunkId(int64BigEndian(at), int32BigEndian(at + 8));
  }

  NodeId nodeId(int at) {
    return new NodeId(int64BigEndian(at));
  }

  /** The target of the pointer at {@code at}. */
  int follow(int at) {
    long target = at + uint32(at);
    if (target > data.length - 4L) {
      throw corrupt("the pointer at byte " + at + " leads out of " + data.length + " bytes");
    }
    return (int) target;
  }

  /** The text that starts with its length at {@code at}. */
  String string(int at) {
    int length = count(at, 1);
    charge(length);
    String text = new String(data, at + 4, length, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') >= 0) {
      checkUtf8(at + 4, length);
    }
    return text;
  }

  private void checkUtf8(int at, int length) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data, at, length));
    } catch (CharacterCodingException broken) {
      throw new IcechunkException(
          type.label(), origin, "the text at byte " + at + " is not UTF-8", broken);
    }
  }

  /** The bytes that start with their number at {@code at}. */
  Bytes bytes(int at) {
    int length = count(at, 1);
    charge(length);
    return Bytes.of(slice(at + 4, length));
  }

  byte[] slice(int at, int length) {
    check(at, length);
    byte[] copy = new byte[length];
    System.arraycopy(data, at, copy, 0, length);
    return copy;
  }

  /** The number of elements of the vector at {@code at}, which the buffer has all of. */
  int count(int at, int elementBytes) {
    long count = uint32(at);
    if (count * elementBytes > data.length - 4L - at) {
      throw corrupt(
          "the vector at byte "
              + at
              + " has "
              + count
              + " elements of "
              + elementBytes
              + " bytes, more than is left of "
              + data.length);
    }
    return (int) count;
  }

  /** Counts {@code amount} bytes that are kept against the allowance. */
  void charge(long amount) {
    allowance -= amount;
    if (allowance < 0) {
      throw corrupt(
          "its "
              + data.length
              + " bytes unfold to more than "
              + ALLOWANCE_FACTOR
              + " times as many");
    }
  }

  /** From here on nothing is charged: what is read is read by and by. */
  FlatBytes withoutAllowance() {
    allowance = Long.MAX_VALUE;
    return this;
  }

  private void check(int at, int length) {
    if (at < 0 || at > data.length - length) {
      throw corrupt(length + " bytes at byte " + at + " are not within " + data.length);
    }
  }

  IcechunkException corrupt(String detail) {
    return new IcechunkException(type.label(), origin, detail);
  }

  /** What {@code read} gives; values that cannot be are errors of this file. */
  <T> T read(Supplier<T> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException invalid) {
      throw new IcechunkException(type.label(), origin, invalid.getMessage(), invalid);
    }
  }
}
