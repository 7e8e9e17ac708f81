package dev.firn.io.netcdf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes Java objects of stored values, as {@link NetcdfValues#elements} describes them.
 *
 * @param stored the values, from byte 0 on
 */
record ElementReader(ByteBuffer stored, Heap heap) {
  private static final int COUNT_BYTES = 4;

  /** {@code count} values one after the other, from byte {@code offset} on. */
  List<Object> list(NetcdfType type, int offset, int count) {
    List<Object> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(value(type, offset + i * type.sizeBytes()));
    }
    return values;
  }

  private Object value(NetcdfType type, int offset) {
    if (type instanceof NetcdfType.Numeric numeric) {
      return numeric.format().toNumber(stored.duplicate().order(numeric.order()), offset);
    } else if (type instanceof NetcdfType.Enumeration names) {
      return value(names.base(), offset);
    } else if (type instanceof NetcdfType.FixedText text) {
      return text.padding().text(bytes(offset, text.sizeBytes()));
    } else if (type instanceof NetcdfType.VariableText) {
      ByteBuffer text = heapObject(offset, 1);
      byte[] bytes = new byte[text.remaining()];
      text.get(bytes);
      return TextPadding.ZERO_TERMINATED.text(bytes);
    } else if (type instanceof NetcdfType.Sequence sequence) {
      ByteBuffer values = heapObject(offset, sequence.element().sizeBytes());
      int count = values.remaining() / sequence.element().sizeBytes();
      return new ElementReader(values, heap).list(sequence.element(), 0, count);
    } else if (type instanceof NetcdfType.FixedArray array) {
      return list(array.element(), offset, array.count());
    } else if (type instanceof NetcdfType.Compound compound) {
      Map<String, Object> members = new LinkedHashMap<>();
      for (NetcdfType.Member member : compound.members()) {
        members.put(member.name(), value(member.type(), offset + member.offset()));
      }
      return members;
    } else if (type instanceof NetcdfType.Reference) {
      return heap.referred(littleEndian().getLong(offset));
    }
    return HexFormat.of().formatHex(bytes(offset, type.sizeBytes()));
  }

  private byte[] bytes(int offset, int length) {
    byte[] bytes = new byte[length];
    stored.get(offset, bytes);
    return bytes;
  }

  /** The values that a count and a heap reference stand for. */
  private ByteBuffer heapObject(int offset, int elementBytes) {
    ByteBuffer reference = littleEndian();
    int count = reference.getInt(offset);
    if (count == 0) {
      return ByteBuffer.allocate(0);
    }
    ByteBuffer object = heap.object(reference.position(offset + COUNT_BYTES));
    long length = Integer.toUnsignedLong(count) * elementBytes;
    if (length > object.remaining()) {
      throw new IllegalArgumentException(
          "it has %d bytes, its object in the heap %d".formatted(length, object.remaining()));
    }
    return object.slice(object.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer littleEndian() {
    return stored.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }
}
