package dev.firn.beam;

import dev.firn.dataset.DatasetSpec;
import dev.firn.live.Arrival;
import dev.firn.live.Awaited;
import dev.firn.live.Holdings;
import dev.firn.update.UpdateOutcome;
import dev.firn.update.UpdateRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Holds ready files back until they are due ({@link Awaited}), then asks for their update ({@link
 * #REQUESTS}); one at a time for each key, whose outcome it waits for in the journal. What cannot
 * be published for long is given up ({@link #GIVEN_UP}).
 */
final class AwaitForecast extends PTransform<PCollection<KV<String, Arrival>>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  static final TupleTag<UpdateRequest> REQUESTS = new TupleTag<>("requests") {};
  static final TupleTag<Arrival> GIVEN_UP = new TupleTag<>("given up") {};

  private final Datasets datasets;
  private final WorkerSettings settings;
  private final LiveSettings live;

  AwaitForecast(Datasets datasets, WorkerSettings settings, LiveSettings live) {
    this.datasets = datasets;
    this.settings = settings;
    this.live = live;
  }

  @Override
  public PCollectionTuple expand(PCollection<KV<String, Arrival>> ready) {
    PCollectionTuple released =
        ready.apply(
            "Await",
            ParDo.of(new AwaitFn(datasets, settings, live))
                .withOutputTags(REQUESTS, TupleTagList.of(GIVEN_UP)));
    released.get(REQUESTS).setCoder(ReformatUpdate.requestCoder());
    released.get(GIVEN_UP).setCoder(JsonCoder.of(Arrival.class));
    return released;
  }

  static final class AwaitFn extends DoFn<KV<String, Arrival>, UpdateRequest> {
    private static final long serialVersionUID = 1L;

    /** Files that come together are looked at together. */
    private static final Duration SOON = Duration.ofMillis(200);

    private static final Duration OUTCOME_EVERY = Duration.ofMillis(500);

    /** An update of which nothing was heard for so long is lost. */
    private static final Duration LOST = Duration.ofHours(2);

    private final Datasets datasets;
    private final WorkerSettings settings;
    private final LiveSettings live;
    private transient LiveArchives archives;

    @StateId("dataset")
    private final StateSpec<ValueState<String>> datasetSpec = StateSpecs.value();

    @StateId("awaited")
    private final StateSpec<ValueState<Awaited>> awaitedSpec =
        StateSpecs.value(JsonCoder.of(Awaited.class));

    /** Whether the timer is set to {@link #SOON}, so that arrivals do not put it off. */
    @StateId("soon")
    private final StateSpec<ValueState<Boolean>> soonSpec = StateSpecs.value();

    @TimerId("look")
    private final TimerSpec lookSpec = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

    AwaitFn(Datasets datasets, WorkerSettings settings, LiveSettings live) {
      this.datasets = datasets;
      this.settings = settings;
      this.live = live;
    }

    @Setup
    public void setup() {
      archives = new LiveArchives(datasets, settings, live);
    }

    @ProcessElement
    public void processElement(
        @Element KV<String, Arrival> ready,
        @StateId("dataset") ValueState<String> dataset,
        @StateId("awaited") ValueState<Awaited> awaited,
        @StateId("soon") ValueState<Boolean> soon,
        @TimerId("look") Timer look) {
      Awaited before = read(awaited);
      Awaited after = before.and(ready.getValue());
      if (!after.equals(before)) {
        dataset.write(ready.getValue().dataset());
        awaited.write(after);
        if (!Boolean.TRUE.equals(soon.read())) {
          soon.write(true);
          set(look, SOON);
        }
      }
    }

    @OnTimer("look")
    public void onLook(
        @StateId("dataset") ValueState<String> dataset,
        @StateId("awaited") ValueState<Awaited> awaited,
        @StateId("soon") ValueState<Boolean> soon,
        @TimerId("look") Timer look,
        MultiOutputReceiver out)
        throws IOException {
      Awaited after = look(dataset.read(), read(awaited), out);
      if (after.isIdle()) {
        dataset.clear();
        awaited.clear();
        soon.clear();
        return;
      }
      awaited.write(after);
      boolean isUnderWay = after.released().isPresent();
      soon.write(isUnderWay);
      Instant now = Instant.now();
      Duration wait =
          isUnderWay
              ? OUTCOME_EVERY
              : Duration.between(
                  now, after.next(archives.of(dataset.read()).template().spec(), now).orElse(now));
      set(look, wait.compareTo(SOON) < 0 ? SOON : wait);
    }

    private Awaited look(String dataset, Awaited before, MultiOutputReceiver out)
        throws IOException {
      Instant now = Instant.now();
      Awaited after = before;
      if (before.released().isPresent()) {
        after = settled(dataset, before, now);
        if (after.released().isPresent()) {
          return after;
        }
      }
      archives.forget(dataset);
      Holdings holdings = archives.holdings(dataset);
      after = after.without(holdings);
      DatasetSpec spec = archives.of(dataset).template().spec();
      List<Arrival> hopeless = after.hopeless(spec, now);
      hopeless.forEach(out.get(GIVEN_UP)::output);
      after = after.without(hopeless);
      List<Arrival> due = after.due(spec, holdings, now);
      if (due.isEmpty()) {
        return after;
      }
      UpdateRequest request = archives.of(dataset).requests().of(due);
      out.get(REQUESTS).output(request);
      return after.releasing(request.id().job(), due, now);
    }

    private Awaited settled(String dataset, Awaited awaited, Instant now) throws IOException {
      Awaited.Released released = awaited.released().orElseThrow();
      LiveArchives.Archive archive = archives.of(dataset);
      Optional<UpdateOutcome> outcome =
          archive.planner().outcome(archive.requests().id(released.job()));
      if (outcome.isPresent()) {
        return awaited.ended(outcome.get().status(), now);
      }
      return released.since().plus(LOST).isBefore(now)
          ? awaited.ended(UpdateOutcome.Status.FAILED, now)
          : awaited;
    }

    private static Awaited read(ValueState<Awaited> state) {
      Awaited awaited = state.read();
      return awaited == null ? Awaited.NOTHING : awaited;
    }

    private static void set(Timer timer, Duration wait) {
      timer.offset(org.joda.time.Duration.millis(wait.toMillis())).setRelative();
    }

    @Teardown
    public void teardown() throws IOException {
      archives.close();
    }
  }
}
