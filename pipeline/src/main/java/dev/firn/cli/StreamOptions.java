package dev.firn.cli;

import dev.firn.dataset.ConfigurationException;
import dev.firn.notify.DeadLetters;
import dev.firn.notify.EventTarget;
import dev.firn.notify.ReadNotifications;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code stream} takes beside what all pipelines take. */
final class StreamOptions extends RunOptions {
  @Parameters(
      arity = "1..*",
      paramLabel = "DATASET",
      description =
          "The ids of the datasets, see 'firn datasets'. Options of the Beam pipeline follow '--'.")
  List<String> arguments = new ArrayList<>();

  @Option(
      names = "--queue",
      paramLabel = "URL",
      description =
          "The SQS queue that S3 notifications of new files come to. Without one, files are found by looking"
              + " alone.")
  String queue;

  @Option(
      names = "--look-every",
      paramLabel = "DURATION",
      defaultValue = "1m",
      description =
          "How far apart files are looked for that no notification told of: 30s, 5m. Default: 1m.")
  String lookEvery;

  @Option(
      names = "--early-lead-times",
      paramLabel = "N",
      description =
          "Publishes a forecast early, whenever N more lead times are whole. Default: as the dataset says.")
  Integer earlyLeadTimes;

  @Option(
      names = "--early-after",
      paramLabel = "DURATION",
      description =
          "Publishes early what has been waiting for so long. Default: as the dataset says.")
  String earlyAfter;

  @Option(
      names = "--deadline",
      paramLabel = "DURATION",
      description =
          "Publishes what there is so long after a forecast's start. Default: as the dataset says.")
  String deadline;

  @Option(
      names = "--events",
      paramLabel = "TARGET",
      description =
          "Tells each publication: an SQS queue's URL, an SNS topic's ARN, or a webhook. Repeatable.")
  List<String> events = new ArrayList<>();

  @Option(
      names = "--dead-letters",
      paramLabel = "TARGET",
      description =
          "Takes what cannot be worked off: malformed messages with their content, refused updates. A target"
              + " like those of --events, or the URL of a directory. Default: standard error.")
  String deadLetters;

  /** Checks the places that are named, without a request to any. */
  void check() {
    try {
      if (queue != null) {
        ReadNotifications.check(queue);
      }
      events.forEach(target -> EventTarget.open(target).close());
      if (deadLetters != null) {
        DeadLetters.open(LocalUrl.of(deadLetters)).close();
      }
    } catch (IllegalArgumentException invalid) {
      throw new ConfigurationException(invalid.getMessage(), invalid);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The datasets' ids: what is before {@code --}. */
  List<String> datasets() {
    return arguments.stream().takeWhile(argument -> !argument.startsWith("-")).toList();
  }

  @Override
  List<String> beamOptions() {
    return arguments.subList(datasets().size(), arguments.size());
  }
}
