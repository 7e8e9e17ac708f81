package dev.firn.cli;

import dev.firn.live.Arrival;
import dev.firn.live.LivePublication;
import dev.firn.live.Stale;
import dev.firn.live.Trouble;
import dev.firn.notify.DeadLetter;
import dev.firn.update.UpdateJson;
import dev.firn.update.UpdateOutcome;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.beam.sdk.transforms.DoFn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a stream tells: on the output and error of the command that runs it in its own process, in
 * the log of a worker elsewhere.
 */
final class StreamLog {
  private static final Logger LOG = LoggerFactory.getLogger(StreamLog.class);
  private static final AtomicReference<Console> CONSOLE = new AtomicReference<>();

  private StreamLog() {}

  /** The streams of a command. */
  record Console(PrintWriter out, PrintWriter err) {}

  /** Has workers in this process tell it to {@code console}. */
  static void tellHere(Console console) {
    CONSOLE.set(console);
  }

  private static void tell(Function<Console, PrintWriter> where, String line) {
    Console console = CONSOLE.get();
    if (console == null) {
      LOG.info(line);
      return;
    }
    where.apply(console).println(line);
    where.apply(console).flush();
  }

  /** A line for each update. */
  static final class PublicationsFn extends DoFn<LivePublication, Void> {
    private static final long serialVersionUID = 1L;
    private final boolean json;

    PublicationsFn(boolean json) {
      this.json = json;
    }

    @ProcessElement
    public void processElement(@Element LivePublication publication) {
      tell(Console::out, json ? document(publication) : line(publication));
    }
  }

  private static String document(LivePublication publication) {
    return new String(UpdateJson.write(publication), StandardCharsets.UTF_8);
  }

  static String line(LivePublication publication) {
    UpdateOutcome outcome = publication.outcome();
    String what =
        publication.times().isEmpty()
            ? outcome.status().text() + ": " + outcome.message()
            : publication.times().stream().map(StreamLog::text).collect(Collectors.joining("; "));
    String late =
        publication.lastFile().isEmpty()
            ? ""
            : String.format(
                Locale.ROOT,
                ", %.1f s after the last file",
                Duration.between(publication.lastFile().get(), publication.readable()).toMillis()
                    / 1000.0);
    return outcome.finished() + " " + outcome.id().dataset() + " " + what + late;
  }

  private static String text(LivePublication.ChangedTime changed) {
    String leads =
        changed.leadTimes().isEmpty()
            ? ""
            : " at hours " + LeadTimeRanges.text(changed.leadTimes());
    return String.format(
        Locale.ROOT,
        "%s%s, %d of %d files",
        changed.time(),
        leads,
        changed.ingestedFiles(),
        changed.expectedFiles());
  }

  /** A line for each source that seems to have stopped. */
  static final class StaleSourcesFn extends DoFn<Stale, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void processElement(@Element Stale stale) {
      tell(
          Console::err,
          String.format(
              Locale.ROOT,
              "firn: %s is stale: its newest time is %s, and nothing new came since %s, though something usually does every %s",
              stale.dataset(),
              stale.newest(),
              stale.since(),
              Duration.ofSeconds(stale.expectedEverySeconds())
                  .toString()
                  .substring(2)
                  .toLowerCase(Locale.ROOT)));
    }
  }

  /** A line for each thing that failed and is tried again. */
  static final class TroublesFn extends DoFn<Trouble, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void processElement(@Element Trouble trouble) {
      tell(
          Console::err, "firn: " + trouble.dataset() + ", to be tried again: " + trouble.message());
    }
  }

  /** A line for each file that is given up. */
  static final class GivenUpFn extends DoFn<Arrival, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void processElement(@Element Arrival arrival) {
      tell(
          Console::err,
          "firn: "
              + arrival.dataset()
              + " gives up "
              + arrival.arrived().url()
              + ": it could not be published for long, see the updates before");
    }
  }

  /** A line for each dead letter. */
  static final class LettersFn extends DoFn<DeadLetter, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void processElement(@Element DeadLetter letter) {
      tell(Console::err, "firn: dead letter: " + letter.json());
    }
  }
}
