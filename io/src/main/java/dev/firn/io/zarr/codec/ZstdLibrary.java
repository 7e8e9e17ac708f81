package dev.firn.io.zarr.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStream;
import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The zstd library. A context is expensive to make and must not be shared: each call takes an idle
 * one, so there are never more of them than there were calls at one time. All buffers have arrays.
 */
final class ZstdLibrary {
  private static final Queue<ZstdCompressCtx> IDLE_COMPRESSORS = new ConcurrentLinkedQueue<>();
  private static final Queue<ZstdDecompressCtx> IDLE_DECOMPRESSORS = new ConcurrentLinkedQueue<>();

  private ZstdLibrary() {}

  /** The most bytes that {@code length} bytes can become. */
  static int bound(int length) {
    return Math.toIntExact(Zstd.compressBound(length));
  }

  /** Puts one frame with position to limit of {@code source} at the position of {@code target}. */
  static void compress(ByteBuffer source, ByteBuffer target, Zstandard settings) {
    ZstdCompressCtx idle = IDLE_COMPRESSORS.poll();
    ZstdCompressCtx context = idle == null ? new ZstdCompressCtx() : idle;
    try {
      context.setLevel(settings.level()).setChecksum(settings.checksum());
      int length =
          context.compressByteArray(
              target.array(),
              target.arrayOffset() + target.position(),
              target.remaining(),
              source.array(),
              source.arrayOffset() + source.position(),
              source.remaining());
      target.position(target.position() + length);
    } finally {
      IDLE_COMPRESSORS.add(context);
    }
  }

  /** Puts the content of the frames in {@code source} at the position of {@code target}. */
  static void decompress(ByteBuffer source, ByteBuffer target, Origin origin) {
    ZstdDecompressCtx idle = IDLE_DECOMPRESSORS.poll();
    ZstdDecompressCtx context = idle == null ? new ZstdDecompressCtx() : idle;
    try {
      int length =
          context.decompressByteArray(
              target.array(),
              target.arrayOffset() + target.position(),
              target.remaining(),
              source.array(),
              source.arrayOffset() + source.position(),
              source.remaining());
      target.position(target.position() + length);
    } catch (ZstdException broken) {
      throw new CorruptInputException(
          "decode zstd data",
          origin,
          broken.getMessage() + ", expected " + target.remaining() + " bytes",
          broken);
    } finally {
      IDLE_DECOMPRESSORS.add(context);
    }
  }

  /** The content of the frames in {@code source}, however long. */
  static byte[] decompressAll(ByteBuffer source, Origin origin) {
    try (InputStream in = new ZstdInputStream(HeapBytes.stream(source))) {
      return in.readAllBytes();
    } catch (IOException broken) {
      throw new CorruptInputException("decode zstd data", origin, broken.toString(), broken);
    }
  }
}
