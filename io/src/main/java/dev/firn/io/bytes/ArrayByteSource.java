package dev.firn.io.bytes;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.util.Arrays;

/** An array as a {@link ByteSource}. */
final class ArrayByteSource implements ByteSource {
  private final byte[] bytes;
  private final Origin origin;

  ArrayByteSource(byte[] bytes, Origin origin) {
    this.bytes = bytes;
    this.origin = origin;
  }

  @Override
  public Origin origin() {
    return origin;
  }

  @Override
  public long lengthBytes() {
    return bytes.length;
  }

  @Override
  public byte[] read(long offset, int length) {
    if (offset < 0 || length < 0 || length > bytes.length - offset) {
      throw new CorruptInputException(
          "read " + length + " bytes", origin.plus(offset), "there are " + bytes.length);
    }
    return Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
  }
}
