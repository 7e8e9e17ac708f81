package dev.firn.live;

import dev.firn.dataset.DatasetSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How fresh an archive is: when its newest time was first seen. A source counts as stopped when
 * nothing new came for nearly twice its usual spacing, so that it is noticed within that.
 *
 * @param extent the length of the append dimension
 * @param since when it was first seen so long
 * @param alarmed when it was last said that the source has stopped
 */
public record Freshness(long extent, Instant since, Optional<Instant> alarmed) {
  /** Nothing was seen. */
  public static final Freshness UNKNOWN = new Freshness(-1, Instant.EPOCH, Optional.empty());

  private static final double PATIENCE = 1.8;

  /** After the archive was seen to be so long. */
  public Freshness at(long newExtent, Instant now) {
    return newExtent == extent ? this : new Freshness(newExtent, now, Optional.empty());
  }

  /** What is to be said now, once in every such while. */
  public Optional<Stale> alarm(DatasetSpec spec, Instant now) {
    Duration every = spec.append().every();
    Duration patience = Duration.ofMillis((long) (every.toMillis() * PATIENCE));
    Instant last = alarmed.orElse(since);
    return extent < 1 || last.plus(patience).isAfter(now)
        ? Optional.empty()
        : Optional.of(new Stale(spec.id(), spec.append().at(extent - 1), since, every.toSeconds()));
  }

  /** After it was said. */
  public Freshness alarmed(Instant now) {
    return new Freshness(extent, since, Optional.of(now));
  }
}
