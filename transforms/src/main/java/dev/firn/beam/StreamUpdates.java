package dev.firn.beam;

import dev.firn.live.Arrival;
import dev.firn.live.Candidate;
import dev.firn.live.LivePublication;
import dev.firn.live.Stale;
import dev.firn.live.Trouble;
import dev.firn.update.UpdateRequest;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Keeps archives current: from what is heard of source files to publications.
 *
 * <pre>
 *   heard of ──────┐
 *   LookForFiles ──┴─► CheckReady ──► AwaitForecast          per region of an archive
 *                                          │ UpdateRequest
 *                                          ▼
 *                                     LiveUpdate             plan ► write ► merge ► publish
 * </pre>
 */
public final class StreamUpdates extends PTransform<PCollection<Candidate>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** How updates ended. */
  public static final TupleTag<LivePublication> PUBLICATIONS = new TupleTag<>("publications") {};

  /** Sources that seem to have stopped. */
  public static final TupleTag<Stale> STALE = LookForFiles.STALE;

  /** What failed and is tried again. */
  public static final TupleTag<Trouble> TROUBLES = LookForFiles.TROUBLES;

  /** Files that could not be published for long, and are not tried again. */
  public static final TupleTag<Arrival> GIVEN_UP = AwaitForecast.GIVEN_UP;

  private final Datasets datasets;
  private final WorkerSettings settings;
  private final LiveSettings live;

  private StreamUpdates(Datasets datasets, WorkerSettings settings, LiveSettings live) {
    this.datasets = datasets;
    this.settings = settings;
    this.live = live;
  }

  /** A stream of {@code datasets}. */
  public static StreamUpdates of(Datasets datasets, WorkerSettings settings, LiveSettings live) {
    return new StreamUpdates(datasets, settings, live);
  }

  /** The coder of what goes in. */
  public static Coder<Candidate> candidateCoder() {
    return JsonCoder.of(Candidate.class);
  }

  @Override
  public PCollectionTuple expand(PCollection<Candidate> heardOf) {
    PCollectionTuple looked =
        heardOf.getPipeline().apply("LookForFiles", new LookForFiles(datasets, settings, live));
    PCollectionTuple checked =
        PCollectionList.of(heardOf)
            .and(looked.get(LookForFiles.CANDIDATES))
            .apply("GatherCandidates", Flatten.pCollections())
            .apply("CheckReady", new CheckReady(datasets, settings, live));
    PCollection<KV<String, Arrival>> ready = checked.get(CheckReady.READY);
    PCollectionTuple released =
        ready.apply("AwaitForecast", new AwaitForecast(datasets, settings, live));
    PCollection<UpdateRequest> requests = released.get(AwaitForecast.REQUESTS);
    PCollection<LivePublication> publications =
        requests.apply("LiveUpdate", new LiveUpdate(datasets, settings, live));
    PCollection<Trouble> troubles =
        PCollectionList.of(looked.get(LookForFiles.TROUBLES))
            .and(checked.get(CheckReady.TROUBLES))
            .apply("GatherTroubles", Flatten.pCollections());
    return PCollectionTuple.of(PUBLICATIONS, publications)
        .and(STALE, looked.get(LookForFiles.STALE))
        .and(TROUBLES, troubles)
        .and(GIVEN_UP, released.get(AwaitForecast.GIVEN_UP));
  }
}
