package dev.firn.io.zarr.codec;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The {@code gzip} codec (Zarr v3 codec specification "gzip", RFC 1952). The header's time is 0, so
 * that encoding stays a pure function.
 *
 * @param level 0 to 9
 */
public record Gzip(int level) implements BytesToBytes {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Checks the level. */
  public Gzip {
    if (level < 0 || level > 9) {
      throw new IllegalArgumentException("Invalid gzip level " + level + ": expected 0 to 9");
    }
  }

  @Override
  public byte[] encode(ByteBuffer decoded) {
    ByteBuffer heap = HeapBytes.of(decoded);
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    try (OutputStream out = new LeveledStream(encoded, level)) {
      out.write(heap.array(), heap.arrayOffset() + heap.position(), heap.remaining());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return encoded.toByteArray();
  }

  @Override
  public ByteBuffer decode(ByteBuffer encoded, OptionalInt decodedBytes, Origin origin) {
    try (InputStream in = new GZIPInputStream(HeapBytes.stream(encoded), BUFFER_BYTES)) {
      return ByteBuffer.wrap(
          decodedBytes.isPresent() ? read(in, decodedBytes, origin) : in.readAllBytes());
    } catch (IOException broken) {
      throw new CorruptInputException("decode gzip data", origin, broken.toString(), broken);
    }
  }

  private static byte[] read(InputStream in, OptionalInt expected, Origin origin)
      throws IOException {
    byte[] decoded = new byte[expected.getAsInt()];
    int found = in.readNBytes(decoded, 0, decoded.length);
    HeapBytes.requireLength("gzip", found + in.skip(Long.MAX_VALUE), expected, origin);
    return decoded;
  }

  /** The JDK's stream at a chosen level. */
  private static final class LeveledStream extends GZIPOutputStream {
    LeveledStream(OutputStream out, int level) throws IOException {
      super(out, BUFFER_BYTES);
      def.setLevel(level);
    }
  }
}
