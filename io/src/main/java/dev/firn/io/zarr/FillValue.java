package dev.firn.io.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.io.Origin;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What an element is that was never written (Zarr v3 core, section "Fill value"). Two are equal
 * when type and bits are.
 */
public final class FillValue {
  private final DataType dataType;
  private final byte[] bytes;

  /** The value with these little-endian {@code bytes}, which are not copied. */
  FillValue(DataType dataType, byte[] bytes) {
    if (bytes.length != dataType.sizeBytes()) {
      throw new IllegalArgumentException(
          "Invalid fill value of "
              + bytes.length
              + " bytes: "
              + dataType
              + " has "
              + dataType.sizeBytes());
    }
    this.dataType = dataType;
    this.bytes = bytes;
  }

  /** All bits zero: 0, or false. */
  public static FillValue zero(DataType dataType) {
    return new FillValue(dataType, new byte[dataType.sizeBytes()]);
  }

  /** NaN of a float type. */
  public static FillValue nan(DataType dataType) {
    return of(dataType, Double.NaN);
  }

  /**
   * A number, rounded to a float type.
   *
   * @throws IllegalArgumentException when the type is not a float type
   */
  public static FillValue of(DataType dataType, double value) {
    return new FillValue(dataType, ElementBits.ofFloat(dataType, value));
  }

  /**
   * A whole number of an integer or float type; 0 or 1 of bool.
   *
   * @throws IllegalArgumentException when the type cannot hold it
   */
  public static FillValue of(DataType dataType, long value) {
    if (dataType.kind() == DataType.Kind.FLOAT) {
      return of(dataType, (double) value);
    }
    return new FillValue(dataType, ElementBits.ofInteger(dataType, BigInteger.valueOf(value)));
  }

  /** The value that metadata states. */
  static FillValue parse(JsonNode json, DataType dataType, Origin origin) {
    return FillValueJson.parse(json, dataType, origin);
  }

  JsonNode toJson() {
    return FillValueJson.toJson(this);
  }

  public DataType dataType() {
    return dataType;
  }

  /** One element, little-endian, as a read-only buffer. */
  public ByteBuffer bytes() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Writes the value to every element from position to limit of {@code target}. */
  public void fill(ByteBuffer target) {
    ByteBuffer elements = target.slice();
    if (elements.hasRemaining()) {
      elements.put(bytes);
    }
    // Each round doubles what is filled by copying it behind itself.
    while (elements.hasRemaining()) {
      int length = Math.min(elements.position(), elements.remaining());
      elements.put(elements.position(), elements, 0, length);
      elements.position(elements.position() + length);
    }
  }

  /** Whether every element from position to limit of {@code values} has the bits of this one. */
  public boolean fills(ByteBuffer values) {
    if (!values.hasRemaining()) {
      return true;
    }
    // Each element equals the first, which equals this.
    int rest = values.remaining() - bytes.length;
    int at = values.position();
    return values.slice(at, bytes.length).equals(ByteBuffer.wrap(bytes))
        && values.slice(at + bytes.length, rest).equals(values.slice(at, rest));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FillValue that
        && dataType.equals(that.dataType)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * dataType.hashCode() + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return dataType + " 0x" + HexFormat.of().formatHex(bytes);
  }
}
