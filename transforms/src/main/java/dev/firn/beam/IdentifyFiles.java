package dev.firn.beam;

import dev.firn.live.Candidate;
import dev.firn.update.KnownFile;
import dev.firn.update.KnownFiles;
import java.time.Instant;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/** From the URLs of files to what they are to the datasets. */
public final class IdentifyFiles extends PTransform<PCollection<String>, PCollection<Candidate>> {
  private static final long serialVersionUID = 1L;

  private final Datasets datasets;

  private IdentifyFiles(Datasets datasets) {
    this.datasets = datasets;
  }

  /** For the datasets of a stream. */
  public static IdentifyFiles of(Datasets datasets) {
    return new IdentifyFiles(datasets);
  }

  @Override
  public PCollection<Candidate> expand(PCollection<String> urls) {
    return urls.apply("Identify", ParDo.of(new IdentifyFn(datasets)))
        .setCoder(JsonCoder.of(Candidate.class));
  }

  static final class IdentifyFn extends DoFn<String, Candidate> {
    private static final long serialVersionUID = 1L;
    private final Datasets datasets;
    private transient KnownFiles known;

    IdentifyFn(Datasets datasets) {
      this.datasets = datasets;
    }

    @Setup
    public void setup() {
      known = datasets.knownFiles();
    }

    @ProcessElement
    public void processElement(@Element String url, OutputReceiver<Candidate> out) {
      for (KnownFile file : known.find(url, Instant.now())) {
        out.output(new Candidate(file.dataset(), file.position(), file.file()));
      }
    }
  }
}
