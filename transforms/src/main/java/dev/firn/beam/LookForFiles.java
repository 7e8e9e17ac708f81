package dev.firn.beam;

import dev.firn.dataset.AppendDimension;
import dev.firn.dataset.DatasetSpec;
import dev.firn.live.Awaited;
import dev.firn.live.Candidate;
import dev.firn.live.Freshness;
import dev.firn.live.Lookout;
import dev.firn.live.Stale;
import dev.firn.live.Trouble;
import dev.firn.update.Sources;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Looks for files itself, at the start and at intervals: what notifications did not tell ({@link
 * #CANDIDATES}). Notices when a source stops ({@link #STALE}).
 */
final class LookForFiles extends PTransform<PBegin, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  static final TupleTag<Candidate> CANDIDATES = new TupleTag<>("candidates") {};
  static final TupleTag<Stale> STALE = new TupleTag<>("stale") {};
  static final TupleTag<Trouble> TROUBLES = new TupleTag<>("troubles of looking") {};

  private final Datasets datasets;
  private final WorkerSettings settings;
  private final LiveSettings live;

  LookForFiles(Datasets datasets, WorkerSettings settings, LiveSettings live) {
    this.datasets = datasets;
    this.settings = settings;
    this.live = live;
  }

  @Override
  public PCollectionTuple expand(PBegin begin) {
    List<String> ids = List.copyOf(live.stores().keySet());
    PCollectionTuple found =
        begin
            .apply(
                "Tick",
                GenerateSequence.from(0)
                    .withRate(1, org.joda.time.Duration.millis(live.lookEvery().toMillis())))
            .apply("Datasets", FlatMapElements.into(TypeDescriptors.strings()).via(tick -> ids))
            .apply(
                "ByDataset",
                WithKeys.<String, String>of(id -> id).withKeyType(TypeDescriptors.strings()))
            .apply(
                "Look",
                ParDo.of(new LookFn(datasets, settings, live))
                    .withOutputTags(CANDIDATES, TupleTagList.of(STALE).and(TROUBLES)));
    found.get(CANDIDATES).setCoder(JsonCoder.of(Candidate.class));
    found.get(STALE).setCoder(JsonCoder.of(Stale.class));
    found.get(TROUBLES).setCoder(JsonCoder.of(Trouble.class));
    return found;
  }

  static final class LookFn extends DoFn<KV<String, String>, Candidate> {
    private static final long serialVersionUID = 1L;

    private final Datasets datasets;
    private final WorkerSettings settings;
    private final LiveSettings live;
    private final Counter found = Metrics.counter("firn", "files_found_by_looking");
    private transient LiveArchives archives;
    private transient Sources sources;
    private transient Map<String, Lookout> lookouts;

    /** Those that were looked at as a whole since this worker began. */
    private transient Set<String> caughtUp;

    @StateId("freshness")
    private final StateSpec<ValueState<Freshness>> freshnessSpec =
        StateSpecs.value(JsonCoder.of(Freshness.class));

    LookFn(Datasets datasets, WorkerSettings settings, LiveSettings live) {
      this.datasets = datasets;
      this.settings = settings;
      this.live = live;
    }

    @Setup
    public void setup() {
      archives = new LiveArchives(datasets, settings, live);
      sources = settings.sources();
      lookouts = new HashMap<>();
      caughtUp = new HashSet<>();
    }

    @ProcessElement
    public void processElement(
        @Element KV<String, String> dataset,
        @Timestamp org.joda.time.Instant tick,
        @StateId("freshness") ValueState<Freshness> freshness,
        MultiOutputReceiver out)
        throws IOException {
      Instant now = Instant.now();
      String id = dataset.getKey();
      boolean isFirst = !caughtUp.contains(id);
      if (!isFirst && Instant.ofEpochMilli(tick.getMillis()).plus(live.lookEvery()).isBefore(now)) {
        return; // the next one is due already
      }
      archives.forget(id);
      DatasetSpec spec = archives.of(id).template().spec();
      long extent = archives.ledger(id).extent();
      Lookout lookout = lookouts.computeIfAbsent(id, any -> new Lookout(spec, sources));
      try {
        List<Candidate> candidates =
            lookout.look(positions(spec, extent, isFirst, now), archives.holdings(id), now);
        found.inc(candidates.size());
        caughtUp.add(id);
        candidates.forEach(out.get(CANDIDATES)::output);
      } catch (IOException failed) { // the next tick tries again
        out.get(TROUBLES).output(new Trouble(id, failed.getMessage(), now));
      }
      Freshness before = Optional.ofNullable(freshness.read()).orElse(Freshness.UNKNOWN);
      Freshness after = before.at(extent, now);
      Optional<Stale> stale = after.alarm(spec, now);
      stale.ifPresent(out.get(STALE)::output);
      freshness.write(stale.isPresent() ? after.alarmed(now) : after);
    }

    /** What may come now; at the start also all since the newest that is published. */
    private static List<Long> positions(
        DatasetSpec spec, long extent, boolean isFirst, Instant now) {
      AppendDimension append = spec.append();
      long last = append.floor(now);
      long recent = append.floor(now.minus(spec.live().deadline()).minus(Awaited.GRACE));
      long first = isFirst ? Math.min(recent, extent - 1) : recent;
      return LongStream.rangeClosed(Math.max(0, first), last).boxed().toList();
    }

    @Teardown
    public void teardown() throws IOException {
      archives.close();
      sources.close();
    }
  }
}
