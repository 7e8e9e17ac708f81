package dev.firn.io.netcdf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What follows a text that is shorter than its place. */
public enum TextPadding {
  /** The text ends before the first zero byte. */
  ZERO_TERMINATED,
  /** Zero bytes at the end are no part of it. */
  ZERO_PADDED,
  /** Spaces at the end are no part of it. */
  SPACE_PADDED;

  /** The text in the whole of {@code bytes}. It is UTF-8, which ASCII is part of. */
  String text(byte[] bytes) {
    int length = bytes.length;
    if (this == ZERO_TERMINATED) {
      length = 0;
      while (length < bytes.length && bytes[length] != 0) {
        length++;
      }
    } else {
      byte padding = (byte) (this == SPACE_PADDED ? ' ' : 0);
      while (length > 0 && bytes[length - 1] == padding) {
        length--;
      }
    }
    return StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes, 0, length)).toString();
  }
}
