package dev.firn.io.icechunk;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetriesTest {
  private final List<Duration> waited = new ArrayList<>();
  private final Retries retries =
      new Retries(100, Duration.ofMillis(50), Duration.ofMillis(300), waited::add);

  @Test
  void fiveLostRacesAreRunAgainAtOnceAndFurtherOnesAfterAWait() throws IOException {
    for (int lost = 1; lost <= 7; lost++) {
      retries.awaitAfterRace(lost, new Random(1));
    }

    assertThat(waited, hasSize(2));
    assertThat(waited.get(0), lessThanOrEqualTo(Duration.ofMillis(50)));
    assertThat(waited.get(1), lessThanOrEqualTo(Duration.ofMillis(100)));
  }

  @Test
  void waitsDoubleUpToTheLongest() throws IOException {
    Random most =
        new Random() {
          private static final long serialVersionUID = 1L;

          @Override
          public long nextLong(long bound) {
            return bound - 1;
          }
        };

    for (int failed = 1; failed <= 70; failed++) {
      retries.await(failed, most);
    }

    assertThat(
        waited.subList(0, 3).stream().map(wait -> wait.plusNanos(1).toMillis()).toList(),
        equalTo(List.of(50L, 100L, 200L)));
    assertThat(waited, everyItem(lessThanOrEqualTo(Duration.ofMillis(300))));
  }

  @Test
  void atLeastOneTryIsMade() {
    IllegalArgumentException none =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Retries(0, Duration.ZERO, Duration.ZERO, Retries.DEFAULT.pause()));

    assertThat(none.getMessage(), equalTo("Invalid number of tries 0"));
  }
}
