package dev.firn.beam;

import dev.firn.update.JobResources;
import dev.firn.update.LeaseLostException;
import dev.firn.update.RegionJobResult;
import dev.firn.update.SourceFile;
import dev.firn.update.Sources;
import dev.firn.update.UpdateId;
import dev.firn.update.UpdateWorker;
import dev.firn.update.WorkProgress;
import dev.firn.update.WrittenShard;
import java.io.IOException;
import java.util.ArrayList;
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
 * Runs region jobs: each writes its shards ({@link #SHARDS}) and reports once ({@link #RESULTS}).
 */
final class WriteShards
    extends PTransform<PCollection<KV<JobId, Iterable<SourceFile>>>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  static final TupleTag<KV<UpdateId, WrittenShard>> SHARDS = new TupleTag<>("shards") {};
  static final TupleTag<KV<UpdateId, JobReport>> RESULTS = new TupleTag<>("results") {};

  private final Datasets datasets;
  private final WorkerSettings settings;

  WriteShards(Datasets datasets, WorkerSettings settings) {
    this.datasets = datasets;
    this.settings = settings;
  }

  @Override
  public PCollectionTuple expand(PCollection<KV<JobId, Iterable<SourceFile>>> jobs) {
    PCollectionTuple written =
        jobs.apply(
            "Write",
            ParDo.of(new WriteShardsFn(datasets, settings))
                .withOutputTags(SHARDS, TupleTagList.of(RESULTS)));
    written.get(SHARDS).setCoder(KvCoder.of(new UpdateIdCoder(), JsonCoder.of(WrittenShard.class)));
    written.get(RESULTS).setCoder(KvCoder.of(new UpdateIdCoder(), JsonCoder.of(JobReport.class)));
    return written;
  }

  static final class WriteShardsFn
      extends DoFn<KV<JobId, Iterable<SourceFile>>, KV<UpdateId, WrittenShard>> {
    private static final long serialVersionUID = 1L;
    private final Datasets datasets;
    private final WorkerSettings settings;
    private final JobMetrics metrics = new JobMetrics();
    private transient Sources sources;

    WriteShardsFn(Datasets datasets, WorkerSettings settings) {
      this.datasets = datasets;
      this.settings = settings;
    }

    @Setup
    public void setup() {
      sources = settings.sources();
    }

    @ProcessElement
    public void processElement(
        @Element KV<JobId, Iterable<SourceFile>> job, MultiOutputReceiver out) throws IOException {
      UpdateId update = job.getKey().update();
      try {
        RegionJobResult result = run(job.getKey(), job.getValue());
        metrics.count(result);
        result.shards().forEach(shard -> out.get(SHARDS).output(KV.of(update, shard)));
        out.get(RESULTS).output(KV.of(update, JobReport.finished(result)));
      } catch (LeaseLostException lost) { // a result: to try again would be in vain
        out.get(RESULTS).output(KV.of(update, JobReport.turnedAway(lost.getMessage())));
      }
    }

    private RegionJobResult run(JobId job, Iterable<SourceFile> files) throws IOException {
      List<SourceFile> all = new ArrayList<>();
      files.forEach(all::add);
      all.removeIf(SourceFile::standsForNone);
      JobResources resources =
          new JobResources(sources, settings.budget(), WorkProgress.ofProcess());
      try (UpdateWorker worker =
          UpdateWorker.open(job.update(), datasets.template(job.update().dataset()), resources)) {
        return worker.run(job.job(), all);
      }
    }

    @Teardown
    public void teardown() throws IOException {
      sources.close();
    }
  }
}
