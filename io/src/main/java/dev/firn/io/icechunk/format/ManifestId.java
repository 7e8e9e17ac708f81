package dev.firn.io.icechunk.format;

import java.util.random.RandomGenerator;

/**
 * The id of a chunk manifest: 12 bytes.
 *
 * @param high bytes 0 to 7, big-endian
 * @param low bytes 8 to 11, big-endian
 */
public record ManifestId(long high, int low) implements ObjectId, Comparable<ManifestId> {
  /** Reads Crockford base 32. */
  public static ManifestId parse(String text) {
    return of(CrockfordBase32.decode(text, Id12.LENGTH));
  }

  /** The id of these 12 bytes. */
  public static ManifestId of(byte[] bytes) {
    Id12.check(bytes);
    return new ManifestId(Id12.high(bytes), Id12.low(bytes));
  }

  /** A new id. */
  public static ManifestId random(RandomGenerator random) {
    return new ManifestId(random.nextLong(), random.nextInt());
  }

  @Override
  public byte[] bytes() {
    return Id12.bytes(high, low);
  }

  @Override
  public int compareTo(ManifestId other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Integer.compareUnsigned(low, other.low);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ManifestId that && high == that.high && low == that.low;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(high) + low;
  }

  @Override
  public String toString() {
    return text();
  }
}
