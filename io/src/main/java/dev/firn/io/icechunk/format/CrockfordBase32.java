package dev.firn.io.icechunk.format;

import java.util.Arrays;

/**
 * Ids as text (specification, "Common Types"): Crockford's base 32, upper case, no padding, zero
 * bits appended on the right. Reading takes lower case, and I, L and O as the digits they look
 * like.
 */
final class CrockfordBase32 {
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final byte[] VALUES = values();

  private CrockfordBase32() {}

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < DIGITS.length(); i++) {
      values[DIGITS.charAt(i)] = (byte) i;
      values[Character.toLowerCase(DIGITS.charAt(i))] = (byte) i;
    }
    for (char c : "Oo".toCharArray()) {
      values[c] = 0;
    }
    for (char c : "IiLl".toCharArray()) {
      values[c] = 1;
    }
    return values;
  }

  static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder((bytes.length * 8 + 4) / 5);
    int window = 0;
    int bits = 0;
    for (byte b : bytes) {
      window = (window << 8 | (b & 0xFF)) & 0xFFF;
      for (bits += 8; bits >= 5; bits -= 5) {
        text.append(DIGITS.charAt(window >> (bits - 5) & 31));
      }
    }
    if (bits > 0) {
      text.append(DIGITS.charAt(window << (5 - bits) & 31));
    }
    return text.toString();
  }

  /** The {@code length} bytes that {@code text} stands for. */
  static byte[] decode(String text, int length) {
    if (text.length() != (length * 8 + 4) / 5) {
      throw notAnId(text, length);
    }
    byte[] bytes = new byte[length];
    int window = 0;
    int bits = 0;
    int filled = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int value = c < VALUES.length ? VALUES[c] : -1;
      if (value < 0) {
        throw notAnId(text, length);
      }
      window = (window << 5 | value) & 0xFFF;
      bits += 5;
      if (bits >= 8 && filled < length) {
        bits -= 8;
        bytes[filled++] = (byte) (window >> bits);
      }
    }
    return bytes;
  }

  private static IllegalArgumentException notAnId(String text, int length) {
    return new IllegalArgumentException(
        "Cannot read '" + text + "' as an id of " + length + " bytes in Crockford base 32");
  }
}
