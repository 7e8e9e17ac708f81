package dev.firn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.beam.Datasets;
import dev.firn.beam.IdentifyFiles;
import dev.firn.beam.LiveSettings;
import dev.firn.beam.StreamUpdates;
import dev.firn.dataset.DatasetParser;
import dev.firn.live.Candidate;
import dev.firn.live.LivePublication;
import dev.firn.live.Stale;
import dev.firn.notify.Announcement;
import dev.firn.notify.DeadLetter;
import dev.firn.notify.PutDeadLetters;
import dev.firn.notify.ReadNotifications;
import dev.firn.notify.TellPublications;
import dev.firn.notify.TellStale;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptors;

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
    List<PCollection<DeadLetter>> letters = new ArrayList<>();
    PCollectionTuple told =
        heardOf(pipeline, datasets, letters)
            .apply("StreamUpdates", StreamUpdates.of(datasets, options.workerSettings(), live));
    PCollection<LivePublication> publications = told.get(StreamUpdates.PUBLICATIONS);
    publications.apply("SayPublications", ParDo.of(new StreamLog.PublicationsFn(options.json)));
    letters.add(
        publications.apply(
            "TellPublications", TellPublications.to(options.events, appendDimensions())));
    PCollection<Stale> stale = told.get(StreamUpdates.STALE);
    stale.apply("SayStale", ParDo.of(new StreamLog.StaleSourcesFn()));
    letters.add(stale.apply("TellStale", TellStale.to(options.events)));
    told.get(StreamUpdates.TROUBLES).apply("SayTroubles", ParDo.of(new StreamLog.TroublesFn()));
    told.get(StreamUpdates.GIVEN_UP).apply("SayGivenUp", ParDo.of(new StreamLog.GivenUpFn()));
    PCollection<DeadLetter> dead =
        PCollectionList.of(letters).apply("GatherDeadLetters", Flatten.pCollections());
    if (options.deadLetters == null) {
      dead.apply("SayDeadLetters", ParDo.of(new StreamLog.LettersFn()));
    } else {
      dead.apply("PutDeadLetters", PutDeadLetters.to(LocalUrl.of(options.deadLetters)));
    }
  }

  private Map<String, String> appendDimensions() {
    Map<String, String> dimensions = new LinkedHashMap<>();
    definitions.forEach(
        (id, definition) ->
            dimensions.put(id, DatasetParser.parse(id, definition).append().name()));
    return dimensions;
  }

  private PCollection<Candidate> heardOf(
      Pipeline pipeline, Datasets datasets, List<PCollection<DeadLetter>> letters) {
    if (options.queue == null) {
      return pipeline.apply("NoNotifications", Create.empty(StreamUpdates.candidateCoder()));
    }
    PCollectionTuple read =
        pipeline.apply("ReadNotifications", ReadNotifications.of(options.queue, datasets));
    letters.add(read.get(ReadNotifications.DEAD_LETTERS));
    return read.get(ReadNotifications.ANNOUNCEMENTS)
        .apply("Urls", MapElements.into(TypeDescriptors.strings()).via(Announcement::url))
        .apply("IdentifyFiles", IdentifyFiles.of(datasets));
  }
}
