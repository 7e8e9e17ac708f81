package dev.firn.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.dataset.ConfigurationException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserTimeTest {
  @ParameterizedTest
  @CsvSource({
    "2026-07-24, 2026-07-24T00:00:00Z",
    "2026-07-24T06, 2026-07-24T06:00:00Z",
    "2026-07-24T06Z, 2026-07-24T06:00:00Z",
    "2026-07-24T06:30, 2026-07-24T06:30:00Z",
    "2026-07-24T06:30:15Z, 2026-07-24T06:30:15Z"
  })
  void timesAreInUtc(String text, Instant time) {
    assertThat(new UserTime().convert(text), equalTo(time));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tomorrow", "2026-13-01", "24.07.2026", "2026-07-24T25"})
  void whatIsNoTimeIsRefused(String text) {
    assertThrows(ConfigurationException.class, () -> new UserTime().convert(text));
  }
}
