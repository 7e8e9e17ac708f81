package dev.firn.io.zarr.codec;

import dev.firn.io.Origin;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * A codec from bytes to bytes (Zarr v3 core, section "Codecs").
 *
 * <p>Implementations are safe for use by many threads, and encoding is a pure function: the same
 * bytes give the same bytes. No method changes the position or limit of the buffers it is given.
 */
public interface BytesToBytes {

  /**
   * Encodes position to limit of {@code decoded}.
   *
   * @return a new array, exactly filled
   */
  byte[] encode(ByteBuffer decoded);

  /**
   * Decodes position to limit of {@code encoded}, which is backed by an array.
   *
   * @param decodedBytes how many bytes must come out, where that is known
   * @param origin what errors name
   * @return an array-backed buffer, which may share the memory of {@code encoded}
   * @throws dev.firn.io.CorruptInputException when the bytes break the format or another number of
   *     them comes out
   */
  ByteBuffer decode(ByteBuffer encoded, OptionalInt decodedBytes, Origin origin);

  /** How many bytes {@code decodedBytes} bytes become, empty when it depends on the content. */
  default OptionalInt encodedBytes(int decodedBytes) {
    return OptionalInt.empty();
  }
}
