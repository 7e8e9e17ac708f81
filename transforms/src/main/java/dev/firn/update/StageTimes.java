package dev.firn.update;

/**
 * How long threads were busy with the stages of region jobs, in milliseconds, added up over all
 * threads: more than the time that went by where several work at once.
 *
 * @param fetch reading inventories and messages
 * @param decode decoding messages and placing their values
 * @param encode numeric steps, merging with published values, compression
 * @param put writing shards
 */
public record StageTimes(long fetch, long decode, long encode, long put) {
  /** No time at all. */
  public static final StageTimes NONE = new StageTimes(0, 0, 0, 0);

  StageTimes plus(StageTimes other) {
    return new StageTimes(
        fetch + other.fetch, decode + other.decode, encode + other.encode, put + other.put);
  }
}
