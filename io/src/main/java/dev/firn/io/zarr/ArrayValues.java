package dev.firn.io.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * An array in memory: elements in C order, little-endian. Two are equal when type, shape and bits
 * are.
 */
public final class ArrayValues {
  private final DataType dataType;
  private final List<Integer> shape;
  private final ByteBuffer bytes;

  private ArrayValues(DataType dataType, List<Integer> shape, ByteBuffer bytes) {
    this.dataType = dataType;
    this.shape = shape;
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    int expected = Shapes.bytes(shape, dataType);
    if (this.bytes.remaining() != expected) {
      throw new IllegalArgumentException(
          "Invalid array of "
              + this.bytes.remaining()
              + " bytes: shape "
              + shape
              + " of "
              + dataType
              + " has "
              + expected);
    }
  }

  /** The elements from position to limit of {@code bytes}, which are not copied. */
  public static ArrayValues of(DataType dataType, int[] shape, ByteBuffer bytes) {
    return new ArrayValues(dataType, Shapes.listOf(shape), bytes);
  }

  public static ArrayValues of(int[] shape, double... values) {
    ByteBuffer bytes = allocate(values.length, Double.BYTES);
    bytes.asDoubleBuffer().put(values);
    return of(DataType.FLOAT64, shape, bytes);
  }

  public static ArrayValues of(int[] shape, float... values) {
    ByteBuffer bytes = allocate(values.length, Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return of(DataType.FLOAT32, shape, bytes);
  }

  public static ArrayValues of(int[] shape, long... values) {
    ByteBuffer bytes = allocate(values.length, Long.BYTES);
    bytes.asLongBuffer().put(values);
    return of(DataType.INT64, shape, bytes);
  }

  public static ArrayValues of(int[] shape, int... values) {
    ByteBuffer bytes = allocate(values.length, Integer.BYTES);
    bytes.asIntBuffer().put(values);
    return of(DataType.INT32, shape, bytes);
  }

  public static ArrayValues of(int[] shape, short... values) {
    ByteBuffer bytes = allocate(values.length, Short.BYTES);
    bytes.asShortBuffer().put(values);
    return of(DataType.INT16, shape, bytes);
  }

  private static ByteBuffer allocate(int count, int sizeBytes) {
    return ByteBuffer.allocate(Math.multiplyExact(count, sizeBytes)).order(ByteOrder.LITTLE_ENDIAN);
  }

  public DataType dataType() {
    return dataType;
  }

  public int[] shape() {
    return shape.stream().mapToInt(Integer::intValue).toArray();
  }

  /** How many elements there are. */
  public int size() {
    return Shapes.elements(shape);
  }

  /** The elements in C order, little-endian, in a read-only buffer. */
  public ByteBuffer bytes() {
    return bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The numbers as doubles; of 64-bit integers the nearest ones. */
  public double[] toDoubles() {
    requireNumbers();
    double[] values = new double[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = isFloat() ? floatAt(i) : integerAsDouble(i);
    }
    return values;
  }

  /** The numbers as floats, the nearest ones. */
  public float[] toFloats() {
    requireNumbers();
    float[] values = new float[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (isFloat() ? floatAt(i) : integerAsDouble(i));
    }
    return values;
  }

  /** The integers as longs, uint64 above the largest long as negative ones; bool as 0 and 1. */
  public long[] toLongs() {
    requireNumbers();
    if (isFloat()) {
      throw new IllegalStateException("Cannot read " + dataType + " elements as integers");
    }
    long[] values = new long[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = integerAt(i);
    }
    return values;
  }

  private double integerAsDouble(int index) {
    long value = integerAt(index);
    return value < 0 && dataType.kind() == DataType.Kind.UNSIGNED
        ? (value >>> 1 | (value & 1)) * 2.0
        : value;
  }

  private long integerAt(int index) {
    return ElementBits.integerAt(bytes, index * dataType.sizeBytes(), dataType);
  }

  private double floatAt(int index) {
    return ElementBits.floatAt(bytes, index * dataType.sizeBytes(), dataType.sizeBytes());
  }

  private boolean isFloat() {
    return dataType.kind() == DataType.Kind.FLOAT;
  }

  private void requireNumbers() {
    if (dataType.kind() == DataType.Kind.COMPLEX || dataType.kind() == DataType.Kind.RAW) {
      throw new IllegalStateException("Cannot read " + dataType + " elements as real numbers");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ArrayValues that
        && dataType.equals(that.dataType)
        && shape.equals(that.shape)
        && bytes.equals(that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + bytes.hashCode();
  }

  @Override
  public String toString() {
    return dataType + " " + shape;
  }
}
