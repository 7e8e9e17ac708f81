package dev.firn.io.bytes;

import dev.firn.io.Origin;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** Bytes of known length that can be read in any order: a file or an array. */
public interface ByteSource extends Closeable {

  /** The bytes of {@code bytes}, not copied; offsets in errors are counted from {@code origin}. */
  static ByteSource of(byte[] bytes, Origin origin) {
    return new ArrayByteSource(bytes, origin);
  }

  /** The file at {@code path}; the caller closes it. */
  static ByteSource open(Path path) throws IOException {
    return FileByteSource.open(path);
  }

  /** Where the first byte is. */
  Origin origin();

  /** How many bytes there are. */
  long lengthBytes();

  /**
   * Reads exactly {@code length} bytes from {@code offset}.
   *
   * @throws dev.firn.io.CorruptInputException when the source ends before that
   * @throws IOException when reading fails
   */
  byte[] read(long offset, int length) throws IOException;

  @Override
  default void close() throws IOException {}
}
