package dev.firn.dataset;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * Which field of a variable a source has: what a message says of itself.
 *
 * @param init the start of the forecast; of observations, their time
 * @param lead time since then, zero for observations
 * @param member of the ensemble, 0 for the control and where there is no ensemble
 */
public record SourceStep(Instant init, Duration lead, int member)
    implements Comparable<SourceStep> {
  private static final Comparator<SourceStep> ORDER =
      Comparator.comparing(SourceStep::init)
          .thenComparing(SourceStep::lead)
          .thenComparingInt(SourceStep::member);

  /** The time that the field is for. */
  public Instant validTime() {
    return init.plus(lead);
  }

  @Override
  public int compareTo(SourceStep other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return "%s + %d h%s".formatted(init, lead.toHours(), member == 0 ? "" : ", member " + member);
  }
}
