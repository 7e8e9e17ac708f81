package dev.firn.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.firn.update.WorkProgress;
import org.junit.jupiter.api.Test;

class ProgressPrinterTest {
  private static final WorkProgress.Snapshot QUARTER =
      new WorkProgress.Snapshot(400, 100, 20, 3, 2048, 1024);

  @Test
  void lineSaysWhatIsDoneAndHowLongTheRestTakes() {
    assertThat(
        ProgressPrinter.line(QUARTER, 30, false),
        equalTo(
            "25%, 20 files, 100 of 400 fields, 2.0 KiB read, 3 shards, 1.0 KiB written, 1:30 left"));
  }

  @Test
  void barIsFilledByTheShareDone() {
    assertThat(
        ProgressPrinter.line(QUARTER, 30, true), startsWith("[######..................]  25%,"));
  }

  @Test
  void beforeThePlanIsKnownItIsPlanning() {
    assertThat(
        ProgressPrinter.line(new WorkProgress.Snapshot(0, 0, 0, 0, 0, 0), 1, true),
        equalTo("planning"));
  }
}
