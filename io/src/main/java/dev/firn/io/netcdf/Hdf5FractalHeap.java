package dev.firn.io.netcdf;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import io.jhdf.btree.BTreeV2;
import io.jhdf.btree.record.HugeFractalHeapObjectUnfilteredRecord;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;

/**
 * A fractal heap (HDF5 format specification, III.G), which holds many attributes or links of one
 * object. jhdf loses the objects of a heap behind a block that was skipped, and those of nested
 * blocks.
 */
final class Hdf5FractalHeap {
  private static final int SIGNATURE = 0x50485246; // FRHP
  private static final int INDIRECT = 0x42494846; // FHIB
  private static final long NOWHERE = -1;

  private final HdfBackingStorage file;
  private final Origin origin;
  private final long hugeObjects;
  private final int tableWidth;
  private final long firstBlockBytes;
  private final long largestDirectBytes;
  private final int offsetBytes;
  private final int lengthBytes;
  private final int idBytes;
  private final long root;
  private final int rootRows;

  Hdf5FractalHeap(HdfBackingStorage file, long address, Origin fileOrigin) {
    this.file = file;
    this.origin = Origin.of(fileOrigin.name(), address);
    int offsets = file.getSizeOfOffsets();
    int lengths = file.getSizeOfLengths();
    ByteBuffer header = file.map(address, 26L + 12L * lengths + 3L * offsets);
    if (header.getInt() != SIGNATURE || header.get() != 0) {
      throw corrupt("it has no signature of version 0");
    }
    idBytes = header.getShort();
    if (header.getShort() != 0) {
      throw new UnsupportedFeatureException("HDF5 fractal heap with filters", origin);
    }
    header.get();
    long largestManaged = Integer.toUnsignedLong(header.getInt());
    header.position(header.position() + lengths);
    hugeObjects = Hdf5Messages.unsigned(header, offsets);
    header.position(header.position() + lengths + offsets + 8 * lengths);
    tableWidth = Short.toUnsignedInt(header.getShort());
    firstBlockBytes = Hdf5Messages.unsigned(header, lengths);
    largestDirectBytes = Hdf5Messages.unsigned(header, lengths);
    offsetBytes = (Short.toUnsignedInt(header.getShort()) + 7) / Byte.SIZE;
    long largest = Math.min(largestDirectBytes, largestManaged);
    lengthBytes = (Long.SIZE - Long.numberOfLeadingZeros(largest) + 7) / Byte.SIZE;
    header.getShort();
    root = Hdf5Messages.unsigned(header, offsets);
    rootRows = Short.toUnsignedInt(header.getShort());
    if (tableWidth == 0 || firstBlockBytes <= 0 || offsetBytes > 8 || lengthBytes > 8) {
      throw corrupt("its blocks have no size");
    }
  }

  /** The object of a heap id. */
  ByteBuffer object(ByteBuffer id) {
    int flags = id.get();
    switch (flags >> 4 & 3) {
      case 0 -> {
        long offset = Hdf5Messages.unsigned(id, offsetBytes);
        long length = Hdf5Messages.unsigned(id, lengthBytes);
        return file.map(rootRows == 0 ? root + offset : locate(root, rootRows, offset), length);
      }
      case 1 -> {
        return huge(id);
      }
      case 2 -> {
        int length = (flags & 15) + 1;
        return id.slice(id.position(), length).order(id.order());
      }
      default -> throw corrupt("there is no object of type 3");
    }
  }

  /** Where the byte at {@code offset} of the space under an indirect block is in the file. */
  private long locate(long block, int rows, long offset) {
    long headerBytes = 5L + file.getSizeOfOffsets() + offsetBytes;
    if (file.map(block, headerBytes).getInt() != INDIRECT) {
      throw corrupt("there is no block at byte " + block);
    }
    long left = offset;
    for (int row = 0; row < rows; row++) {
      long size = row < 2 ? firstBlockBytes : Math.multiplyExact(firstBlockBytes, 1L << (row - 1));
      if (left >= 0 && left < Math.multiplyExact(size, (long) tableWidth)) {
        long entry = (long) row * tableWidth + left / size;
        ByteBuffer child =
            file.map(
                block + headerBytes + entry * file.getSizeOfOffsets(), file.getSizeOfOffsets());
        long address = Hdf5Messages.unsigned(child, file.getSizeOfOffsets());
        if (address == NOWHERE) {
          throw corrupt("there is no block for offset " + offset);
        }
        return size <= largestDirectBytes
            ? address + left % size
            : locate(address, rowsOf(size), left % size);
      }
      left -= size * tableWidth;
    }
    throw corrupt("offset " + offset + " is beyond its blocks");
  }

  private int rowsOf(long blockBytes) {
    long rows = Long.numberOfTrailingZeros(blockBytes / firstBlockBytes / tableWidth) + 1L;
    if (rows > Long.SIZE) {
      throw corrupt("a block of " + blockBytes + " bytes has no rows");
    }
    return (int) rows;
  }

  /** Objects too large for blocks are somewhere in the file: the id says where, or its number. */
  private ByteBuffer huge(ByteBuffer id) {
    int offsets = file.getSizeOfOffsets();
    int lengths = file.getSizeOfLengths();
    if (idBytes > offsets + lengths) {
      return file.map(Hdf5Messages.unsigned(id, offsets), Hdf5Messages.unsigned(id, lengths));
    }
    long number = Hdf5Messages.unsigned(id, Math.min(lengths, idBytes - 1));
    for (HugeFractalHeapObjectUnfilteredRecord huge :
        new BTreeV2<HugeFractalHeapObjectUnfilteredRecord>(file, hugeObjects).getRecords()) {
      if (huge.getId() == number) {
        return file.map(huge.getAddress(), huge.getLength());
      }
    }
    throw corrupt("there is no object " + number);
  }

  private CorruptInputException corrupt(String detail) {
    return new CorruptInputException("read HDF5 fractal heap", origin, detail);
  }
}
