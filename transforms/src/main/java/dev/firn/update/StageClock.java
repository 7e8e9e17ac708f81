package dev.firn.update;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Measures the stages of one region job. Safe for use by many threads. */
final class StageClock {
  enum Stage {
    FETCH,
    DECODE,
    ENCODE,
    PUT
  }

  /** A piece of work that belongs to one stage. */
  interface Work<T, E extends Exception> {
    T run() throws E;
  }

  private final Map<Stage, LongAdder> nanos = new EnumMap<>(Stage.class);

  StageClock() {
    for (Stage stage : Stage.values()) {
      nanos.put(stage, new LongAdder());
    }
  }

  <T, E extends Exception> T time(Stage stage, Work<T, E> work) throws E {
    long begun = System.nanoTime();
    try {
      return work.run();
    } finally {
      nanos.get(stage).add(System.nanoTime() - begun);
    }
  }

  StageTimes times() {
    return new StageTimes(
        millis(Stage.FETCH), millis(Stage.DECODE), millis(Stage.ENCODE), millis(Stage.PUT));
  }

  private long millis(Stage stage) {
    return TimeUnit.NANOSECONDS.toMillis(nanos.get(stage).sum());
  }
}
