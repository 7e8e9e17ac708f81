package dev.firn.io.netcdf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;

/** Values of a variable as they are stored, in C order. They need the file no longer. */
public final class NetcdfValues {
  private final NetcdfType type;
  private final List<Integer> shape;
  private final byte[] stored;
  private final List<Object> elements;

  private NetcdfValues(NetcdfType type, List<Integer> shape, byte[] stored, List<Object> elements) {
    this.type = type;
    this.shape = List.copyOf(shape);
    this.stored = stored;
    this.elements = elements;
  }

  /** Values of {@code type} in {@code stored}, which is not copied. */
  static NetcdfValues of(NetcdfType type, List<Integer> shape, byte[] stored, Heap heap) {
    List<Object> elements =
        type.usesHeap() || type instanceof NetcdfType.Reference
            ? new ElementReader(ByteBuffer.wrap(stored), heap)
                .list(type, 0, stored.length / type.sizeBytes())
            : List.of();
    return new NetcdfValues(type, shape, stored, elements);
  }

  /** What each of them is. */
  public NetcdfType type() {
    return type;
  }

  /** How many along each dimension; empty for a scalar. */
  public List<Integer> shape() {
    return shape;
  }

  /** How many they are. */
  public int size() {
    return stored.length / type.sizeBytes();
  }

  /**
   * Each value as an object: numbers as {@link Number}, unsigned ones as the next larger type;
   * names of an enumeration as their number; text as {@link String}; opaque bytes and bits as
   * hexadecimal digits; arrays and sequences as lists, compounds as maps; references as the path of
   * what they refer to, or the address where nothing is there.
   */
  public List<Object> elements() {
    return elements.isEmpty()
        ? new ElementReader(ByteBuffer.wrap(stored), Heap.NONE).list(type, 0, size())
        : elements;
  }

  /**
   * The numbers as doubles; integers of 64 bits are rounded.
   *
   * @throws IllegalStateException for values that are no numbers
   */
  public double[] doubles() {
    NetcdfType.Numeric numeric = numeric();
    ByteBuffer from = ByteBuffer.wrap(stored).order(numeric.order());
    int step = type.sizeBytes();
    return IntStream.range(0, size())
        .mapToDouble(i -> numeric.format().toDouble(from, i * step))
        .toArray();
  }

  /**
   * The numbers in an array of their own type: {@code byte[]}, {@code short[]} (also of 16-bit
   * floats, as bits), {@code int[]}, {@code long[]}, {@code float[]} or {@code double[]}. Unsigned
   * ones have the signed type of their size.
   *
   * @throws IllegalStateException for values that are no numbers
   */
  public Object array() {
    NetcdfType.Numeric numeric = numeric();
    ByteBuffer from = ByteBuffer.wrap(stored).order(numeric.order());
    return switch (numeric.format()) {
      case INT8, UINT8 -> stored.clone();
      case INT16, UINT16, FLOAT16 -> {
        short[] shorts = new short[size()];
        from.asShortBuffer().get(shorts);
        yield shorts;
      }
      case INT32, UINT32 -> {
        int[] ints = new int[size()];
        from.asIntBuffer().get(ints);
        yield ints;
      }
      case INT64, UINT64 -> {
        long[] longs = new long[size()];
        from.asLongBuffer().get(longs);
        yield longs;
      }
      case FLOAT32 -> {
        float[] floats = new float[size()];
        from.asFloatBuffer().get(floats);
        yield floats;
      }
      case FLOAT64 -> {
        double[] doubles = new double[size()];
        from.asDoubleBuffer().get(doubles);
        yield doubles;
      }
    };
  }

  /** Their bytes one after the other: numbers little-endian, everything else as it is stored. */
  public byte[] bytes() {
    byte[] bytes = stored.clone();
    NetcdfType.Numeric numeric = plain();
    if (numeric.order() == ByteOrder.BIG_ENDIAN) {
      int step = numeric.sizeBytes();
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = stored[i - i % step + step - 1 - i % step];
      }
    }
    return bytes;
  }

  private NetcdfType.Numeric plain() {
    if (type instanceof NetcdfType.Enumeration names) {
      return names.base();
    }
    return type instanceof NetcdfType.Numeric numeric
        ? numeric
        : new NetcdfType.Numeric(NumberFormat.UINT8, ByteOrder.LITTLE_ENDIAN);
  }

  private NetcdfType.Numeric numeric() {
    if (type instanceof NetcdfType.Numeric numeric) {
      return numeric;
    }
    throw new IllegalStateException(type.label() + " is no number");
  }
}
