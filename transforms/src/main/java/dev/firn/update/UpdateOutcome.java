package dev.firn.update;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * How an update ended: the content of {@code done.json}.
 *
 * @param id the update
 * @param runId its run, empty if it was refused before it had one
 * @param status how it ended
 * @param message one sentence for the user
 * @param extentBefore the published length of the append dimension before
 * @param extentAfter and after
 * @param begun when the first attempt began
 * @param finished when it ended
 * @param summary what was done on the way
 * @param stores what each store shows readers now, the primary first; empty where none was looked
 *     at
 */
public record UpdateOutcome(
    UpdateId id,
    String runId,
    Status status,
    String message,
    long extentBefore,
    long extentAfter,
    Instant begun,
    Instant finished,
    UpdateSummary summary,
    List<PinnedStore> stores) {
  /** Copies the list. An outcome that was recorded without its begin has begun when it ended. */
  public UpdateOutcome {
    begun = Objects.requireNonNullElse(begun, finished);
    stores = List.copyOf(stores);
  }

  /** The ways an update ends. */
  public enum Status {
    /** Readers see the new data. */
    PUBLISHED,
    /** One worker has done its share, others have not done theirs: never recorded. */
    PARTIAL,
    /** No source file had come yet; readers see the old data. */
    NOTHING_NEW,
    /** A guard refused it, or the store had changed meanwhile; nothing was published. */
    REFUSED,
    /** Another update of this archive is at work. */
    BUSY,
    /** What was asked for contradicts what the job name stands for. */
    INVALID,
    /** Source files were there, but none could be read. */
    FAILED;

    /** The word for it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether nothing is at work any more: another attempt at the job may have been turned away. */
  boolean endsRun() {
    return switch (status) {
      case PUBLISHED, NOTHING_NEW, REFUSED, FAILED -> true;
      case PARTIAL, BUSY, INVALID -> false;
    };
  }

  UpdateOutcome publishedIn(long millis) {
    return with(summary.publishedIn(millis));
  }

  /** The same with more for the user to look at. */
  UpdateOutcome warningOf(List<String> warnings) {
    return with(summary.warningOf(warnings));
  }

  /** The same, of the run that was planned earlier. */
  UpdateOutcome ofRun(UpdatePlan plan) {
    return with(plan.runId(), plan.now(), summary);
  }

  private UpdateOutcome with(UpdateSummary other) {
    return with(runId, begun, other);
  }

  private UpdateOutcome with(String otherRun, Instant otherBegun, UpdateSummary otherSummary) {
    return new UpdateOutcome(
        id,
        otherRun,
        status,
        message,
        extentBefore,
        extentAfter,
        otherBegun,
        finished,
        otherSummary,
        stores);
  }

  /** Whether a later attempt under the same job name only reports this outcome. */
  boolean isFinal() {
    return status == Status.PUBLISHED || status == Status.REFUSED;
  }
}
