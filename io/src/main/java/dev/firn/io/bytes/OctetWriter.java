package dev.firn.io.bytes;

import java.util.Arrays;

/**
 * Writes big-endian numbers one after the other; signed integers are sign and magnitude.
 *
 * <p>A number that does not fit its octets is an {@link IllegalArgumentException}.
 */
public final class OctetWriter {
  private byte[] bytes = new byte[256];
  private int length;

  /** Octets written so far. */
  public int length() {
    return length;
  }

  /** One octet. */
  public OctetWriter uint8(int value) {
    return unsigned(value, 1);
  }

  /** Two octets. */
  public OctetWriter uint16(int value) {
    return unsigned(value, 2);
  }

  /** Four octets. */
  public OctetWriter uint32(long value) {
    return unsigned(value, 4);
  }

  /** Eight octets. */
  public OctetWriter uint63(long value) {
    return unsigned(value, 8);
  }

  /** One octet, sign and magnitude. */
  public OctetWriter int8(int value) {
    return signed(value, 1);
  }

  /** Two octets, sign and magnitude. */
  public OctetWriter int16(int value) {
    return signed(value, 2);
  }

  /** Four octets, sign and magnitude. */
  public OctetWriter int32(long value) {
    return signed(value, 4);
  }

  /** Four octets, an IEEE 754 single. */
  public OctetWriter float32(float value) {
    return unsigned(Float.floatToRawIntBits(value) & 0xFFFF_FFFFL, 4);
  }

  /** {@code count} octets with all bits 1: "missing". */
  public OctetWriter missing(int count) {
    for (int i = 0; i < count; i++) {
      uint8(0xFF);
    }
    return this;
  }

  /** The letters of {@code text}, an octet each. */
  public OctetWriter ascii(String text) {
    text.chars().forEach(this::uint8);
    return this;
  }

  /** All of {@code more}. */
  public OctetWriter octets(byte[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
    return this;
  }

  /** A copy of all octets written. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private OctetWriter unsigned(long value, int octets) {
    if (value < 0 || (octets < 8 && value >>> (8 * octets) != 0)) {
      throw new IllegalArgumentException(value + " does not fit " + octets + " octets");
    }
    reserve(octets);
    for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  private OctetWriter signed(long value, int octets) {
    long sign = 1L << (8 * octets - 1);
    if (Math.abs(value) >= sign) {
      throw new IllegalArgumentException(value + " does not fit " + octets + " octets");
    }
    return unsigned(value < 0 ? sign - value : value, octets);
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), 2 * bytes.length));
    }
  }
}
