package dev.firn.beam;

import dev.firn.dataset.DatasetSpec;
import dev.firn.live.Arrival;
import dev.firn.live.Candidate;
import dev.firn.live.LiveRequests;
import dev.firn.live.Readiness;
import dev.firn.live.Trouble;
import dev.firn.update.Sources;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Of files that may be there those that are ready, by the part of the archive whose updates follow
 * each other ({@link #READY}). What is not ready is heard of again: when the rest of it comes, or
 * is looked for.
 */
final class CheckReady extends PTransform<PCollection<Candidate>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  static final TupleTag<KV<String, Arrival>> READY = new TupleTag<>("ready") {};
  static final TupleTag<Trouble> TROUBLES = new TupleTag<>("troubles of checking") {};

  private final Datasets datasets;
  private final WorkerSettings settings;
  private final LiveSettings live;

  CheckReady(Datasets datasets, WorkerSettings settings, LiveSettings live) {
    this.datasets = datasets;
    this.settings = settings;
    this.live = live;
  }

  @Override
  public PCollectionTuple expand(PCollection<Candidate> candidates) {
    PCollectionTuple checked =
        candidates
            .apply("Spread", Reshuffle.viaRandomKey())
            .apply(
                "Check",
                ParDo.of(new CheckFn(datasets, settings, live))
                    .withOutputTags(READY, TupleTagList.of(TROUBLES)));
    checked.get(READY).setCoder(KvCoder.of(StringUtf8Coder.of(), JsonCoder.of(Arrival.class)));
    checked.get(TROUBLES).setCoder(JsonCoder.of(Trouble.class));
    return checked;
  }

  static final class CheckFn extends DoFn<Candidate, KV<String, Arrival>> {
    private static final long serialVersionUID = 1L;
    private final Datasets datasets;
    private final WorkerSettings settings;
    private final LiveSettings live;
    private final Counter notReady = Metrics.counter("firn", "files_heard_of_too_early");
    private transient Sources sources;
    private transient Map<String, DatasetSpec> specs;

    CheckFn(Datasets datasets, WorkerSettings settings, LiveSettings live) {
      this.datasets = datasets;
      this.settings = settings;
      this.live = live;
    }

    @Setup
    public void setup() {
      sources = settings.sources();
      specs = new HashMap<>();
    }

    @ProcessElement
    public void processElement(@Element Candidate candidate, MultiOutputReceiver out) {
      Instant now = Instant.now();
      try {
        Optional<KV<String, Arrival>> arrival = check(candidate, now);
        arrival.ifPresentOrElse(out.get(READY)::output, notReady::inc);
      } catch (IOException failed) { // it is looked for again
        out.get(TROUBLES).output(new Trouble(candidate.dataset(), failed.getMessage(), now));
      }
    }

    private Optional<KV<String, Arrival>> check(Candidate candidate, Instant now)
        throws IOException {
      DatasetSpec spec =
          specs.computeIfAbsent(candidate.dataset(), id -> datasets.template(id).spec());
      String lane = LiveRequests.lane(spec, live.of(spec.id()), candidate.position());
      return new Readiness(spec, sources)
          .check(candidate.file(), now)
          .map(there -> new Arrival(spec.id(), candidate.position(), candidate.file(), there, now))
          .map(arrival -> KV.of(lane, arrival));
    }

    @Teardown
    public void teardown() throws IOException {
      sources.close();
    }
  }
}
