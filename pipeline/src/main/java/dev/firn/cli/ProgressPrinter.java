package dev.firn.cli;

import dev.firn.update.WorkProgress;
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

  private final PrintWriter err;
  private final boolean terminal;
  private final WorkProgress.Snapshot before;
  private final long begunNanos = System.nanoTime();
  private final Timer timer = new Timer("progress", true);

  private ProgressPrinter(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
    this.before = WorkProgress.ofProcess().snapshot();
  }

  static ProgressPrinter start(PrintWriter err) {
    ProgressPrinter printer = new ProgressPrinter(err, Boolean.getBoolean("firn.terminal"));
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
    String line =
        line(
            since(WorkProgress.ofProcess().snapshot()),
            (System.nanoTime() - begunNanos) / 1e9,
            terminal);
    if (terminal) {
      err.print("\r\u001b[K" + line);
    } else {
      err.println("firn: " + line);
    }
    err.flush();
  }

  private WorkProgress.Snapshot since(WorkProgress.Snapshot now) {
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
