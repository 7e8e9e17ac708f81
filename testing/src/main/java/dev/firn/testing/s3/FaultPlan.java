package dev.firn.testing.s3;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which requests are disturbed, and how. Drawn with a seed, in the order in which requests arrive.
 */
public final class FaultPlan {
  private final Random random;
  private final double share;
  private final List<Fault> faults;
  private final String only;
  private final boolean ignoresConditions;
  private final AtomicInteger requests = new AtomicInteger();
  private final Map<Fault, Integer> counts = new ConcurrentHashMap<>();

  private FaultPlan(
      Random random, double share, List<Fault> faults, String only, boolean ignoresConditions) {
    this.random = random;
    this.share = share;
    this.faults = List.copyOf(faults);
    this.only = only;
    this.ignoresConditions = ignoresConditions;
  }

  /**
   * A plan that disturbs a part of all requests.
   *
   * @param seed of the draws
   * @param share of all requests, from 0 to 1
   * @param faults each as likely as the others
   */
  public static FaultPlan of(long seed, double share, List<Fault> faults) {
    return new FaultPlan(new Random(seed), share, faults, "", false);
  }

  /** A plan that disturbs nothing, but takes the conditions from conditional requests. */
  public static FaultPlan ignoringConditions() {
    return new FaultPlan(new Random(0), 0, List.of(), "", true);
  }

  /** The same for requests alone whose first line holds {@code text}. */
  public FaultPlan on(String text) {
    return new FaultPlan(random, share, faults, text, ignoresConditions);
  }

  /** Draws for the next request, by its first line. */
  synchronized Optional<Fault> next(String start) {
    requests.incrementAndGet();
    if (faults.isEmpty() || !start.contains(only) || random.nextDouble() >= share) {
      return Optional.empty();
    }
    Fault fault = faults.get(random.nextInt(faults.size()));
    counts.merge(fault, 1, Integer::sum);
    return Optional.of(fault);
  }

  boolean ignoresConditions() {
    return ignoresConditions;
  }

  /** How many requests there were, disturbed or not. */
  public int requests() {
    return requests.get();
  }

  /** How often each fault occurred. */
  public Map<Fault, Integer> counts() {
    return Map.copyOf(counts);
  }
}
