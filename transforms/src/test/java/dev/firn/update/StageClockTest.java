package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.update.StageClock.Stage;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class StageClockTest {
  private final StageClock clock = new StageClock();

  private static String wait(int millis) {
    long end = System.nanoTime() + millis * 1_000_000L;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(100_000);
    }
    return "done";
  }

  @Test
  void eachStageHasTheTimeOfItsWork() {
    assertThat(clock.time(Stage.FETCH, () -> wait(3)), equalTo("done"));
    clock.time(Stage.FETCH, () -> wait(4));
    clock.time(Stage.PUT, () -> wait(2));

    StageTimes times = clock.times();

    assertThat(times.fetch(), greaterThanOrEqualTo(7L));
    assertThat(times.put(), greaterThanOrEqualTo(2L));
    assertThat(times, equalTo(new StageTimes(times.fetch(), 0, 0, times.put())));
  }

  @Test
  void workThatFailsCountsToo() {
    assertThrows(
        IOException.class,
        () ->
            clock.time(
                Stage.DECODE,
                () -> {
                  wait(2);
                  throw new IOException("broken");
                }));

    assertThat(clock.times().decode(), greaterThanOrEqualTo(2L));
  }

  @Test
  void timesAddUpByStage() {
    assertThat(
        new StageTimes(1, 2, 3, 4).plus(new StageTimes(10, 20, 30, 40)),
        equalTo(new StageTimes(11, 22, 33, 44)));
  }
}
