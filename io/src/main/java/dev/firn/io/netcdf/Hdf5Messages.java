package dev.firn.io.netcdf;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Finds a message in an object header (HDF5 format specification, IV.A.1) with its bytes, of which
 * jhdf keeps only what it makes of them: not where a shared message is, and not all of a layout.
 */
final class Hdf5Messages {
  private static final int CONTINUATION = 0x10;
  private static final int MOST_BLOCKS = 1 << 12;
  private static final int SIGNATURE = 0x5244484F; // OHDR

  private final HdfBackingStorage storage;
  private final Origin origin;
  private final Deque<ByteBuffer> blocks = new ArrayDeque<>();
  private boolean isVersion1;
  private boolean hasOrder;

  private Hdf5Messages(HdfBackingStorage storage, Origin origin) {
    this.storage = storage;
    this.origin = origin;
  }

  /** The data of the first message of a type in the header at {@code address}. */
  static Optional<ByteBuffer> find(
      HdfBackingStorage storage, long address, int type, Origin origin) {
    Hdf5Messages messages = new Hdf5Messages(storage, origin);
    try {
      messages.blocks.add(messages.firstBlock(address));
      for (int left = MOST_BLOCKS; left > 0 && !messages.blocks.isEmpty(); left--) {
        Optional<ByteBuffer> found = messages.search(messages.blocks.remove(), type);
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    } catch (BufferUnderflowException
        | IndexOutOfBoundsException
        | IllegalArgumentException
        | ArithmeticException e) {
      throw new CorruptInputException(
          "read object header", Origin.of(origin.name(), address), "it does not end", e);
    }
  }

  private ByteBuffer firstBlock(long address) {
    ByteBuffer start =
        storage.map(address, Math.min(32, storage.size() - storage.getUserBlockSize() - address));
    isVersion1 = start.get(0) == 1;
    if (isVersion1) {
      return storage.map(address + 16, start.getInt(8));
    }
    if (start.getInt(0) != SIGNATURE) {
      throw new CorruptInputException(
          "read object header", Origin.of(origin.name(), address), "it has no signature");
    }
    int flags = start.get(5);
    hasOrder = (flags & 4) != 0;
    start.position(6 + ((flags & 0x20) == 0 ? 0 : 16) + ((flags & 0x10) == 0 ? 0 : 4));
    long length = unsigned(start, 1 << (flags & 3));
    return storage.map(address + start.position(), length);
  }

  private Optional<ByteBuffer> search(ByteBuffer block, int wanted) {
    int headerBytes = isVersion1 ? 8 : hasOrder ? 6 : 4;
    while (block.remaining() >= headerBytes) {
      int start = block.position();
      int type = isVersion1 ? block.getShort(start) : Byte.toUnsignedInt(block.get(start));
      int length = Short.toUnsignedInt(block.getShort(start + (isVersion1 ? 2 : 1)));
      ByteBuffer data = block.slice(start + headerBytes, length).order(block.order());
      block.position(start + headerBytes + length);
      if (type == wanted) {
        return Optional.of(data);
      }
      if (type == CONTINUATION) {
        long address = unsigned(data, storage.getSizeOfOffsets());
        long bytes = unsigned(data, storage.getSizeOfLengths());
        int around = isVersion1 ? 0 : 4;
        blocks.add(storage.map(address + around, bytes - 2L * around));
      }
    }
    return Optional.empty();
  }

  /** The number in the next {@code bytes} bytes. */
  static long unsigned(ByteBuffer from, int bytes) {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number |= Byte.toUnsignedLong(from.get()) << (Byte.SIZE * i);
    }
    return number;
  }
}
