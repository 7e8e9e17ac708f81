package dev.firn.dataset;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppendDimensionTest {
  private final AppendDimension append =
      new AppendDimension(
          "init_time", Instant.parse("2026-01-01T00:00:00Z"), Duration.ofHours(6), 10);

  @ParameterizedTest
  @CsvSource({
    "2025-12-31T00:00:00Z, 0",
    "2026-01-01T00:00:00Z, 0",
    "2026-01-01T00:00:01Z, 1",
    "2026-01-01T06:00:00Z, 1",
    "2026-01-01T06:00:01Z, 2"
  })
  void endIsNotIncluded(Instant end, long length) {
    assertThat(append.lengthBefore(end), equalTo(length));
  }

  @Test
  void floorIsTheNewestPositionNotAfterATime() {
    assertThat(append.floor(Instant.parse("2026-01-01T11:59:59Z")), equalTo(1L));
    assertThat(append.floor(Instant.parse("2025-12-31T23:00:00Z")), equalTo(-1L));
    assertThat(append.at(4), equalTo(Instant.parse("2026-01-02T00:00:00Z")));
  }
}
