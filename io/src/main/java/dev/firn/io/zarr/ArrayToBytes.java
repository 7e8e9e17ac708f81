package dev.firn.io.zarr;

import dev.firn.io.Origin;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * The codec of a chain that turns an array into bytes. The array is a buffer of elements in C
 * order, little-endian, position to limit.
 */
interface ArrayToBytes {

  /** May return the given buffer. */
  ByteBuffer encode(ByteBuffer values);

  /** May share the memory of {@code encoded}, which is backed by an array. */
  ByteBuffer decode(ByteBuffer encoded, Origin origin);

  /** The length of the encoded array, empty when it depends on the values. */
  OptionalInt encodedBytes();
}
