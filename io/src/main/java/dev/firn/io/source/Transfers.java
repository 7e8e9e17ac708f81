package dev.firn.io.source;

import java.util.concurrent.atomic.LongAdder;

/** Counts what is fetched. Safe for use by many threads. */
public final class Transfers {
  private final LongAdder requests = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder bytesAgain = new LongAdder();
  private final LongAdder bytesWasted = new LongAdder();

  /**
   * What was fetched.
   *
   * @param requests how many requests were made, those that failed and those that only asked
   *     whether a file is there among them
   * @param bytes how many bytes of files arrived
   * @param bytesAgain how many of them had been fetched before: attempts that followed one which
   *     failed, and what was read again because a file had changed
   * @param bytesWasted how many of them nobody used: what lies between ranges that were read
   *     together, what arrived before an attempt failed, and versions that were given up
   */
  public record Counts(long requests, long bytes, long bytesAgain, long bytesWasted) {
    /** Nothing. */
    public static final Counts NONE = new Counts(0, 0, 0, 0);

    /** Both. */
    public Counts plus(Counts other) {
      return new Counts(
          requests + other.requests,
          bytes + other.bytes,
          bytesAgain + other.bytesAgain,
          bytesWasted + other.bytesWasted);
    }

    /** What was added since {@code before}. */
    public Counts minus(Counts before) {
      return new Counts(
          requests - before.requests,
          bytes - before.bytes,
          bytesAgain - before.bytesAgain,
          bytesWasted - before.bytesWasted);
    }
  }

  void requested() {
    requests.increment();
  }

  void fetched(long count) {
    bytes.add(count);
  }

  /** Counts bytes among those that had been fetched before. */
  public void again(long count) {
    bytesAgain.add(count);
  }

  /** Counts bytes among those that nobody used. */
  public void wasted(long count) {
    bytesWasted.add(count);
  }

  /** The counts until now. */
  public Counts counts() {
    return new Counts(requests.sum(), bytes.sum(), bytesAgain.sum(), bytesWasted.sum());
  }
}
