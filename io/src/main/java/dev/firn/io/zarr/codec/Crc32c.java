package dev.firn.io.zarr.codec;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * The {@code crc32c} codec (Zarr v3 codec specification "crc32c"): the bytes, then their CRC-32C as
 * a little-endian 32-bit integer.
 */
public record Crc32c() implements BytesToBytes {
  private static final int CHECKSUM_BYTES = Integer.BYTES;

  @Override
  public byte[] encode(ByteBuffer decoded) {
    int length = decoded.remaining();
    byte[] encoded = new byte[length + CHECKSUM_BYTES];
    decoded.get(decoded.position(), encoded, 0, length);
    littleEndian(ByteBuffer.wrap(encoded))
        .putInt(length, checksum(ByteBuffer.wrap(encoded, 0, length)));
    return encoded;
  }

  @Override
  public ByteBuffer decode(ByteBuffer encoded, OptionalInt decodedBytes, Origin origin) {
    int length = encoded.remaining() - CHECKSUM_BYTES;
    HeapBytes.requireLength("crc32c", length, decodedBytes, origin);
    if (length < 0) {
      throw new CorruptInputException(
          "decode crc32c data",
          origin,
          "it has " + encoded.remaining() + " bytes, expected 4 or more");
    }
    ByteBuffer decoded = encoded.slice(encoded.position(), length);
    int found = checksum(decoded.duplicate());
    int expected = littleEndian(encoded.duplicate()).getInt(encoded.position() + length);
    if (found != expected) {
      throw new CorruptInputException(
          "decode crc32c data",
          origin,
          String.format("its checksum is 0x%08x, expected 0x%08x", found, expected));
    }
    return decoded;
  }

  @Override
  public OptionalInt encodedBytes(int decodedBytes) {
    return OptionalInt.of(Math.addExact(decodedBytes, CHECKSUM_BYTES));
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return (int) checksum.getValue();
  }

  private static ByteBuffer littleEndian(ByteBuffer bytes) {
    return bytes.order(ByteOrder.LITTLE_ENDIAN);
  }
}
