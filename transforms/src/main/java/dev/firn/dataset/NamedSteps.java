package dev.firn.dataset;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a file's name tells of the steps whose fields it may have. It has those of no others; of
 * which of these it does have them, only the rules of its dataset can say.
 */
public final class NamedSteps {
  private final TimeSpan init;
  private final TimeSpan valid;
  private final Optional<Duration> lead;
  private final OptionalInt member;

  NamedSteps(TimeSpan init, TimeSpan valid, Optional<Duration> lead, OptionalInt member) {
    this.init = init;
    this.valid = valid;
    this.lead = lead;
    this.member = member;
  }

  /** Whether the file may have the fields of a step. */
  public boolean has(SourceStep step) {
    return init.contains(step.init())
        && valid.contains(step.validTime())
        && hasLead(step.lead())
        && hasMember(step.member());
  }

  /** Whether all of its lead times are longer. */
  boolean isBeyond(Duration longest) {
    return lead.isPresent() && lead.get().compareTo(longest) > 0;
  }

  boolean hasLead(Duration other) {
    return lead.isEmpty() || lead.get().equals(other);
  }

  boolean hasMember(int other) {
    return member.isEmpty() || member.getAsInt() == other;
  }

  /**
   * The valid times.
   *
   * @param longest the longest lead time there is
   */
  TimeSpan validTimes(Duration longest) {
    return valid.and(init.later(lead.orElse(Duration.ZERO), lead.orElse(longest)));
  }

  /**
   * The starts of forecasts.
   *
   * @param longest the longest lead time there is
   */
  TimeSpan inits(Duration longest) {
    return init.and(
        valid.later(lead.orElse(longest).negated(), lead.orElse(Duration.ZERO).negated()));
  }
}
