package dev.firn.cli;

import dev.firn.dataset.ConfigurationException;
import dev.firn.update.WorkerShare;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** What makes a process one of several that share an update. */
final class WorkerOptions {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(s|m|h)");
  private static final Duration BETWEEN_WINDOWS = Duration.ofHours(6);

  @Option(
      names = "--worker-index",
      required = true,
      paramLabel = "I",
      description = "This process is worker I, counted from 0, of several that share the work.")
  private int index;

  @Option(
      names = "--workers-total",
      required = true,
      paramLabel = "N",
      description = "How many workers share it.")
  private int total;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description =
          "How long a worker whose share is done waits for the others (30s, 20m, 6h). Default: 6h before"
              + " the next window of a long backfill, not at all at the end.")
  private String wait;

  WorkerShare share() {
    return new WorkerShare(index, total);
  }

  /** Finds what is wrong with them before anything is begun. */
  void check() {
    share();
    wait(false);
  }

  /** How long to wait for the others when {@code more} says whether another window follows. */
  Duration wait(boolean more) {
    return Optional.ofNullable(wait)
        .map(WorkerOptions::duration)
        .orElse(more ? BETWEEN_WINDOWS : Duration.ZERO);
  }

  private static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new ConfigurationException(
          "Invalid --wait '" + text + "': expected a number with s, m or h");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }
}
