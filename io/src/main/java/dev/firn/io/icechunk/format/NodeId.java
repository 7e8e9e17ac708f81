package dev.firn.io.icechunk.format;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * The id of an array or group: 8 bytes. A node keeps it for its lifetime.
 *
 * @param bits the bytes, big-endian
 */
public record NodeId(long bits) implements ObjectId, Comparable<NodeId> {
  static final int LENGTH = 8;

  /** Reads Crockford base 32. */
  public static NodeId parse(String text) {
    return of(CrockfordBase32.decode(text, LENGTH));
  }

  /** The id of these 8 bytes. */
  public static NodeId of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("A node id has 8 bytes, not " + bytes.length);
    }
    return new NodeId(ByteBuffer.wrap(bytes).getLong());
  }

  /** A new id. */
  public static NodeId random(RandomGenerator random) {
    return new NodeId(random.nextLong());
  }

  @Override
  public byte[] bytes() {
    return ByteBuffer.allocate(LENGTH).putLong(bits).array();
  }

  @Override
  public int compareTo(NodeId other) {
    return Long.compareUnsigned(bits, other.bits);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NodeId that && bits == that.bits;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(bits);
  }

  @Override
  public String toString() {
    return text();
  }
}
