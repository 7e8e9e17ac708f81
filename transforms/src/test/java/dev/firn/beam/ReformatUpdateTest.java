package dev.firn.beam;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import dev.firn.checkin.CheckInServer;
import dev.firn.io.object.LocalObjectStore;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.zarr.NodePath;
import dev.firn.io.zarr.ZarrGroup;
import dev.firn.update.PlannedUpdate;
import dev.firn.update.RegionJob;
import dev.firn.update.SourceFile;
import dev.firn.update.SourceFilePlan;
import dev.firn.update.TinyModel;
import dev.firn.update.UpdateOutcome;
import dev.firn.update.UpdateOutcome.Status;
import dev.firn.update.UpdatePlanner;
import dev.firn.update.UpdateRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.runners.TransformHierarchy.Node;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReformatUpdateTest {
  @TempDir Path sources;
  @TempDir Path base;

  private TinyModel model;
  private List<String> checkIns = List.of();

  @BeforeEach
  void setUp() {
    model = new TinyModel(sources);
  }

  private PipelineResult run(UpdateRequest request, Status expected) {
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs("--stableUniqueNames=ERROR").create());
    PCollection<UpdateOutcome> outcomes = apply(pipeline, request);
    PCollection<String> statuses =
        outcomes.apply(
            "Statuses",
            MapElements.into(TypeDescriptors.strings())
                .via((UpdateOutcome outcome) -> outcome.status().name()));
    PAssert.that(statuses).containsInAnyOrder(expected.name());
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    return result;
  }

  private PCollection<UpdateOutcome> apply(Pipeline pipeline, UpdateRequest request) {
    return pipeline
        .apply("Requests", Create.of(request).withCoder(ReformatUpdate.requestCoder()))
        .apply(
            "ReformatUpdate",
            ReformatUpdate.of(Datasets.of(Map.of("tiny", TinyModel.definition())), settings()));
  }

  private WorkerSettings settings() {
    return new WorkerSettings("test", 1 << 20, model.mirrors(), checkIns);
  }

  private ZarrGroup store() throws IOException {
    return ZarrGroup.open(new LocalObjectStore(base.resolve("tiny.zarr")), ObjectPath.ROOT)
        .orElseThrow();
  }

  @Test
  void backfillAndUpdateArePublishedByThePipeline() throws IOException {
    model.publish(0, 0);
    run(model.backfill(TinyModel.id(base, "first"), 1), Status.PUBLISHED);
    model.publish(0, 1);
    model.publish(1, 0);

    run(model.update(TinyModel.id(base, "second"), 2), Status.PUBLISHED);

    float[] wind = store().array(new NodePath("wind")).read().toFloats();
    assertThat(wind.length, equalTo(2 * 4 * 5 * 8));
    assertThat(wind[0], equalTo(TinyModel.archived("wind", 0, java.time.Duration.ZERO, 0, 1)));
    assertThat(wind[160], equalTo(TinyModel.archived("wind", 1, java.time.Duration.ZERO, 0, 0)));
  }

  @Test
  void refusedRequestEndsAsAnOutcome() throws IOException {
    model.publish(0, 0);
    run(model.backfill(TinyModel.id(base, "first"), 1), Status.PUBLISHED);

    run(model.backfill(TinyModel.id(base, "again"), 1), Status.REFUSED);
  }

  @Test
  void leaseThatIsLostWhileJobsRunEndsTheUpdateBusyAndFailsNothing() throws IOException {
    model.publish(0, 0);
    UpdateRequest request = model.backfill(TinyModel.id(base, "slow"), 1);
    UpdatePlanner planner = new UpdatePlanner(model.template(), "test", Clock.systemUTC());
    PlannedUpdate.Ready ready = (PlannedUpdate.Ready) planner.plan(request);
    Files.writeString(
        base.resolve("_internal/tiny.zarr/lease.json"),
        "{\"job\":\"another\",\"until\":\"2999-01-01T00:00:00Z\"}");
    Datasets datasets = Datasets.of(Map.of("tiny", TinyModel.definition()));
    List<KV<JobId, SourceFile>> files = new ArrayList<>();
    for (RegionJob job : ready.jobs()) {
      new SourceFilePlan(model.template().spec(), Instant.EPOCH)
          .of(job)
          .forEach(file -> files.add(KV.of(new JobId(request.id(), job.key()), file)));
    }

    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(
            Create.of(files)
                .withCoder(KvCoder.of(new JobIdCoder(), JsonCoder.of(SourceFile.class))))
        .apply(GroupByKey.create())
        .apply(new WriteShards(datasets, settings()))
        .get(WriteShards.RESULTS)
        .apply(Combine.perKey(new MergeResults()))
        .apply(new PublishUpdate(datasets, settings()));
    pipeline.run().waitUntilFinish();

    UpdateOutcome outcome = planner.outcome(request.id()).orElseThrow();
    assertThat(outcome.status(), equalTo(Status.BUSY));
    assertThat(outcome.message(), containsString("job another is at work on this store; if it"));
    assertThat(Files.exists(base.resolve("tiny.zarr")), equalTo(false));
  }

  @Test
  void monitoringServiceHearsTheBeginAndTheEnd() throws IOException {
    try (CheckInServer service = new CheckInServer()) {
      checkIns = List.of(service.url());
      model.publish(0, 0);

      run(model.backfill(TinyModel.id(base, "first"), 1), Status.PUBLISHED);
      run(model.backfill(TinyModel.id(base, "again"), 1), Status.REFUSED);

      assertThat(service.statuses(), contains("in_progress", "ok", "in_progress", "error"));
    }
  }

  @Test
  void monitoringServiceThatFailsIsAWarning() throws IOException {
    try (CheckInServer service = new CheckInServer()) {
      checkIns = List.of(service.url());
      service.fail(Integer.MAX_VALUE, 404);
      model.publish(0, 0);
      UpdateRequest request = model.backfill(TinyModel.id(base, "first"), 1);

      run(request, Status.PUBLISHED);

      UpdatePlanner planner = new UpdatePlanner(model.template(), "test", Clock.systemUTC());
      assertThat(
          planner.outcome(request.id()).orElseThrow().summary().warnings(),
          contains(
              containsString("check-in 'in_progress' of job first did not reach"),
              containsString("check-in 'ok' of job first did not reach")));
    }
  }

  @Test
  void metricsCountWhatTheJobsDid() throws IOException {
    model.publish(0, 0);

    PipelineResult result = run(model.backfill(TinyModel.id(base, "first"), 1), Status.PUBLISHED);

    assertThat(counter(result, "fields"), equalTo(4L + 4 + 4 + 3));
    assertThat(counter(result, "files_succeeded"), equalTo(4L + 4 + 3));
    assertThat(counter(result, "shards"), equalTo(16L));
    assertThat(
        names(result), hasItems("fetch_ms", "decode_ms", "encode_ms", "put_ms", "publish_ms"));
  }

  private static List<String> names(PipelineResult result) {
    List<String> names = new ArrayList<>();
    result
        .metrics()
        .queryMetrics(MetricsFilter.builder().build())
        .getCounters()
        .forEach(counter -> names.add(counter.getName().getName()));
    return names;
  }

  private static long counter(PipelineResult result, String name) {
    MetricsFilter filter =
        MetricsFilter.builder().addNameFilter(MetricNameFilter.named("firn", name)).build();
    long sum = 0;
    for (MetricResult<Long> counter : result.metrics().queryMetrics(filter).getCounters()) {
      sum += counter.getAttempted();
    }
    return sum;
  }

  @Test
  void everythingBetweenStagesHasADeterministicCoderThatIsNotJavaSerialization() {
    Pipeline pipeline = Pipeline.create();
    apply(pipeline, model.backfill(TinyModel.id(base, "job"), 1));
    Map<String, Coder<?>> coders = new TreeMap<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public void visitValue(PValue value, Node producer) {
            coders.put(value.getName(), ((PCollection<?>) value).getCoder());
          }
        });

    assertThat(coders.toString(), coders.size(), greaterThan(8));
    assertThat(coders.toString(), not(containsString("SerializableCoder")));
    coders
        .keySet()
        .removeIf(
            name -> name.contains("/GroupBy") || name.endsWith(".jobs")); // groups have no order
    coders.forEach((name, coder) -> assertDoesNotThrow(() -> coder.verifyDeterministic(), name));
  }

  @Test
  void stagesHaveTheNamesOfTheDesign() {
    Pipeline pipeline = Pipeline.create();
    apply(pipeline, model.backfill(TinyModel.id(base, "job"), 1));
    List<String> names = new ArrayList<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(Node node) {
            names.add(node.getFullName());
            return CompositeBehavior.ENTER_TRANSFORM;
          }
        });

    assertThat(
        names,
        hasItems(
            "ReformatUpdate/PlanUpdate",
            "ReformatUpdate/WriteShards",
            "ReformatUpdate/MergeResults",
            "ReformatUpdate/PublishUpdate"));
  }
}
