package dev.firn.cli;

import dev.firn.update.JobProgress;
import dev.firn.update.UpdateId;
import dev.firn.update.WorkProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;

/**
 * Shows on standard error how far the work is: a bar that is drawn again and again on a terminal, a
 * line every few seconds elsewhere.
 */
final class ProgressPrinter implements AutoCloseable {
  private static final int BAR_WIDTH = 24;
  private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(5);
  private static final Duration BAR_INTERVAL = Duration.ofMillis(250);

  /** What is printed. */
  interface Line {
    /**
     * How far the work is.
     *
     * @param seconds since it began
     * @param bar whether there is a terminal to draw a bar on
     */
    String text(double seconds, boolean bar);
  }

  private final PrintWriter err;
  private final boolean terminal;
  private final Line line;
  private final long begunNanos = System.nanoTime();
  private final Timer timer = new Timer("progress", true);

  private ProgressPrinter(PrintWriter err, Line line, boolean terminal) {
    this.err = err;
    this.line = line;
    this.terminal = terminal;
  }

  static ProgressPrinter start(PrintWriter err, Line line) {
    ProgressPrinter printer = new ProgressPrinter(err, line, Boolean.getBoolean("firn.terminal"));
    long millis = (printer.terminal ? BAR_INTERVAL : PLAIN_INTERVAL).toMillis();
    printer.timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            printer.print();
          }
        },
        millis,
        millis);
    return printer;
  }

  private void print() {
    String text = line.text((System.nanoTime() - begunNanos) / 1e9, terminal);
    if (terminal) {
      err.print("\r\u001b[K" + text);
    } else {
      err.println("firn: " + text);
    }
    err.flush();
  }

  /** The work of this process from now on. */
  static Line ofProcess() {
    WorkProgress.Snapshot before = WorkProgress.ofProcess().snapshot();
    return (seconds, bar) -> line(since(before, WorkProgress.ofProcess().snapshot()), seconds, bar);
  }

  /** The work of an update that runs elsewhere. */
  static Line ofJournal(UpdateId update) {
    return (seconds, bar) -> {
      try {
        return JobProgress.read(update)
            .map(jobs -> jobs.finished() + " of " + jobs.planned() + " region jobs done")
            .orElse("planning or publishing");
      } catch (IOException unreadable) {
        return "cannot read the journal: " + unreadable.getMessage();
      }
    };
  }

  private static WorkProgress.Snapshot since(
      WorkProgress.Snapshot before, WorkProgress.Snapshot now) {
    return new WorkProgress.Snapshot(
        now.fieldsPlanned() - before.fieldsPlanned(),
        now.fieldsDone() - before.fieldsDone(),
        now.filesFetched() - before.filesFetched(),
        now.shardsWritten() - before.shardsWritten(),
        now.bytesRead() - before.bytesRead(),
        now.bytesWritten() - before.bytesWritten());
  }

  static String line(WorkProgress.Snapshot done, double seconds, boolean bar) {
    if (done.fieldsPlanned() == 0) {
      return "planning";
    }
    double share = Math.min(1.0, (double) done.fieldsDone() / done.fieldsPlanned());
    String numbers =
        String.format(
            Locale.ROOT,
            "%3.0f%%, %d files, %d of %d fields, %s read, %d shards, %s written%s",
            100 * share,
            done.filesFetched(),
            done.fieldsDone(),
            done.fieldsPlanned(),
            MemorySize.text(done.bytesRead()),
            done.shardsWritten(),
            MemorySize.text(done.bytesWritten()),
            timeLeft(share, seconds));
    int filled = (int) Math.round(BAR_WIDTH * share);
    return bar
        ? "[" + "#".repeat(filled) + ".".repeat(BAR_WIDTH - filled) + "] " + numbers
        : numbers.strip();
  }

  private static String timeLeft(double share, double seconds) {
    if (share <= 0 || share >= 1) {
      return "";
    }
    long left = Math.round(seconds / share * (1 - share));
    return String.format(Locale.ROOT, ", %d:%02d left", left / 60, left % 60);
  }

  @Override
  public void close() {
    timer.cancel();
    if (terminal) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }
}
