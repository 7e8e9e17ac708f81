package dev.firn.io.icechunk.format;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictDecompress;
import com.github.luben.zstd.ZstdException;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The zstd dictionary by which a manifest's locations are decompressed. A decompressor is expensive
 * to make and must not be shared: each call takes an idle one.
 */
final class LocationDictionary {
  private static final int MAX_LOCATION_BYTES = 1 << 16;
  private static final Queue<ZstdDecompressCtx> IDLE = new ConcurrentLinkedQueue<>();

  private final ZstdDictDecompress dictionary;
  private final FlatBytes file;

  private LocationDictionary(ZstdDictDecompress dictionary, FlatBytes file) {
    this.dictionary = dictionary;
    this.file = file;
  }

  static LocationDictionary of(Bytes dictionary, FlatBytes file) {
    try {
      return new LocationDictionary(new ZstdDictDecompress(dictionary.array()), file);
    } catch (IllegalStateException broken) {
      throw file.corrupt("its location dictionary is none: " + broken.getMessage());
    }
  }

  /** The location that the vector of bytes at {@code at} is compressed from. */
  String decompress(int at) {
    int length = file.count(at, 1);
    long declared = length == 0 ? -1 : Zstd.getFrameContentSize(file.array(), at + 4, length);
    if (declared < 0 || declared > MAX_LOCATION_BYTES) {
      throw file.corrupt("a compressed location of " + declared + " bytes");
    }
    byte[] utf8 = new byte[(int) declared];
    ZstdDecompressCtx idle = IDLE.poll();
    ZstdDecompressCtx context = idle == null ? new ZstdDecompressCtx() : idle;
    try {
      context.loadDict(dictionary);
      int decoded = context.decompressByteArray(utf8, 0, utf8.length, file.array(), at + 4, length);
      return new String(utf8, 0, decoded, StandardCharsets.UTF_8);
    } catch (ZstdException broken) {
      throw file.corrupt("a compressed location, zstd: " + broken.getMessage());
    } finally {
      IDLE.add(context);
    }
  }
}
