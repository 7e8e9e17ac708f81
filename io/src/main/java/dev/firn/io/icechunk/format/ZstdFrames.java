package dev.firn.io.icechunk.format;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.firn.io.Origin;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Files' content in zstd. How much a file may unfold to is bounded by its length: what does not
 * hold to that is damaged.
 */
final class ZstdFrames {
  private static final int FREE_BYTES = 64 << 20;
  private static final int MAX_RATIO = 4096;
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;
  private static final int LIKELY_RATIO = 64;

  private ZstdFrames() {}

  /** The content of the frames from {@code from} to the end of {@code file}. */
  static byte[] decompress(byte[] file, int from, FileType type, Origin origin) {
    int length = file.length - from;
    long limit = Math.min(MAX_ARRAY, Math.max(FREE_BYTES, (long) MAX_RATIO * length));
    if (length == 0) {
      throw new IcechunkException(type.label(), origin, "it ends after its header");
    }
    long declared = Math.max(0, Zstd.getFrameContentSize(file, from, length));
    if (declared > limit) {
      throw tooLong(declared, length, type, origin);
    }
    try (ZstdInputStreamNoFinalizer in =
        new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(file, from, length))) {
      // A declared length is believed up to what such a file usually has.
      long likely = Math.max(1024, (long) LIKELY_RATIO * length);
      GrowingBytes content =
          new GrowingBytes(
              (int) (declared > 0 ? Math.min(declared, likely) : Math.min(limit, 8L * length)));
      while (content.readFrom(in)) {
        if (content.size() > limit) {
          throw tooLong(content.size(), length, type, origin);
        }
      }
      return content.toByteArray();
    } catch (IOException broken) {
      throw new IcechunkException(type.label(), origin, "zstd: " + broken.getMessage(), broken);
    }
  }

  private static IcechunkException tooLong(long content, int length, FileType type, Origin origin) {
    return new IcechunkException(
        type.label(), origin, content + " bytes or more compressed to " + length);
  }

  /** Puts one frame with the buffer's content into {@code file}. */
  static void compress(FlatWriter content, ByteArrayOutputStream file, int level) {
    try (OutputStream out = new ZstdOutputStreamNoFinalizer(file, level).setChecksum(true)) {
      content.writeTo(out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Bytes whose number is not known, each copied at most twice. */
  private static final class GrowingBytes {
    private byte[] bytes;
    private int size;

    GrowingBytes(int expected) {
      bytes = new byte[expected];
    }

    /** Reads some bytes; false at the end. */
    boolean readFrom(InputStream in) throws IOException {
      if (size == bytes.length) {
        int next = in.read();
        if (next < 0) {
          return false;
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_ARRAY, 2L * size));
        bytes[size++] = (byte) next;
      }
      int read = in.read(bytes, size, bytes.length - size);
      size += Math.max(0, read);
      return read >= 0;
    }

    int size() {
      return size;
    }

    byte[] toByteArray() {
      return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }
  }
}
