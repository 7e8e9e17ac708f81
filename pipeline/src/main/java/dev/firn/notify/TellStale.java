package dev.firn.notify;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.live.Stale;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/** Tells some targets which sources seem to have stopped. What comes out could not be told. */
public final class TellStale extends PTransform<PCollection<Stale>, PCollection<DeadLetter>> {
  private static final long serialVersionUID = 1L;

  private final List<String> targets;

  private TellStale(List<String> targets) {
    this.targets = List.copyOf(targets);
  }

  /** Tells {@code targets}, as {@link EventTarget#open} takes them. */
  public static TellStale to(List<String> targets) {
    return new TellStale(targets);
  }

  @Override
  public PCollection<DeadLetter> expand(PCollection<Stale> stale) {
    return stale.apply("Tell", ParDo.of(new TellFn(targets))).setCoder(new DeadLetterCoder());
  }

  static OutgoingEvent event(Stale stale) {
    String json =
        new ObjectMapper()
            .createObjectNode()
            .put("schema", "firn.stale")
            .put("schema_version", 1)
            .put("dataset", stale.dataset())
            .put("newest", stale.newest().toString())
            .put("since", stale.since().toString())
            .put("expected_every_seconds", stale.expectedEverySeconds())
            .toString();
    String id = String.join("-", "stale", stale.dataset(), stale.newest().toString());
    return new OutgoingEvent(id, stale.dataset(), json);
  }

  static final class TellFn extends DoFn<Stale, DeadLetter> {
    private static final long serialVersionUID = 1L;
    private final List<String> targets;
    private transient EventSending sending;

    TellFn(List<String> targets) {
      this.targets = targets;
    }

    @Setup
    public void setup() {
      sending = EventSending.to(targets);
    }

    @ProcessElement
    public void processElement(@Element Stale stale, OutputReceiver<DeadLetter> out) {
      OutgoingEvent event = event(stale);
      Optional<String> failed = sending.send(event);
      failed.ifPresent(why -> out.output(TellPublications.letter(event.id(), why, stale)));
    }

    @Teardown
    public void teardown() {
      sending.close();
    }
  }
}
