package dev.firn.io.zarr.codec;

import dev.firn.io.Origin;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * The {@code zstd} codec (Zarr v3 codec extension "zstd", RFC 8878).
 *
 * @param level as the zstd library counts them; 0 is its default
 * @param checksum whether frames end with a checksum of their content
 */
public record Zstandard(int level, boolean checksum) implements BytesToBytes {

  @Override
  public byte[] encode(ByteBuffer decoded) {
    ByteBuffer source = HeapBytes.of(decoded);
    ByteBuffer target = ByteBuffer.allocate(ZstdLibrary.bound(source.remaining()));
    ZstdLibrary.compress(source, target, this);
    return Arrays.copyOf(target.array(), target.position());
  }

  @Override
  public ByteBuffer decode(ByteBuffer encoded, OptionalInt decodedBytes, Origin origin) {
    if (decodedBytes.isEmpty()) {
      return ByteBuffer.wrap(ZstdLibrary.decompressAll(encoded, origin));
    }
    ByteBuffer target = ByteBuffer.allocate(decodedBytes.getAsInt());
    ZstdLibrary.decompress(encoded, target, origin);
    HeapBytes.requireLength("zstd", target.position(), decodedBytes, origin);
    return target.flip();
  }
}
