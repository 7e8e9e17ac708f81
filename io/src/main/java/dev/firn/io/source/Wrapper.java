package dev.firn.io.source;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** How a file is wrapped as a whole, which the end of its name tells. */
public enum Wrapper {
  /** RFC 1952; {@code .gz}. */
  GZIP(".gz") {
    @Override
    void unwrap(byte[] wrapped, Origin origin, UnwrappedBytes content) {
      new GzipMembers(wrapped, origin, content).unwrap();
    }
  },
  /** {@code .bz2}. */
  BZIP2(".bz2") {
    @Override
    void unwrap(byte[] wrapped, Origin origin, UnwrappedBytes content) {
      unwrapBzip2(wrapped, origin, content);
    }
  };

  /** A file of which more comes out is not unwrapped. */
  public static final long MOST_BYTES = 1 << 30;

  private static final int BUFFER = 64 << 10;

  private final String suffix;

  Wrapper(String suffix) {
    this.suffix = suffix;
  }

  /** The wrapper of a file, by its name or URL; empty when it has none. */
  public static Optional<Wrapper> of(String name) {
    return Arrays.stream(values()).filter(wrapper -> name.endsWith(wrapper.suffix)).findFirst();
  }

  /**
   * What is in a wrapped file. Several wrapped files one behind the other are one with all their
   * contents.
   *
   * @param origin where the wrapped file begins
   * @param mostBytes how much may come out of it
   * @throws CorruptInputException when the file is not whole, when what comes out is not what was
   *     put in, or when it is more than {@code mostBytes}; names the byte of the wrapped file
   */
  public byte[] unwrap(byte[] wrapped, Origin origin, long mostBytes) {
    UnwrappedBytes content = new UnwrappedBytes(mostBytes);
    unwrap(wrapped, origin, content);
    return content.toByteArray();
  }

  abstract void unwrap(byte[] wrapped, Origin origin, UnwrappedBytes content);

  private static void unwrapBzip2(byte[] wrapped, Origin origin, UnwrappedBytes content) {
    ByteArrayInputStream rest = new ByteArrayInputStream(wrapped);
    byte[] buffer = new byte[BUFFER];
    try (BZip2CompressorInputStream bytes = new BZip2CompressorInputStream(rest, true)) {
      for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
        content.add(buffer, count, origin);
      }
    } catch (IOException | IndexOutOfBoundsException broken) {
      Origin place = origin.plus(wrapped.length - rest.available());
      throw new CorruptInputException("unwrap bzip2", place, reason(broken), broken);
    }
  }

  private static String reason(Exception broken) {
    return broken.getMessage() == null ? broken.toString() : broken.getMessage();
  }
}
