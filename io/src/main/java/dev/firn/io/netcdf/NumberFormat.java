package dev.firn.io.netcdf;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/** How a number is stored. */
public enum NumberFormat {
  /** Signed integers of 1, 2, 4 and 8 bytes. */
  INT8(1, true, false),
  INT16(2, true, false),
  INT32(4, true, false),
  INT64(8, true, false),
  /** Unsigned integers of 1, 2, 4 and 8 bytes. */
  UINT8(1, false, false),
  UINT16(2, false, false),
  UINT32(4, false, false),
  UINT64(8, false, false),
  /** IEEE 754 numbers of 2, 4 and 8 bytes. */
  FLOAT16(2, true, true),
  FLOAT32(4, true, true),
  FLOAT64(8, true, true);

  private final int sizeBytes;
  private final boolean signed;
  private final boolean real;

  NumberFormat(int sizeBytes, boolean signed, boolean real) {
    this.sizeBytes = sizeBytes;
    this.signed = signed;
    this.real = real;
  }

  /** Integers of a size and signedness. */
  static NumberFormat integer(int sizeBytes, boolean signed) {
    for (NumberFormat format : values()) {
      if (format.sizeBytes == sizeBytes && format.signed == signed && !format.real) {
        return format;
      }
    }
    throw new IllegalArgumentException("no integer has " + sizeBytes + " bytes");
  }

  /** How many bytes one takes. */
  public int sizeBytes() {
    return sizeBytes;
  }

  /** Whether it is a floating-point number. */
  public boolean isReal() {
    return real;
  }

  /** Whether it is an unsigned integer. */
  public boolean isUnsigned() {
    return !signed;
  }

  /** The same bits as an unsigned integer; real numbers stay what they are. */
  NumberFormat unsigned() {
    return real ? this : integer(sizeBytes, false);
  }

  /** The number at byte {@code offset}, in the buffer's byte order. */
  double toDouble(ByteBuffer from, int offset) {
    return switch (this) {
      case INT8 -> from.get(offset);
      case UINT8 -> Byte.toUnsignedInt(from.get(offset));
      case INT16 -> from.getShort(offset);
      case UINT16 -> Short.toUnsignedInt(from.getShort(offset));
      case INT32 -> from.getInt(offset);
      case UINT32 -> Integer.toUnsignedLong(from.getInt(offset));
      case INT64 -> from.getLong(offset);
      case UINT64 -> unsignedToDouble(from.getLong(offset));
      case FLOAT16 -> HalfFloats.toFloat(from.getShort(offset));
      case FLOAT32 -> from.getFloat(offset);
      case FLOAT64 -> from.getDouble(offset);
    };
  }

  private static double unsignedToDouble(long bits) {
    if (bits >= 0) {
      return bits;
    }
    return new BigInteger(Long.toUnsignedString(bits)).doubleValue();
  }

  /** The number at byte {@code offset} as the smallest Java type that holds all of its kind. */
  Number toNumber(ByteBuffer from, int offset) {
    return switch (this) {
      case INT8 -> from.get(offset);
      case UINT8 -> (short) Byte.toUnsignedInt(from.get(offset));
      case INT16 -> from.getShort(offset);
      case UINT16 -> Short.toUnsignedInt(from.getShort(offset));
      case INT32 -> from.getInt(offset);
      case UINT32 -> Integer.toUnsignedLong(from.getInt(offset));
      case INT64 -> from.getLong(offset);
      case UINT64 -> new BigInteger(Long.toUnsignedString(from.getLong(offset)));
      case FLOAT16 -> HalfFloats.toFloat(from.getShort(offset));
      case FLOAT32 -> from.getFloat(offset);
      case FLOAT64 -> from.getDouble(offset);
    };
  }
}
