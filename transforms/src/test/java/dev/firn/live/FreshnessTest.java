package dev.firn.live;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.firn.dataset.DatasetParser;
import dev.firn.dataset.DatasetSpec;
import dev.firn.update.TinyModel;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An archive of which a new forecast is published every six hours. */
class FreshnessTest {
  private static final DatasetSpec SPEC = DatasetParser.parse("tiny", TinyModel.definition());
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  private static Optional<Stale> alarm(Freshness freshness, Duration after) {
    return freshness.alarm(SPEC, START.plus(after));
  }

  @Test
  void sourceThatStopsIsNoticedWithinTwiceItsSpacing() {
    Freshness freshness = Freshness.UNKNOWN.at(3, START);

    assertThat(alarm(freshness, Duration.ofHours(10)), is(Optional.empty()));
    assertThat(
        alarm(freshness, Duration.ofHours(11)),
        equalTo(
            Optional.of(
                new Stale("tiny", Instant.parse("2026-01-01T12:00:00Z"), START, 6 * 3600))));
  }

  @Test
  void itIsSaidAgainOnlyAfterAsLong() {
    Freshness said = Freshness.UNKNOWN.at(3, START).alarmed(START.plus(Duration.ofHours(11)));

    assertThat(alarm(said, Duration.ofHours(12)), is(Optional.empty()));
    assertThat(alarm(said, Duration.ofHours(22)).isPresent(), is(true));
  }

  @Test
  void newTimeEndsItAndAnEmptyArchiveIsNotStale() {
    Instant later = START.plus(Duration.ofHours(9));
    Freshness newer = Freshness.UNKNOWN.at(3, START).at(3, later).at(4, later);

    assertThat(alarm(newer, Duration.ofHours(11)), is(Optional.empty()));
    assertThat(alarm(Freshness.UNKNOWN.at(0, START), Duration.ofDays(9)), is(Optional.empty()));
  }
}
