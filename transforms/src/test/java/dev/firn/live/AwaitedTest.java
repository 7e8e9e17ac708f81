package dev.firn.live;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.dataset.DatasetParser;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.SourceStep;
import dev.firn.io.object.ETag;
import dev.firn.io.zarr.NodePath;
import dev.firn.update.ArrivedFile;
import dev.firn.update.SourceFile;
import dev.firn.update.TinyModel;
import dev.firn.update.UpdateOutcome.Status;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A forecast of four files at lead times 0, 3, 6 and 9 hours, with a deadline of 8 hours. */
class AwaitedTest {
  private static final Instant INIT = Instant.parse("2026-01-01T06:00:00Z");
  private static final Instant SOON = INIT.plus(Duration.ofHours(4));
  private static final Instant LATE = INIT.plus(Duration.ofHours(9));
  private static final long POSITION = 1;

  private final List<Integer> archived = new ArrayList<>();

  /** An archive that has the files of {@link #archived} lead times, at any version. */
  private final Holdings holdings =
      new Holdings() {
        @Override
        public boolean has(SourceFile file, ArrivedFile version) {
          return archived.contains((int) file.steps().get(0).lead().toHours());
        }

        @Override
        public List<SourceFile> files(long position, Instant now) {
          return IntStream.of(0, 3, 6, 9).mapToObj(AwaitedTest::file).toList();
        }

        @Override
        public List<SourceFile> missing(long position, Instant now) {
          return files(position, now).stream().filter(file -> !has(file, arrived("any"))).toList();
        }
      };

  private static DatasetSpec spec(String... rules) {
    ObjectNode definition = TinyModel.definition();
    ObjectNode live = definition.putObject("live").put("deadline", "8h");
    for (int rule = 0; rule < rules.length; rule += 2) {
      if (rules[rule + 1].matches("\\d+")) {
        live.put(rules[rule], Integer.parseInt(rules[rule + 1]));
      } else {
        live.put(rules[rule], rules[rule + 1]);
      }
    }
    return DatasetParser.parse("tiny", definition);
  }

  private static SourceFile file(int lead) {
    return new SourceFile(
        List.of("s3://bucket/f" + lead),
        List.of(new SourceStep(INIT, Duration.ofHours(lead), 0)),
        List.of(new NodePath("wind")));
  }

  private static ArrivedFile arrived(String version) {
    return new ArrivedFile("s3://bucket/f", Optional.of(new ETag(version)), 1, INIT);
  }

  private static Arrival arrival(int lead, String version, Instant heard) {
    return new Arrival("tiny", POSITION, file(lead), arrived(version), heard);
  }

  private static Awaited come(Instant heard, int... leads) {
    Awaited awaited = Awaited.NOTHING;
    for (int lead : leads) {
      awaited = awaited.and(arrival(lead, "v1", heard));
    }
    return awaited;
  }

  private static List<Long> leads(List<Arrival> arrivals) {
    return arrivals.stream().map(each -> each.file().steps().get(0).lead().toHours()).toList();
  }

  @Test
  void wholeForecastIsDueAtOnceAndAPartIsNot() throws IOException {
    assertThat(come(SOON, 0, 6, 9).due(spec(), holdings, SOON), empty());
    assertThat(leads(come(SOON, 0, 6, 9, 3).due(spec(), holdings, SOON)), contains(0L, 6L, 9L, 3L));
  }

  @Test
  void whatTheArchiveHasIsNotWaitedFor() throws IOException {
    archived.addAll(List.of(0, 3));

    assertThat(leads(come(SOON, 9, 6).due(spec(), holdings, SOON)), contains(9L, 6L));
    assertThat(come(SOON, 0, 9, 6).without(holdings), equalTo(come(SOON, 9, 6)));
  }

  @Test
  void atTheDeadlineWhatThereIsIsDueOnceItHasSettled() throws IOException {
    Instant deadline = INIT.plus(Duration.ofHours(8));
    Awaited awaited = come(SOON, 0, 6);

    assertThat(awaited.due(spec(), holdings, deadline.minusSeconds(1)), empty());
    assertThat(awaited.next(spec(), SOON), is(Optional.of(deadline)));
    assertThat(leads(awaited.due(spec(), holdings, deadline)), contains(0L, 6L));

    Awaited late = come(LATE, 9);
    assertThat(late.due(spec(), holdings, LATE.plusSeconds(1)), empty());
    assertThat(leads(late.due(spec(), holdings, LATE.plus(Awaited.SETTLING))), contains(9L));
  }

  @Test
  void everySoManyWholeLeadTimesAreDueEarly() throws IOException {
    DatasetSpec two = spec("early_lead_times", "2");

    assertThat(come(SOON, 6).due(two, holdings, SOON), empty());
    assertThat(leads(come(SOON, 6, 0).due(two, holdings, SOON)), contains(6L, 0L));
  }

  @Test
  void whatWaitsForLongIsDueEarly() throws IOException {
    DatasetSpec patient = spec("early_after", "10m");
    Awaited awaited = come(SOON, 6);

    assertThat(awaited.due(patient, holdings, SOON.plusSeconds(599)), empty());
    assertThat(awaited.next(patient, SOON), is(Optional.of(SOON.plusSeconds(600))));
    assertThat(leads(awaited.due(patient, holdings, SOON.plusSeconds(600))), contains(6L));
  }

  @Test
  void whatIsSaidTwiceIsOneAndANewVersionTakesThePlaceOfTheOld() {
    Awaited awaited = come(SOON, 0, 3);

    assertThat(awaited.and(arrival(3, "v1", LATE)), is(awaited));
    Awaited replaced = awaited.and(arrival(3, "v2", LATE));
    assertThat(replaced.pending(), hasSize(2));
    assertThat(replaced.pending().get(1).arrived().version(), is(Optional.of(new ETag("v2"))));
  }

  @Test
  void oneUpdateIsUnderWayAtATime() throws IOException {
    Awaited released =
        come(SOON, 0, 3, 6, 9).releasing("job", come(SOON, 0, 3, 6, 9).pending(), SOON);

    assertThat(released.and(arrival(3, "v1", LATE)), is(released));
    Awaited more = released.and(arrival(3, "v2", LATE));
    assertThat(more.due(spec(), holdings, LATE.plus(Duration.ofDays(1))), empty());
    archived.addAll(List.of(0, 3, 6, 9));
    Awaited ended = more.ended(Status.PUBLISHED, LATE);
    assertThat(leads(ended.due(spec(), holdings, LATE.plusSeconds(10))), contains(3L));
  }

  @Test
  void whatFailedIsTriedAgainLaterAndLaterAndIsGivenUpInTheEnd() throws IOException {
    Awaited awaited = come(SOON, 0, 3, 6, 9);
    Instant now = SOON;
    for (Duration pause : List.of(Duration.ofSeconds(15), Duration.ofSeconds(30))) {
      awaited = awaited.releasing("job", awaited.pending(), now).ended(Status.BUSY, now);
      assertThat(awaited.due(spec(), holdings, now.plus(pause).minusMillis(1)), empty());
      now = now.plus(pause);
      assertThat(awaited.due(spec(), holdings, now), hasSize(4));
    }

    assertThat(awaited.hopeless(spec(), INIT.plus(Duration.ofHours(9))), empty());
    Instant end = INIT.plus(Duration.ofHours(9)).plusSeconds(1);
    assertThat(awaited.hopeless(spec(), end), hasSize(4));
    assertThat(awaited.without(awaited.hopeless(spec(), end)).isIdle(), is(true));
    assertThat(come(SOON, 0).hopeless(spec(), end), empty());
  }
}
