package dev.firn.notify;

import java.io.IOException;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/** Puts dead letters where somebody looks after them. */
public final class PutDeadLetters extends PTransform<PCollection<DeadLetter>, PDone> {
  private static final long serialVersionUID = 1L;

  private final String target;

  private PutDeadLetters(String target) {
    this.target = target;
  }

  /** Puts them to {@code target}, as {@link DeadLetters#open} takes it. */
  public static PutDeadLetters to(String target) {
    return new PutDeadLetters(target);
  }

  @Override
  public PDone expand(PCollection<DeadLetter> letters) {
    letters.apply("Put", ParDo.of(new PutFn(target)));
    return PDone.in(letters.getPipeline());
  }

  static final class PutFn extends DoFn<DeadLetter, Void> {
    private static final long serialVersionUID = 1L;
    private final String target;
    private final Counter put = Metrics.counter("firn", "dead_letters");
    private transient DeadLetters letters;

    PutFn(String target) {
      this.target = target;
    }

    @Setup
    public void setup() {
      letters = DeadLetters.open(target);
    }

    @ProcessElement
    public void processElement(@Element DeadLetter letter) throws IOException {
      letters.put(letter);
      put.inc();
    }

    @Teardown
    public void teardown() throws IOException {
      letters.close();
    }
  }
}
