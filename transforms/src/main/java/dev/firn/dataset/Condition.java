package dev.firn.dataset;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When a rule about sources holds. What is empty is no condition.
 *
 * @param from the first start of a forecast it holds for
 * @param until the first one it does not hold for any more
 * @param leads the lead times it holds for, both ends included
 * @param members the ensemble members it holds for, both ends included
 * @param newerThan how old the start of a forecast may be, counted from the update's planning
 * @param olderThan how old the start of a forecast must be
 * @param words of the variable, or names, each with the texts it may have
 */
public record Condition(
    Optional<Instant> from,
    Optional<Instant> until,
    Optional<Range<Duration>> leads,
    Optional<Range<Integer>> members,
    Optional<Duration> newerThan,
    Optional<Duration> olderThan,
    Map<String, List<String>> words) {
  static final Condition ALWAYS =
      new Condition(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Map.of());

  /** Copies the words. */
  public Condition {
    words = Map.copyOf(words);
  }

  /** From one value to another, both included; an end that is empty is open. */
  public record Range<T extends Comparable<T>>(Optional<T> first, Optional<T> last) {
    /** Whether it lies between the ends. */
    public boolean contains(T value) {
      return first.map(bound -> bound.compareTo(value) <= 0).orElse(true)
          && last.map(bound -> bound.compareTo(value) >= 0).orElse(true);
    }
  }

  /**
   * Whether the rule holds.
   *
   * @param known the words of the variable that is asked for, and the names that are settled
   * @param now when the update was planned
   */
  public boolean holds(SourceStep step, Map<String, String> known, Instant now) {
    return holdsAt(step.init())
        && leads.map(range -> range.contains(step.lead())).orElse(true)
        && members.map(range -> range.contains(step.member())).orElse(true)
        && newerThan.map(age -> step.init().isAfter(now.minus(age))).orElse(true)
        && olderThan.map(age -> !step.init().isAfter(now.minus(age))).orElse(true)
        && words.entrySet().stream()
            .allMatch(word -> word.getValue().contains(known.get(word.getKey())));
  }

  /** The starts of forecasts in its era. */
  TimeSpan era() {
    return new TimeSpan(from.orElse(TimeSpan.ALWAYS.from()), until.orElse(TimeSpan.ALWAYS.until()));
  }

  /** Whether it asks for nothing but words. */
  boolean asksForWordsOnly() {
    return from.isEmpty()
        && until.isEmpty()
        && leads.isEmpty()
        && members.isEmpty()
        && newerThan.isEmpty()
        && olderThan.isEmpty();
  }

  /** Whether forecasts that start at {@code init} are in its era. */
  boolean holdsAt(Instant init) {
    return from.map(first -> !init.isBefore(first)).orElse(true)
        && until.map(init::isBefore).orElse(true);
  }
}
