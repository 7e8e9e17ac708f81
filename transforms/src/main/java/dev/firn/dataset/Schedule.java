package dev.firn.dataset;

import java.time.Duration;

/**
 * When a dataset is usually updated; Firn itself starts nothing.
 *
 * @param cron the times, five fields of cron, UTC
 * @param deadline how long after its start an update is given up
 */
public record Schedule(String cron, Duration deadline) {
  /** Checks that there are five fields. */
  public Schedule {
    if (cron.trim().split("\\s+").length != 5) {
      throw new IllegalArgumentException("cron is '" + cron + "', expected five fields");
    }
  }
}
