package dev.firn.dataset;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.firn.io.grib.StatisticalInterval;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {
  private static final Window SIX_HOURLY =
      new Window.Interval(Window.Statistic.ACCUMULATION, Optional.of(Duration.ofHours(6)));
  private static final Window SINCE_START =
      new Window.Interval(Window.Statistic.AVERAGE, Optional.empty());

  @ParameterizedTest
  @CsvSource({
    "0, 0-0 hour acc fcst",
    "1, 0-1 hour acc fcst",
    "6, 0-6 hour acc fcst",
    "7, 6-7 hour acc fcst",
    "12, 6-12 hour acc fcst",
    "24, 18-24 hour acc fcst",
    "123, 120-123 hour acc fcst"
  })
  void intervalSinceTheLastReset(int lead, String text) {
    assertThat(SIX_HOURLY.indexText(Duration.ofHours(lead)), equalTo(text));
  }

  @ParameterizedTest
  @CsvSource({
    "3, 0-3 hour ave fcst",
    "24, 0-1 day ave fcst",
    "25, 0-25 hour ave fcst",
    "48, 0-2 day ave fcst"
  })
  void intervalSinceTheStartIsCountedInDaysWhereItEndsOnOne(int lead, String text) {
    assertThat(SINCE_START.indexText(Duration.ofHours(lead)), equalTo(text));
  }

  @ParameterizedTest
  @CsvSource({"0, anl", "1, 1 hour fcst", "384, 384 hour fcst"})
  void momentIsTheLeadTime(int lead, String text) {
    assertThat(new Window.Moment().indexText(Duration.ofHours(lead)), equalTo(text));
  }

  @Test
  void messageMustStateTheSameInterval() {
    assertThat(
        SIX_HOURLY.interval(Duration.ofHours(9)),
        equalTo(Optional.of(new StatisticalInterval(1, Duration.ofHours(6), Duration.ofHours(9)))));
    assertThat(new Window.Moment().interval(Duration.ofHours(9)), equalTo(Optional.empty()));
  }
}
