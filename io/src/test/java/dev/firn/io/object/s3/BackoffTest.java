package dev.firn.io.object.s3;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

  @Test
  void limitsDoubleUpToTheLongest() {
    List<Long> limits =
        IntStream.rangeClosed(1, 6).mapToObj(number -> BACKOFF.limit(number).toMillis()).toList();

    assertThat(limits, equalTo(List.of(100L, 200L, 400L, 800L, 1000L, 1000L)));
    assertThat(BACKOFF.limit(Integer.MAX_VALUE), equalTo(Duration.ofSeconds(1)));
  }

  @Test
  void pausesAreSpreadOverEverythingUpToTheLimit() {
    Random random = new Random(1);

    List<Long> pauses =
        Stream.generate(() -> BACKOFF.pause(3, random).toMillis()).limit(1000).toList();

    assertThat(pauses.stream().allMatch(pause -> pause >= 0 && pause <= 400), is(true));
    assertThat(pauses.stream().filter(pause -> pause < 100).count(), greaterThan(150L));
    assertThat(pauses.stream().filter(pause -> pause > 300).count(), greaterThan(150L));
  }
}
