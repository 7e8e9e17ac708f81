package dev.firn.dataset;

import dev.firn.io.grib.StatisticalInterval;
import java.time.Duration;
import java.util.Optional;

/** The time a forecast value stands for: one moment, or an interval that ends at the lead time. */
public sealed interface Window {

  /**
   * The wording of a NOAA inventory line for this window at {@code lead}: "anl", "7 hour fcst",
   * "6-7 hour acc fcst".
   */
  String indexText(Duration lead);

  /** The interval that the message must state, empty for a moment or one that it decides. */
  Optional<StatisticalInterval> interval(Duration lead);

  /** How what a message states differs from this window; empty when it does not. */
  default Optional<String> difference(Optional<StatisticalInterval> stated, Duration lead) {
    return stated.equals(interval(lead))
        ? Optional.empty()
        : FieldMatch.differs("statistical interval", stated, interval(lead));
  }

  /** The valid time alone. */
  record Moment() implements Window {
    @Override
    public String indexText(Duration lead) {
      return lead.isZero() ? "anl" : lead.toHours() + " hour fcst";
    }

    @Override
    public Optional<StatisticalInterval> interval(Duration lead) {
      return Optional.empty();
    }
  }

  /**
   * The interval since the last reset, the whole reset period where the lead time is a multiple of
   * it.
   *
   * @param statistic what was made of the values in the interval
   * @param reset the reset period in whole hours, empty when the interval always starts with the
   *     forecast
   */
  record Interval(Statistic statistic, Optional<Duration> reset) implements Window {
    @Override
    public String indexText(Duration lead) {
      long end = lead.toHours();
      long start = start(lead).toHours();
      if (start == 0 && end > 0 && end % 24 == 0) {
        return "0-" + end / 24 + " day " + statistic.word() + " fcst";
      }
      return start + "-" + end + " hour " + statistic.word() + " fcst";
    }

    @Override
    public Optional<StatisticalInterval> interval(Duration lead) {
      return Optional.of(new StatisticalInterval(statistic.process(), start(lead), lead));
    }

    private Duration start(Duration lead) {
      if (reset.isEmpty() || lead.isZero()) {
        return Duration.ZERO;
      }
      long period = reset.get().toHours();
      long since = lead.toHours() % period;
      return lead.minusHours(since == 0 ? period : since);
    }
  }

  /**
   * An interval that ends at the lead time and begins where the message says.
   *
   * @param statistic what was made of the values in the interval
   */
  record Stated(Statistic statistic) implements Window {
    @Override
    public String indexText(Duration lead) {
      throw new IllegalStateException("Cannot word an interval whose start only the message knows");
    }

    @Override
    public Optional<StatisticalInterval> interval(Duration lead) {
      return Optional.empty();
    }

    @Override
    public Optional<String> difference(Optional<StatisticalInterval> stated, Duration lead) {
      if (stated.isEmpty() && lead.isZero()) {
        return Optional.empty(); // nothing has gone by, which some centres write as a moment
      }
      return stated
              .filter(
                  interval ->
                      interval.process() == statistic.process() && interval.end().equals(lead))
              .isPresent()
          ? Optional.empty()
          : FieldMatch.differs("statistical interval", stated, statistic + " up to " + lead);
    }
  }

  /**
   * What is made of the values in an interval: code table 4.10, and the word of NOAA inventories.
   */
  enum Statistic {
    AVERAGE(0, "ave"),
    ACCUMULATION(1, "acc"),
    MAXIMUM(2, "max"),
    MINIMUM(3, "min");

    private final int process;
    private final String word;

    Statistic(int process, String word) {
      this.process = process;
      this.word = word;
    }

    int process() {
      return process;
    }

    String word() {
      return word;
    }
  }
}
