package dev.firn.live;

import dev.firn.dataset.AppendDimension;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.LiveRules;
import dev.firn.update.UpdateOutcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What has come of one part of an archive's append dimension and is not published yet, and what is
 * being published. There is one update of a part at a time: so the base of a shard is always what
 * the update before it has published.
 *
 * @param pending what has come, each file at its newest version
 * @param released what was handed on last, until it is known how that ended
 * @param failures how often handing it on has failed in a row
 * @param notBefore when it may be tried again
 */
public record Awaited(
    List<Arrival> pending, Optional<Released> released, int failures, Optional<Instant> notBefore) {
  /** Nothing. */
  public static final Awaited NOTHING =
      new Awaited(List.of(), Optional.empty(), 0, Optional.empty());

  /** How long after the last file what is overdue is published: files often come together. */
  static final Duration SETTLING = Duration.ofSeconds(2);

  /** How long after the deadline files are still looked for, and what failed is tried again. */
  public static final Duration GRACE = Duration.ofHours(1);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(15);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  /**
   * What was handed on.
   *
   * @param job the update's name
   * @param since when
   * @param files what is in it
   */
  public record Released(String job, Instant since, List<Arrival> files) {
    /** Copies the list. */
    public Released {
      files = List.copyOf(files);
    }
  }

  /** Copies the list. */
  public Awaited {
    pending = List.copyOf(pending);
  }

  /** With one more arrival; nothing changes if it is known. */
  public Awaited and(Arrival arrival) {
    Stream<Arrival> known =
        Stream.concat(
            pending.stream(), released.stream().flatMap(update -> update.files().stream()));
    if (known.anyMatch(arrival::isSameVersionAs)) {
      return this;
    }
    List<Arrival> all = new ArrayList<>(pending);
    all.removeIf(arrival::isSameFileAs);
    all.add(arrival);
    return new Awaited(all, released, failures, notBefore);
  }

  /** With some of it handed on. */
  public Awaited releasing(String job, List<Arrival> files, Instant now) {
    List<Arrival> rest = new ArrayList<>(pending);
    rest.removeAll(files);
    return new Awaited(
        rest, Optional.of(new Released(job, now, files)), failures, Optional.empty());
  }

  /** After what was handed on has ended: if it failed, it is to be tried again, a while later. */
  public Awaited ended(UpdateOutcome.Status status, Instant now) {
    return switch (status) {
      case PUBLISHED, NOTHING_NEW -> new Awaited(pending, Optional.empty(), 0, Optional.empty());
      case REFUSED, BUSY, INVALID, FAILED, PARTIAL -> failed(now);
    };
  }

  private Awaited failed(Instant now) {
    List<Arrival> again = new ArrayList<>(pending);
    for (Arrival file : released.map(Released::files).orElse(List.of())) {
      if (again.stream().noneMatch(file::isSameFileAs)) {
        again.add(file);
      }
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 10));
    return new Awaited(
        again,
        Optional.empty(),
        failures + 1,
        Optional.of(now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE)));
  }

  /** Whether there is nothing to keep. */
  public boolean isIdle() {
    return pending.isEmpty() && released.isEmpty();
  }

  /** Without what the archive has by now. */
  public Awaited without(Holdings holdings) throws IOException {
    List<Arrival> rest = new ArrayList<>();
    for (Arrival arrival : pending) {
      if (!holdings.has(arrival.file(), arrival.arrived())) {
        rest.add(arrival);
      }
    }
    return new Awaited(rest, released, failures, notBefore);
  }

  /** What nobody can publish: tried until an hour after the deadline in vain. */
  public List<Arrival> hopeless(DatasetSpec spec, Instant now) {
    return failures == 0
        ? List.of()
        : pending.stream()
            .filter(
                arrival ->
                    overdue(spec, arrival.position()).plus(GRACE).isBefore(now)
                        && arrival.heard().plus(GRACE).isBefore(now))
            .toList();
  }

  /** Without these. */
  public Awaited without(List<Arrival> arrivals) {
    List<Arrival> rest = new ArrayList<>(pending);
    rest.removeAll(arrivals);
    return new Awaited(rest, released, rest.isEmpty() ? 0 : failures, notBefore);
  }

  /** What is to be published now. */
  public List<Arrival> due(DatasetSpec spec, Holdings holdings, Instant now) throws IOException {
    if (released.isPresent() || notBefore.filter(now::isBefore).isPresent()) {
      return List.of();
    }
    List<Arrival> due = new ArrayList<>();
    for (Map.Entry<Long, List<Arrival>> position : byPosition().entrySet()) {
      if (isDue(spec, position.getKey(), position.getValue(), holdings, now)) {
        due.addAll(position.getValue());
      }
    }
    return due;
  }

  private Map<Long, List<Arrival>> byPosition() {
    return pending.stream()
        .collect(Collectors.groupingBy(Arrival::position, TreeMap::new, Collectors.toList()));
  }

  private static boolean isDue(
      DatasetSpec spec, long position, List<Arrival> come, Holdings holdings, Instant now)
      throws IOException {
    LiveRules rules = spec.live();
    if (!now.isBefore(overdue(spec, position))) {
      return !now.isBefore(newest(come).plus(SETTLING));
    }
    if (rules.earlyAfter().isPresent()
        && !now.isBefore(oldest(come).plus(rules.earlyAfter().get()))) {
      return true;
    }
    Progress progress = Progress.of(holdings.missing(position, now), come);
    return progress.isComplete()
        || progress.wholeLeads() >= rules.earlyLeadTimes().orElse(Integer.MAX_VALUE);
  }

  /** When to ask again what is due, if nothing is heard meanwhile; empty where nothing pends. */
  public Optional<Instant> next(DatasetSpec spec, Instant now) {
    if (pending.isEmpty()) {
      return Optional.empty();
    }
    if (notBefore.filter(now::isBefore).isPresent()) {
      return notBefore;
    }
    Instant next = Instant.MAX;
    for (Map.Entry<Long, List<Arrival>> position : byPosition().entrySet()) {
      Instant overdue =
          later(overdue(spec, position.getKey()), newest(position.getValue()).plus(SETTLING));
      Instant early =
          spec.live().earlyAfter().map(oldest(position.getValue())::plus).orElse(overdue);
      Instant first = early.isBefore(overdue) ? early : overdue;
      next = first.isBefore(next) ? first : next;
    }
    return Optional.of(later(next, now));
  }

  private static Instant overdue(DatasetSpec spec, long position) {
    AppendDimension append = spec.append();
    return append.at(position).plus(spec.live().deadline());
  }

  private static Instant newest(List<Arrival> come) {
    return come.stream().map(Arrival::heard).max(Instant::compareTo).orElse(Instant.MIN);
  }

  private static Instant oldest(List<Arrival> come) {
    return come.stream().map(Arrival::heard).min(Instant::compareTo).orElse(Instant.MAX);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
