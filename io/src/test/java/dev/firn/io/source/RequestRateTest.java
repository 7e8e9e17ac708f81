package dev.firn.io.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.sameInstance;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RequestRateTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void requestsBeginAtAnEvenPaceAfterABurst() {
    RequestRate rate = new RequestRate(60);
    long now = 5 * SECOND;

    for (int i = 0; i < 6; i++) {
      assertThat(rate.take(now), equalTo(Duration.ZERO));
    }
    assertThat(rate.take(now), equalTo(Duration.ofSeconds(1)));
    assertThat(rate.take(now), equalTo(Duration.ofSeconds(2)));
  }

  @Test
  void noMoreThanTheLimitBeginInAnyMinute() {
    RequestRate rate = new RequestRate(100);
    long now = -3 * SECOND;
    long[] begins = new long[500];
    for (int i = 0; i < begins.length; i++) {
      now += i % 50 == 0 ? 20 * SECOND : 0;
      begins[i] = now + rate.take(now).toNanos();
    }
    for (int i = 0; i + 110 < begins.length; i++) {
      assertThat(begins[i + 110] - begins[i] >= 60 * SECOND, equalTo(true));
    }
  }

  @Test
  void pauseFillsTheBurstAgainAndNoMore() {
    RequestRate rate = new RequestRate(60);
    rate.take(0);
    long later = 3600 * SECOND;

    for (int i = 0; i < 6; i++) {
      assertThat(rate.take(later), equalTo(Duration.ZERO));
    }
    assertThat(rate.take(later), equalTo(Duration.ofSeconds(1)));
  }

  @Test
  void allOfAProcessShareTheLimitOfAHost() {
    HostLimits limits = HostLimits.NONE_BUT_USUAL.withRate("Nomads.ncep.noaa.gov", 100);
    HostLimits.Limit limit = limits.of("nomads.ncep.noaa.gov");

    assertThat(limit, equalTo(new HostLimits.Limit(16, OptionalInt.of(100))));
    assertThat(
        HostGate.of("nomads.ncep.noaa.gov:443", limit),
        sameInstance(HostGate.of("nomads.ncep.noaa.gov:443", limits.of("nomads.ncep.noaa.gov"))));
  }

  @Test
  void variablesGoBeforeOtherLimits() {
    HostLimits limits =
        HostLimits.NONE_BUT_USUAL
            .withRate("a.org", 10)
            .withRate("b.org", 20)
            .with(name -> Optional.of("a.org=3/30"));

    assertThat(limits.of("a.org"), equalTo(new HostLimits.Limit(3, OptionalInt.of(30))));
    assertThat(limits.of("b.org"), equalTo(new HostLimits.Limit(16, OptionalInt.of(20))));
  }

  @Test
  void limitsAreReadFromTheirVariable() {
    Map<String, String> variables =
        Map.of(HostLimits.VARIABLE, "nomads.ncep.noaa.gov=4/100, example.org=2");
    HostLimits limits =
        HostLimits.NONE_BUT_USUAL.with(name -> Optional.ofNullable(variables.get(name)));

    assertThat(
        limits.of("NOMADS.ncep.noaa.gov"), equalTo(new HostLimits.Limit(4, OptionalInt.of(100))));
    assertThat(limits.of("example.org"), equalTo(new HostLimits.Limit(2, OptionalInt.empty())));
    assertThat(limits.of("other.org"), equalTo(HostLimits.USUAL));
  }
}
