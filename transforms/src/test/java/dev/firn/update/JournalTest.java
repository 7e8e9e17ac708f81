package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.firn.io.object.MemoryObjectStore;
import dev.firn.io.object.ObjectStore;
import dev.firn.update.UpdateOutcome.Status;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Outcomes that several attempts record and withdraw at the same time. */
class JournalTest {
  private static final StoreLocation STORE = StoreLocation.parse("memory:/base/tiny.zarr");

  private final ObjectStore objects = new MemoryObjectStore();
  private final Journal journal = new Journal(objects, STORE, "job");

  private static UpdateOutcome outcome(Status status, String run) {
    Instant now = Instant.EPOCH;
    return new UpdateOutcome(
        new UpdateId("tiny", STORE.url(), "job"),
        run,
        status,
        "why",
        1,
        1,
        now,
        now,
        UpdateSummary.NOTHING,
        List.of());
  }

  /** The journal of a process that is overtaken by {@code other} just before its first put. */
  private Journal overtakenBy(UpdateOutcome other) {
    AtomicBoolean overtaken = new AtomicBoolean();
    return new Journal(
        new WatchedStore(
            objects,
            "memory:/base",
            new WatchedStore.Watch() {
              @Override
              public <T> T operate(
                  WatchedStore.Verb verb, String url, WatchedStore.Operation<T> operation)
                  throws IOException {
                if (verb == WatchedStore.Verb.PUT && overtaken.compareAndSet(false, true)) {
                  journal.putOutcome(other);
                }
                return operation.run();
              }
            }),
        STORE,
        "job");
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.class,
      names = {"NOTHING_NEW", "BUSY", "INVALID", "FAILED"})
  void outcomeOfAnAttemptThatCanBeRepeatedIsWithdrawn(Status status) throws IOException {
    journal.createOutcome(outcome(status, "first"));

    journal.withdrawOutcome();

    assertThat(journal.outcome(), equalTo(Optional.empty()));
    UpdateOutcome next = outcome(Status.PUBLISHED, "second");
    assertThat(journal.createOutcome(next), equalTo(next));
    assertThat(journal.outcome(), equalTo(Optional.of(next)));
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.class,
      names = {"PUBLISHED", "REFUSED"})
  void finalOutcomeIsNotWithdrawn(Status status) throws IOException {
    journal.createOutcome(outcome(status, "first"));

    journal.withdrawOutcome();

    assertThat(journal.outcome(), equalTo(Optional.of(outcome(status, "first"))));
  }

  @Test
  void outcomeThatAnotherAttemptRecordsMeanwhileIsNotWithdrawn() throws IOException {
    journal.createOutcome(outcome(Status.NOTHING_NEW, "first"));
    UpdateOutcome theirs = outcome(Status.PUBLISHED, "theirs");

    overtakenBy(theirs).withdrawOutcome();

    assertThat(journal.outcome(), equalTo(Optional.of(theirs)));
  }

  @Test
  void outcomeThatAnotherAttemptRecordsMeanwhileCounts() throws IOException {
    journal.createOutcome(outcome(Status.BUSY, "first"));
    journal.withdrawOutcome();
    UpdateOutcome theirs = outcome(Status.PUBLISHED, "theirs");

    UpdateOutcome counts = overtakenBy(theirs).createOutcome(outcome(Status.BUSY, "second"));

    assertThat(counts, equalTo(theirs));
    assertThat(journal.outcome(), equalTo(Optional.of(theirs)));
  }

  @Test
  void warningsAreAddedToWhatIsRecordedMeanwhile() throws IOException {
    journal.createOutcome(outcome(Status.PUBLISHED, "first"));
    UpdateOutcome theirs = outcome(Status.PUBLISHED, "theirs");

    overtakenBy(theirs).addWarnings(List.of("careful"));

    assertThat(journal.outcome(), equalTo(Optional.of(theirs.warningOf(List.of("careful")))));
  }
}
