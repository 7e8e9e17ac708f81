package dev.firn.io.netcdf;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks the header of a NetCDF-3 file (NetCDF classic format specification) and checks every count
 * and place against the bytes that are there, before a library takes them for granted.
 */
final class ClassicHeader {
  private static final int DIMENSIONS = 10;
  private static final int VARIABLES = 11;
  private static final int ATTRIBUTES = 12;
  private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 4, 8};
  private static final int SMALLEST_ENTRY_BYTES = 8;

  private final ByteBuffer bytes;
  private final long fileBytes;
  private final Origin origin;
  private final List<Long> lengths = new ArrayList<>();
  private final List<Extent> extents = new ArrayList<>();

  /** Where a variable's values are. */
  private record Extent(String name, long begin, long sizeBytes, boolean isRecord) {
    long padded() {
      return (sizeBytes + 3) / 4 * 4;
    }
  }

  private ClassicHeader(ByteBuffer bytes, long fileBytes, Origin origin) {
    this.bytes = bytes;
    this.fileBytes = fileBytes;
    this.origin = origin;
  }

  /**
   * Checks the header that {@code bytes} begins with.
   *
   * @param bytes the first bytes of the file, or all
   * @throws CorruptInputException naming the byte
   */
  static void check(ByteBuffer bytes, long fileBytes, Origin origin) {
    ClassicHeader header = new ClassicHeader(bytes, fileBytes, origin);
    try {
      header.walk();
    } catch (BufferUnderflowException e) {
      throw new CorruptInputException(
          "read NetCDF-3 header",
          Origin.of(origin.name(), bytes.position()),
          "the file ends after " + fileBytes + " bytes",
          e);
    } catch (ArithmeticException e) {
      throw header.corrupt("a variable has more values than a number can say");
    }
  }

  private void walk() {
    boolean longOffsets = bytes.get(3) == 2;
    bytes.position(Integer.BYTES);
    int records = bytes.getInt();
    if (records == -1) {
      throw new UnsupportedFeatureException(
          "NetCDF-3 file with an unknown number of records", Origin.of(origin.name(), 4));
    }
    if (records < 0) {
      throw corrupt("there are " + Integer.toUnsignedString(records) + " records");
    }
    for (int left = count(DIMENSIONS); left > 0; left--) {
      name();
      lengths.add((long) bytes.getInt());
      if (lengths.get(lengths.size() - 1) < 0) {
        throw corrupt("a dimension has " + lengths.get(lengths.size() - 1) + " values");
      }
    }
    if (lengths.stream().filter(length -> length == 0).count() > 1) {
      throw corrupt("more than one dimension is unlimited");
    }
    attributes();
    for (int left = count(VARIABLES); left > 0; left--) {
      variable(longOffsets);
    }
    checkExtents(records);
  }

  private void variable(boolean longOffsets) {
    String name = name();
    int rank = counted(bytes.getInt(), Integer.BYTES);
    long values = 1;
    boolean isRecord = false;
    for (int i = 0; i < rank; i++) {
      int id = bytes.getInt();
      if (id < 0 || id >= lengths.size()) {
        throw corrupt("variable " + name + " has dimension " + id + " of " + lengths.size());
      }
      if (lengths.get(id) == 0 && i > 0) {
        throw corrupt("the unlimited dimension is not the first of variable " + name);
      }
      isRecord |= lengths.get(id) == 0;
      values = Math.multiplyExact(values, Math.max(1, lengths.get(id)));
    }
    attributes();
    int valueBytes = TYPE_BYTES[type()];
    bytes.getInt();
    long begin = longOffsets ? bytes.getLong() : Integer.toUnsignedLong(bytes.getInt());
    if (!longOffsets && begin > Integer.MAX_VALUE) {
      throw corrupt("variable " + name + " begins at byte " + begin);
    }
    extents.add(new Extent(name, begin, Math.multiplyExact(values, valueBytes), isRecord));
  }

  private void checkExtents(int records) {
    List<Extent> recorded = extents.stream().filter(Extent::isRecord).toList();
    long recordBytes =
        recorded.size() == 1
            ? recorded.get(0).sizeBytes()
            : recorded.stream().mapToLong(Extent::padded).reduce(0, Math::addExact);
    for (Extent extent : extents) {
      long before =
          extent.isRecord() ? Math.multiplyExact(recordBytes, Math.max(0, records - 1)) : 0;
      boolean isEmpty = extent.isRecord() && records == 0;
      long end = Math.addExact(Math.addExact(extent.begin(), before), extent.sizeBytes());
      if (!isEmpty && (extent.begin() < bytes.position() || end > fileBytes)) {
        throw new CorruptInputException(
            "read variable /" + extent.name(),
            Origin.of(origin.name(), extent.begin()),
            "its values end at byte %d, the header at %d, the file at %d"
                .formatted(end, bytes.position(), fileBytes));
      }
    }
  }

  private void attributes() {
    for (int left = count(ATTRIBUTES); left > 0; left--) {
      name();
      int valueBytes = TYPE_BYTES[type()];
      skip(counted(bytes.getInt(), valueBytes) * valueBytes);
    }
  }

  private int type() {
    int type = bytes.getInt();
    if (type < 1 || type >= TYPE_BYTES.length) {
      throw corrupt("there is no type " + type);
    }
    return type;
  }

  private int count(int expectedTag) {
    int tag = bytes.getInt();
    int count = counted(bytes.getInt(), SMALLEST_ENTRY_BYTES);
    if (tag != expectedTag && (tag != 0 || count != 0)) {
      throw corrupt("a list begins with %d, not %d".formatted(tag, expectedTag));
    }
    return count;
  }

  private String name() {
    byte[] name = new byte[counted(bytes.getInt(), 1)];
    bytes.get(name);
    bytes.position(bytes.position() + Math.min(bytes.remaining(), -name.length & 3));
    String text = TextPadding.ZERO_TERMINATED.text(name);
    if (text.isEmpty()) {
      throw corrupt("a name is empty");
    }
    return text;
  }

  private void skip(int length) {
    int padded = (length + 3) / 4 * 4;
    if (padded > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    bytes.position(bytes.position() + padded);
  }

  private int counted(int count, int bytesEach) {
    if (count < 0 || count > bytes.remaining() / bytesEach) {
      throw corrupt(
          "there are %s of at least %d bytes, %d bytes are left"
              .formatted(Integer.toUnsignedString(count), bytesEach, bytes.remaining()));
    }
    return count;
  }

  private CorruptInputException corrupt(String detail) {
    return new CorruptInputException(
        "read NetCDF-3 header", Origin.of(origin.name(), bytes.position()), detail);
  }
}
