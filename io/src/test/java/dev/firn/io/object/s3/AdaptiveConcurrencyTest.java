package dev.firn.io.object.s3;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.firn.io.object.s3.AdaptiveConcurrency.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdaptiveConcurrencyTest {
  private static final Duration SOON = Duration.ofMillis(30);

  private final AdaptiveConcurrency concurrency = new AdaptiveConcurrency(8);

  private List<Place> take(int count) throws InterruptedException {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      places.add(concurrency.take(SOON).orElseThrow());
    }
    return places;
  }

  @Test
  void noMoreRunAtOnceThanTheLimit() throws InterruptedException {
    List<Place> places = take(8);

    assertThat(concurrency.take(SOON).isPresent(), is(false));
    places.get(0).close();
    assertThat(concurrency.take(SOON).isPresent(), is(true));
  }

  @Test
  void whoWaitsGoesOnWhenAnotherEnds() throws Exception {
    List<Place> places = take(8);
    Thread ending =
        new Thread(
            () -> {
              places.get(3).close();
            });
    ending.start();

    assertThat(concurrency.take(Duration.ofSeconds(20)).isPresent(), is(true));
    ending.join();
  }

  @Test
  void throttlingHalvesTheLimitOnceForAllThatRanThen() throws InterruptedException {
    List<Place> places = take(8);

    places.forEach(Place::throttled);

    assertThat(concurrency.limit(), equalTo(4));
    places.forEach(Place::close);
    take(1).get(0).throttled();
    assertThat(concurrency.limit(), equalTo(2));
  }

  @Test
  void limitNeverGoesBelowOne() throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      Place place = take(1).get(0);
      place.throttled();
      place.close();
    }

    assertThat(concurrency.limit(), equalTo(1));
    assertThat(take(1).size(), equalTo(1));
  }

  @Test
  void limitGrowsByAboutOneForEachRoundThatIsServed() throws InterruptedException {
    Place place = take(1).get(0);
    place.throttled();

    for (int served = 0; served < 5; served++) {
      place.served();
    }

    assertThat(concurrency.limit(), equalTo(5));
    for (int served = 0; served < 100; served++) {
      place.served();
    }
    assertThat(concurrency.limit(), equalTo(8));
  }
}
