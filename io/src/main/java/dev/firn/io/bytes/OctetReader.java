package dev.firn.io.bytes;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads big-endian numbers from one section of a message, by octet number as WMO prints them: the
 * first octet of the section is 1. Signed integers are sign and magnitude (regulation 92.1.5).
 *
 * <p>Reading past the section's end throws {@link CorruptInputException}.
 */
public final class OctetReader {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final int start;
  private final int length;
  private final Origin origin;

  /**
   * A section of {@code bytes}, which are not copied.
   *
   * @param start index of octet 1
   * @param length octets in the section
   * @param origin where octet 1 is
   */
  public OctetReader(byte[] bytes, int start, int length, Origin origin) {
    if (start < 0 || length < 0 || start > bytes.length - length) {
      throw new CorruptInputException(
          "read " + length + " octets", origin, (bytes.length - start) + " are there");
    }
    this.bytes = bytes;
    this.start = start;
    this.length = length;
    this.origin = origin;
  }

  /** All of {@code bytes} as one section. */
  public static OctetReader of(byte[] bytes, Origin origin) {
    return new OctetReader(bytes, 0, bytes.length, origin);
  }

  /** Octets in the section. */
  public int length() {
    return length;
  }

  /** Where octet 1 is. */
  public Origin origin() {
    return origin;
  }

  /** Where {@code octet} is. */
  public Origin origin(int octet) {
    return origin.plus(octet - 1L);
  }

  /** One octet, 0 to 255. */
  public int uint8(int octet) {
    return bytes[index(octet, 1)] & 0xFF;
  }

  /** Two octets, 0 to 65535. */
  public int uint16(int octet) {
    return (short) SHORT.get(bytes, index(octet, 2)) & 0xFFFF;
  }

  /** Four octets, 0 to 2^32 − 1. */
  public long uint32(int octet) {
    return (int) INT.get(bytes, index(octet, 4)) & 0xFFFF_FFFFL;
  }

  /**
   * Eight octets, as far as a {@code long} holds them.
   *
   * @throws CorruptInputException from 2^63 on: no length or count is that large
   */
  public long uint63(int octet) {
    long value = (long) LONG.get(bytes, index(octet, 8));
    if (value < 0) {
      throw new CorruptInputException(
          "read a length",
          origin(octet),
          "found " + Long.toUnsignedString(value) + ", expected less than 2^63");
    }
    return value;
  }

  /** One octet, sign and magnitude: −127 to 127. */
  public int int8(int octet) {
    int value = uint8(octet);
    return (value & 0x80) == 0 ? value : -(value & 0x7F);
  }

  /** Two octets, sign and magnitude: −32767 to 32767. */
  public int int16(int octet) {
    int value = uint16(octet);
    return (value & 0x8000) == 0 ? value : -(value & 0x7FFF);
  }

  /** Four octets, sign and magnitude: −(2^31 − 1) to 2^31 − 1. */
  public int int32(int octet) {
    int value = (int) INT.get(bytes, index(octet, 4));
    return value >= 0 ? value : -(value & 0x7FFF_FFFF);
  }

  /** Four octets, an IEEE 754 single. */
  public float float32(int octet) {
    return Float.intBitsToFloat((int) INT.get(bytes, index(octet, 4)));
  }

  /** Eight octets, an IEEE 754 double. */
  public double float64(int octet) {
    return Double.longBitsToDouble((long) LONG.get(bytes, index(octet, 8)));
  }

  /** Whether all bits of {@code count} octets are 1, GRIB's mark for "missing". */
  public boolean isMissing(int octet, int count) {
    int from = index(octet, count);
    for (int i = from; i < from + count; i++) {
      if (bytes[i] != -1) {
        return false;
      }
    }
    return true;
  }

  /** Whether octets spell {@code ascii}. */
  public boolean matches(int octet, String ascii) {
    int from = index(octet, ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      if (bytes[from + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** A copy of all octets. */
  public byte[] octets() {
    return Arrays.copyOfRange(bytes, start, start + length);
  }

  /** The octets from {@code octet} to the section's end as a run of bits. */
  public BitReader bitsFrom(int octet) {
    int from = index(octet, 0);
    return new BitReader(bytes, from, start + length, origin(octet));
  }

  /**
   * The octets from {@code octet} to the section's end, for a decoder of another format. The buffer
   * shares the array the section is in, and is not to be written to.
   */
  public ByteBuffer bufferFrom(int octet) {
    int from = index(octet, 0);
    return ByteBuffer.wrap(bytes, from, start + length - from);
  }

  private int index(int octet, int count) {
    if (octet < 1 || octet - 1 > length - count) {
      throw new CorruptInputException(
          "read octets " + octet + " to " + (octet + count - 1L),
          origin,
          "the section has " + length + " octets");
    }
    return start + octet - 1;
  }
}
