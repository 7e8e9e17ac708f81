package dev.firn.dataflow;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.services.dataflow.model.DataflowPackage;
import dev.firn.beam.Datasets;
import dev.firn.beam.IdentifyFiles;
import dev.firn.beam.LiveSettings;
import dev.firn.beam.ReformatUpdate;
import dev.firn.beam.StreamUpdates;
import dev.firn.beam.WorkerSettings;
import dev.firn.live.LivePublication;
import dev.firn.notify.Announcement;
import dev.firn.notify.ReadNotifications;
import dev.firn.notify.TellPublications;
import dev.firn.update.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.runners.dataflow.util.PackageUtil.StagedFile;
import org.apache.beam.runners.dataflow.util.Stager;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.apache.beam.sdk.extensions.gcp.storage.NoopPathValidator;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pipeline becomes a Dataflow job without a network: transforms, coders and serialised
 * functions are what Dataflow's client takes. It does not show that the job runs there.
 */
class DataflowTranslationTest {
  @TempDir Path directory;

  /** Stages nothing, and only gives names. */
  public static final class NoStager implements Stager {
    /** Called by the runner. */
    public static NoStager fromOptions(PipelineOptions options) {
      return new NoStager();
    }

    @Override
    public List<DataflowPackage> stageFiles(List<StagedFile> files) {
      return files.stream().map(file -> stageToFile(new byte[0], file.getDestination())).toList();
    }

    @Override
    public DataflowPackage stageToFile(byte[] bytes, String name) {
      return new DataflowPackage().setName(name).setLocation("gs://none/" + name);
    }
  }

  private DataflowPipelineOptions options(Path template) throws IOException {
    Path jar = directory.resolve("empty.jar");
    new JarOutputStream(Files.newOutputStream(jar)).close();
    DataflowPipelineOptions options =
        PipelineOptionsFactory.fromArgs(
                "--runner=DataflowRunner",
                "--project=offline",
                "--region=us-central1",
                "--tempLocation=gs://none/tmp",
                "--gcpTempLocation=gs://none/tmp",
                "--stagingLocation=gs://none/staging",
                "--jobName=firn-offline",
                "--stableUniqueNames=ERROR",
                "--templateLocation=" + template,
                "--filesToStage=" + jar)
            .as(DataflowPipelineOptions.class);
    options.setCredentialFactoryClass(NoopCredentialFactory.class);
    options.setPathValidatorClass(NoopPathValidator.class);
    options.setStagerClass(NoStager.class);
    return options;
  }

  @Test
  void pipelineTranslatesToADataflowJob() throws IOException {
    Path template = directory.resolve("job.json");
    Pipeline pipeline = Pipeline.create(options(template));
    TinyModel model = new TinyModel(directory.resolve("bucket"));
    pipeline
        .apply(
            "Requests",
            Create.of(model.backfill(TinyModel.id(directory, "job"), 1))
                .withCoder(ReformatUpdate.requestCoder()))
        .apply(
            "ReformatUpdate",
            ReformatUpdate.of(
                Datasets.of(Map.of("tiny", TinyModel.definition())),
                new WorkerSettings("test", WorkerSettings.HALF_OF_THE_HEAP, Map.of(), List.of())));

    pipeline.run();

    JsonNode job = new ObjectMapper().readTree(template.toFile());
    assertThat(job.get("type").asText(), equalTo("JOB_TYPE_BATCH"));
    assertThat(
        steps(job),
        hasItems(
            "ReformatUpdate/PlanUpdate/Plan",
            "ReformatUpdate/GroupByRegionJob",
            "ReformatUpdate/WriteShards/Write",
            "ReformatUpdate/PublishUpdate/Publish"));
  }

  @Test
  void streamTranslatesToAStreamingJob() throws IOException {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    Path template = directory.resolve("job.json");
    Pipeline pipeline = Pipeline.create(options(template));
    Datasets datasets = Datasets.of(Map.of("tiny", TinyModel.definition()));
    LiveSettings live =
        new LiveSettings(Map.of("tiny", List.of("s3://tiny/tiny.icechunk")), Duration.ofMinutes(1));
    PCollection<LivePublication> publications =
        pipeline
            .apply(
                "ReadNotifications",
                ReadNotifications.of(
                    "https://sqs.us-east-1.amazonaws.com/123456789012/queue", datasets))
            .get(ReadNotifications.ANNOUNCEMENTS)
            .apply("Urls", MapElements.into(TypeDescriptors.strings()).via(Announcement::url))
            .apply("IdentifyFiles", IdentifyFiles.of(datasets))
            .apply(
                "StreamUpdates",
                StreamUpdates.of(
                    datasets,
                    new WorkerSettings(
                        "test", WorkerSettings.HALF_OF_THE_HEAP, Map.of(), List.of()),
                    live))
            .get(StreamUpdates.PUBLICATIONS);
    publications.apply(
        "TellPublications",
        TellPublications.to(List.of("https://example.com/hook"), Map.of("tiny", "init_time")));

    pipeline.run();

    JsonNode job = new ObjectMapper().readTree(template.toFile());
    assertThat(job.get("type").asText(), equalTo("JOB_TYPE_STREAMING"));
    assertThat(
        steps(job),
        hasItems(
            "ReadNotifications/Understand",
            "StreamUpdates/LookForFiles/Look",
            "StreamUpdates/CheckReady/Check",
            "StreamUpdates/AwaitForecast/Await",
            "StreamUpdates/LiveUpdate/PlanUpdate/Plan",
            "StreamUpdates/LiveUpdate/WriteShards/Write",
            "StreamUpdates/LiveUpdate/MergeResults/Merge",
            "StreamUpdates/LiveUpdate/PublishInTurn/Publish",
            "TellPublications/Tell"));
  }

  private static List<String> steps(JsonNode job) {
    List<String> steps = new ArrayList<>();
    job.get("steps").forEach(step -> steps.add(step.at("/properties/user_name/value").asText()));
    return steps;
  }
}
