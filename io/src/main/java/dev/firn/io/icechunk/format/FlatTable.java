package dev.firn.io.icechunk.format;

import java.util.Optional;

/**
 * A FlatBuffers table: fields by their number in the schema, counted from 0; a union has two, type
 * and value. A field that is absent has its default.
 *
 * @param bytes the buffer
 * @param at where the table starts
 * @param vtable where the positions of its fields are
 * @param vtableLength how many bytes they take
 */
record FlatTable(FlatBytes bytes, int at, int vtable, int vtableLength) {
  private static final int VTABLE_HEADER = 4;

  static FlatTable at(FlatBytes bytes, int at) {
    long vtable = (long) at - bytes.int32(at);
    if (vtable < 0 || vtable > bytes.length() - VTABLE_HEADER) {
      throw bytes.corrupt("the table at byte " + at + " has its fields listed at byte " + vtable);
    }
    int length = bytes.uint16((int) vtable);
    if (length < VTABLE_HEADER || length > bytes.length() - vtable) {
      throw bytes.corrupt("the table at byte " + at + " has a field list of " + length + " bytes");
    }
    return new FlatTable(bytes, at, (int) vtable, length);
  }

  /** Where a field is, or 0 when it is absent. */
  int position(int field) {
    int entry = VTABLE_HEADER + 2 * field;
    int offset = entry + 2 <= vtableLength ? bytes.uint16(vtable + entry) : 0;
    return offset == 0 ? 0 : at + offset;
  }

  boolean has(int field) {
    return position(field) != 0;
  }

  /** Where a field is that the schema requires. */
  int require(int field) {
    int position = position(field);
    if (position == 0) {
      throw bytes.corrupt("the table at byte " + at + " lacks its required field " + field);
    }
    return position;
  }

  int uint8(int field, int absent) {
    int position = position(field);
    return position == 0 ? absent : bytes.uint8(position);
  }

  int uint16(int field) {
    int position = position(field);
    return position == 0 ? 0 : bytes.uint16(position);
  }

  int int32(int field) {
    int position = position(field);
    return position == 0 ? 0 : bytes.int32(position);
  }

  long uint32(int field) {
    return Integer.toUnsignedLong(int32(field));
  }

  /** A 64-bit number below 2^63. */
  long uint63(int field) {
    int position = position(field);
    long value = position == 0 ? 0 : bytes.int64(position);
    if (value < 0) {
      throw bytes.corrupt(
          "the number " + Long.toUnsignedString(value) + " at byte " + position + " is too large");
    }
    return value;
  }

  SnapshotId snapshotId(int field) {
    return bytes.snapshotId(require(field));
  }

  ManifestId manifestId(int field) {
    return bytes.manifestId(require(field));
  }

  NodeId nodeId(int field) {
    return bytes.nodeId(require(field));
  }

  String string(int field) {
    return bytes.string(bytes.follow(require(field)));
  }

  Optional<String> optionalString(int field) {
    return has(field) ? Optional.of(string(field)) : Optional.empty();
  }

  Bytes byteVector(int field) {
    return bytes.bytes(bytes.follow(require(field)));
  }

  Optional<Bytes> optionalByteVector(int field) {
    return has(field) ? Optional.of(byteVector(field)) : Optional.empty();
  }

  FlatTable table(int field) {
    return FlatTable.at(bytes, bytes.follow(require(field)));
  }

  /** A vector of tables or texts. */
  FlatVector pointers(int field) {
    return vector(field, 4);
  }

  /** A vector whose elements have this many bytes. */
  FlatVector vector(int field, int elementBytes) {
    return FlatVector.at(bytes, bytes.follow(require(field)), elementBytes);
  }

  /** As above; no elements when the field is absent. */
  FlatVector optionalVector(int field, int elementBytes) {
    return has(field) ? vector(field, elementBytes) : FlatVector.empty(bytes, elementBytes);
  }
}
