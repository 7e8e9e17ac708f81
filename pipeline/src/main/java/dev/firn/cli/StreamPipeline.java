package dev.firn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.beam.Datasets;
import dev.firn.beam.LiveSettings;
import dev.firn.beam.StreamUpdates;
import dev.firn.live.Candidate;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;

/** The Beam pipeline of a stream. */
final class StreamPipeline {
  private final StreamOptions options;
  private final Map<String, JsonNode> definitions;
  private final LiveSettings live;

  StreamPipeline(StreamOptions options, Map<String, JsonNode> definitions, LiveSettings live) {
    this.options = options;
    this.definitions = definitions;
    this.live = live;
  }

  /** Builds the pipeline and runs it until it is stopped or has failed. */
  void run(Consumer<String> note) throws IOException {
    RunnerArguments arguments = new RunnerArguments(options);
    String name = "stream-" + String.join("-", definitions.keySet());
    Pipeline pipeline = BeamPipelines.create(arguments.ofStream(name, note));
    build(pipeline);
    BeamPipelines.run(pipeline, options);
  }

  void build(Pipeline pipeline) {
    Datasets datasets = Datasets.of(definitions);
    PCollection<Candidate> heardOf = heardOf(pipeline);
    PCollectionTuple told =
        heardOf.apply("StreamUpdates", StreamUpdates.of(datasets, options.workerSettings(), live));
    told.get(StreamUpdates.PUBLICATIONS)
        .apply("TellPublications", ParDo.of(new StreamLog.Publications(options.json)));
    told.get(StreamUpdates.STALE).apply("TellStale", ParDo.of(new StreamLog.StaleSources()));
    told.get(StreamUpdates.TROUBLES).apply("TellTroubles", ParDo.of(new StreamLog.Troubles()));
    told.get(StreamUpdates.GIVEN_UP).apply("TellGivenUp", ParDo.of(new StreamLog.GivenUp()));
  }

  private PCollection<Candidate> heardOf(Pipeline pipeline) {
    return pipeline.apply("NoNotifications", Create.empty(StreamUpdates.candidateCoder()));
  }
}
