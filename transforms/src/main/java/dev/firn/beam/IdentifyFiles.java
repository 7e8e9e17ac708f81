package dev.firn.beam;

import dev.firn.live.Candidate;
import dev.firn.update.KnownFile;
import dev.firn.update.KnownFiles;
import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/** From the URLs of files to what they are to the datasets; what they do not know is counted. */
public final class IdentifyFiles extends PTransform<PCollection<String>, PCollection<Candidate>> {
  private static final long serialVersionUID = 1L;

  private final Datasets datasets;
  private final LiveSettings live;

  private IdentifyFiles(Datasets datasets, LiveSettings live) {
    this.datasets = datasets;
    this.live = live;
  }

  /** For the datasets of a stream. */
  public static IdentifyFiles of(Datasets datasets, LiveSettings live) {
    return new IdentifyFiles(datasets, live);
  }

  @Override
  public PCollection<Candidate> expand(PCollection<String> urls) {
    return urls.apply("Identify", ParDo.of(new IdentifyFn(datasets, live)))
        .setCoder(JsonCoder.of(Candidate.class));
  }

  static final class IdentifyFn extends DoFn<String, Candidate> {
    private static final long serialVersionUID = 1L;
    private final Datasets datasets;
    private final LiveSettings live;
    private final Counter unknown = Metrics.counter("firn", "files_unknown");
    private transient KnownFiles known;

    IdentifyFn(Datasets datasets, LiveSettings live) {
      this.datasets = datasets;
      this.live = live;
    }

    @Setup
    public void setup() {
      known =
          KnownFiles.of(
              live.stores().keySet().stream().map(id -> datasets.template(id).spec()).toList());
    }

    @ProcessElement
    public void processElement(@Element String url, OutputReceiver<Candidate> out) {
      List<KnownFile> files = known.find(url, Instant.now());
      if (files.isEmpty()) {
        unknown.inc();
      }
      files.forEach(
          file -> out.output(new Candidate(file.dataset(), file.position(), file.file())));
    }
  }
}
