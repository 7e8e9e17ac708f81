package dev.firn.io.source;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.bytes.ByteSource;
import dev.firn.io.object.ByteRange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One version of a file as bytes to go about in: reads are made of blocks, of which the last few
 * are kept. For one thread.
 */
final class FileBytes implements ByteSource {
  private static final int BLOCK = 32 << 10;
  private static final int KEPT = 16;

  private final SourceFiles files;
  private final String url;
  private final FileVersion version;
  private final Map<Long, byte[]> blocks =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
          return size() > KEPT;
        }
      };

  FileBytes(SourceFiles files, String url, FileVersion version) {
    this.files = files;
    this.url = url;
    this.version = version;
  }

  @Override
  public Origin origin() {
    return Origin.of(url, 0);
  }

  @Override
  public long lengthBytes() {
    return version.sizeBytes();
  }

  @Override
  public byte[] read(long offset, int length) throws IOException {
    if (offset + length > lengthBytes()) {
      throw new CorruptInputException(
          "read bytes",
          Origin.of(url, offset),
          length + " are needed, the file has " + lengthBytes());
    }
    if (length > BLOCK) {
      return files.read(url, version, new ByteRange(offset, length));
    }
    byte[] bytes = new byte[length];
    for (int done = 0; done < length; ) {
      long at = offset + done;
      byte[] block = block(at / BLOCK);
      int from = (int) (at % BLOCK);
      int count = Math.min(length - done, block.length - from);
      System.arraycopy(block, from, bytes, done, count);
      done += count;
    }
    return bytes;
  }

  private byte[] block(long number) throws IOException {
    byte[] known = blocks.get(number);
    if (known != null) {
      return known;
    }
    long from = number * BLOCK;
    long length = Math.min(BLOCK, lengthBytes() - from);
    byte[] read = files.read(url, version, new ByteRange(from, length));
    blocks.put(number, read);
    return read;
  }
}
