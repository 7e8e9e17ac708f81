package dev.firn.notify;

import dev.firn.live.LivePublication;
import dev.firn.live.LivePublication.ChangedTime;
import dev.firn.update.PinnedStore;
import dev.firn.update.RunSnapshot;
import dev.firn.update.StoreRole;
import dev.firn.update.UpdateJson;
import dev.firn.update.UpdateOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * Tells some targets what a stream has published, each commit by itself and not before readers can
 * see it. What comes out could not be told, or is an update that was refused or has failed.
 */
public final class TellPublications
    extends PTransform<PCollection<LivePublication>, PCollection<DeadLetter>> {
  private static final long serialVersionUID = 1L;

  private final Map<String, String> dimensions;
  private final List<String> targets;

  private TellPublications(Map<String, String> dimensions, List<String> targets) {
    this.dimensions = new LinkedHashMap<>(dimensions);
    this.targets = List.copyOf(targets);
  }

  /**
   * Tells {@code targets}, as {@link EventTarget#open} takes them.
   *
   * @param dimensions of each dataset the one that its archive grows along
   */
  public static TellPublications to(List<String> targets, Map<String, String> dimensions) {
    return new TellPublications(dimensions, targets);
  }

  @Override
  public PCollection<DeadLetter> expand(PCollection<LivePublication> publications) {
    return publications
        .apply("Tell", ParDo.of(new TellFn(targets, dimensions)))
        .setCoder(new DeadLetterCoder());
  }

  /** The events of one publication, one for each store. */
  static List<PublicationEvent> events(LivePublication publication, String dimension)
      throws IOException {
    List<PublicationEvent> events = new ArrayList<>();
    UpdateOutcome outcome = publication.outcome();
    for (PinnedStore store :
        publication.times().isEmpty() ? List.<PinnedStore>of() : outcome.stores()) {
      String id =
          store.role().equals(StoreRole.PRIMARY)
              ? outcome.runId()
              : outcome.runId() + "-" + store.role();
      events.add(
          new PublicationEvent(
              id,
              outcome.id().dataset(),
              store.url(),
              RunSnapshot.of(store.url(), outcome.runId()),
              content(publication.times(), dimension),
              completeness(publication.times()),
              publication.readable(),
              publication
                  .firstFile()
                  .map(first -> new PublicationEvent.Files(first, publication.lastFile().get()))));
    }
    return events;
  }

  private static PublicationEvent.Content content(List<ChangedTime> times, String dimension) {
    return new PublicationEvent.Content(
        dimension,
        times.stream().map(ChangedTime::time).toList(),
        sorted(times, ChangedTime::leadTimes),
        sorted(times, ChangedTime::variables));
  }

  private static <T> List<T> sorted(
      List<ChangedTime> times, Function<ChangedTime, List<T>> values) {
    return times.stream().map(values).flatMap(List::stream).distinct().sorted().toList();
  }

  private static PublicationEvent.Completeness completeness(List<ChangedTime> times) {
    return new PublicationEvent.Completeness(
        times.stream().mapToLong(ChangedTime::expectedFiles).sum(),
        times.stream().mapToLong(ChangedTime::ingestedFiles).sum());
  }

  /** A letter about what a stream itself could not do. */
  static DeadLetter letter(String about, String reason, Object content) {
    return new DeadLetter(
        "firn stream",
        about,
        Instant.now(),
        reason,
        new String(UpdateJson.write(content), StandardCharsets.UTF_8));
  }

  static final class TellFn extends DoFn<LivePublication, DeadLetter> {
    private static final long serialVersionUID = 1L;
    private final List<String> targets;
    private final Map<String, String> dimensions;
    private transient EventSending sending;

    TellFn(List<String> targets, Map<String, String> dimensions) {
      this.targets = targets;
      this.dimensions = dimensions;
    }

    @Setup
    public void setup() {
      sending = EventSending.to(targets);
    }

    @ProcessElement
    public void processElement(@Element LivePublication publication, OutputReceiver<DeadLetter> out)
        throws IOException {
      UpdateOutcome outcome = publication.outcome();
      switch (outcome.status()) {
        case REFUSED, INVALID, FAILED ->
            out.output(letter(outcome.id().job(), outcome.message(), outcome));
        case PUBLISHED, NOTHING_NEW, BUSY, PARTIAL -> tell(publication, out);
      }
    }

    private void tell(LivePublication publication, OutputReceiver<DeadLetter> out)
        throws IOException {
      String dimension = dimensions.get(publication.outcome().id().dataset());
      if (sending.isAny()) {
        for (PublicationEvent event : events(publication, dimension)) {
          Optional<String> failed = sending.send(event.outgoing());
          failed.ifPresent(why -> out.output(letter(event.id(), why, event)));
        }
      }
    }

    @Teardown
    public void teardown() {
      sending.close();
    }
  }
}
