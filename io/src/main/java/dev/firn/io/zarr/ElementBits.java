package dev.firn.io.zarr;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Single elements as little-endian bytes. */
final class ElementBits {
  private ElementBits() {}

  static byte[] ofFloat(DataType dataType, double value) {
    if (dataType.kind() != DataType.Kind.FLOAT) {
      throw new IllegalArgumentException("Invalid value " + value + " for data type " + dataType);
    }
    byte[] bytes = new byte[dataType.sizeBytes()];
    ByteBuffer target = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    switch (bytes.length) {
      case 2 -> target.putShort(HalfFloat.fromDouble(value));
      case 4 -> target.putFloat((float) value);
      default -> target.putDouble(value);
    }
    return bytes;
  }

  static byte[] ofInteger(DataType dataType, BigInteger value) {
    int bits = dataType.sizeBytes() * Byte.SIZE;
    boolean fits =
        switch (dataType.kind()) {
          case BOOL -> value.signum() >= 0 && value.bitLength() <= 1;
          case SIGNED -> value.bitLength() < bits;
          case UNSIGNED -> value.signum() >= 0 && value.bitLength() <= bits;
          default -> false;
        };
    if (!fits) {
      throw new IllegalArgumentException("Invalid value " + value + " for data type " + dataType);
    }
    byte[] bytes = new byte[dataType.sizeBytes()];
    long twosComplement = value.longValue();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (twosComplement >>> (i * Byte.SIZE));
    }
    return bytes;
  }

  /** The float of {@code sizeBytes} bytes at {@code at} of a little-endian buffer. */
  static double floatAt(ByteBuffer elements, int at, int sizeBytes) {
    return switch (sizeBytes) {
      case 2 -> HalfFloat.toDouble(elements.getShort(at));
      case 4 -> elements.getFloat(at);
      default -> elements.getDouble(at);
    };
  }

  /** The integer or bool at {@code at} of a little-endian buffer; uint64 wraps to negative. */
  static long integerAt(ByteBuffer elements, int at, DataType dataType) {
    boolean signed = dataType.kind() == DataType.Kind.SIGNED;
    return switch (dataType.sizeBytes()) {
      case 1 -> signed ? elements.get(at) : Byte.toUnsignedLong(elements.get(at));
      case 2 -> signed ? elements.getShort(at) : Short.toUnsignedLong(elements.getShort(at));
      case 4 -> signed ? elements.getInt(at) : Integer.toUnsignedLong(elements.getInt(at));
      default -> elements.getLong(at);
    };
  }
}
