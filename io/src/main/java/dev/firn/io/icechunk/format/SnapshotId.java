package dev.firn.io.icechunk.format;

import java.util.random.RandomGenerator;

/**
 * The id of a snapshot, and of its transaction log: 12 bytes.
 *
 * @param high bytes 0 to 7, big-endian
 * @param low bytes 8 to 11, big-endian
 */
public record SnapshotId(long high, int low) implements ObjectId, Comparable<SnapshotId> {
  /** The snapshot every repository begins with. */
  public static final SnapshotId INITIAL = parse("1CECHNKREP0F1RSTCMT0");

  /** Reads Crockford base 32. */
  public static SnapshotId parse(String text) {
    return of(CrockfordBase32.decode(text, Id12.LENGTH));
  }

  /** The id of these 12 bytes. */
  public static SnapshotId of(byte[] bytes) {
    Id12.check(bytes);
    return new SnapshotId(Id12.high(bytes), Id12.low(bytes));
  }

  /** A new id. */
  public static SnapshotId random(RandomGenerator random) {
    return new SnapshotId(random.nextLong(), random.nextInt());
  }

  @Override
  public byte[] bytes() {
    return Id12.bytes(high, low);
  }

  @Override
  public int compareTo(SnapshotId other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Integer.compareUnsigned(low, other.low);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SnapshotId that && high == that.high && low == that.low;
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
