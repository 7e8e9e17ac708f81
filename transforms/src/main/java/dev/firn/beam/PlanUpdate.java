package dev.firn.beam;

import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.Template;
import dev.firn.update.PlannedUpdate;
import dev.firn.update.RegionJob;
import dev.firn.update.RegionJobKey;
import dev.firn.update.SourceFile;
import dev.firn.update.SourceFilePlan;
import dev.firn.update.UpdateId;
import dev.firn.update.UpdateMonitor;
import dev.firn.update.UpdateOutcome;
import dev.firn.update.UpdatePlanner;
import dev.firn.update.UpdateRequest;
import dev.firn.update.WorkProgress;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * From requests to the source files of their region jobs ({@link #FILES}), the keys of all jobs
 * ({@link #PLANS}), and the outcome of requests that need no work ({@link #SETTLED}).
 */
final class PlanUpdate extends PTransform<PCollection<UpdateRequest>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  static final TupleTag<KV<JobId, SourceFile>> FILES = new TupleTag<>("files") {};
  static final TupleTag<KV<UpdateId, JobReport>> PLANS = new TupleTag<>("plans") {};
  static final TupleTag<UpdateOutcome> SETTLED = new TupleTag<>("settled") {};

  private final Datasets datasets;
  private final WorkerSettings settings;

  PlanUpdate(Datasets datasets, WorkerSettings settings) {
    this.datasets = datasets;
    this.settings = settings;
  }

  @Override
  public PCollectionTuple expand(PCollection<UpdateRequest> requests) {
    PCollectionTuple planned =
        requests.apply(
            "Plan",
            ParDo.of(new PlanFn(datasets, settings))
                .withOutputTags(FILES, TupleTagList.of(PLANS).and(SETTLED)));
    planned.get(FILES).setCoder(KvCoder.of(new JobIdCoder(), JsonCoder.of(SourceFile.class)));
    planned.get(PLANS).setCoder(KvCoder.of(new UpdateIdCoder(), JsonCoder.of(JobReport.class)));
    planned.get(SETTLED).setCoder(JsonCoder.of(UpdateOutcome.class));
    return planned;
  }

  static final class PlanFn extends DoFn<UpdateRequest, KV<JobId, SourceFile>> {
    private static final long serialVersionUID = 1L;
    private final Datasets datasets;
    private final WorkerSettings settings;

    PlanFn(Datasets datasets, WorkerSettings settings) {
      this.datasets = datasets;
      this.settings = settings;
    }

    @ProcessElement
    public void processElement(@Element UpdateRequest request, MultiOutputReceiver out)
        throws IOException {
      Template template = datasets.template(request.id().dataset());
      UpdateMonitor monitor = settings.monitor();
      List<String> warnings = monitor.begins(request.id());
      PlannedUpdate planned =
          new UpdatePlanner(template, settings.firnVersion(), Clock.systemUTC()).plan(request);
      if (planned instanceof PlannedUpdate.Ready ready) {
        List<RegionJobKey> keys = ready.jobs().stream().map(RegionJob::key).toList();
        out.get(PLANS).output(KV.of(request.id(), JobReport.planned(keys, warnings)));
        emit(ready, template.spec(), out);
      } else if (planned instanceof PlannedUpdate.Settled settled) {
        out.get(SETTLED).output(monitor.ended(settled.outcome(), warnings));
      }
    }

    private static void emit(PlannedUpdate.Ready ready, DatasetSpec spec, MultiOutputReceiver out) {
      UpdateId id = ready.plan().request().id();
      SourceFilePlan plan = SourceFilePlan.of(spec, ready.plan());
      for (RegionJob job : ready.jobs()) {
        List<SourceFile> files = plan.of(job);
        WorkProgress.ofProcess().planned(files);
        List<SourceFile> atLeastOne = files.isEmpty() ? List.of(SourceFile.NONE) : files;
        atLeastOne.forEach(file -> out.get(FILES).output(KV.of(new JobId(id, job.key()), file)));
      }
    }
  }
}
