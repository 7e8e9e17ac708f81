package dev.firn.update;

import java.time.Instant;

/**
 * How an update ended: the content of {@code done.json}.
 *
 * @param id the update
 * @param runId its run, empty if it was refused before it had one
 * @param status how it ended
 * @param message one sentence for the user
 * @param extentBefore the published length of the append dimension before
 * @param extentAfter and after
 * @param finished when
 * @param summary what was done on the way
 */
public record UpdateOutcome(
    UpdateId id,
    String runId,
    Status status,
    String message,
    long extentBefore,
    long extentAfter,
    Instant finished,
    UpdateSummary summary) {

  /** The ways an update ends. */
  public enum Status {
    /** Readers see the new data. */
    PUBLISHED,
    /** No source file had come yet; readers see the old data. */
    NOTHING_NEW,
    /** A guard refused it, or the store had changed meanwhile; nothing was published. */
    REFUSED,
    /** Another update of this archive is at work. */
    BUSY,
    /** What was asked for contradicts what the job name stands for. */
    INVALID,
    /** Source files were there, but none could be read. */
    FAILED
  }

  UpdateOutcome publishedIn(long millis) {
    return new UpdateOutcome(
        id,
        runId,
        status,
        message,
        extentBefore,
        extentAfter,
        finished,
        summary.publishedIn(millis));
  }

  /** Whether a later attempt under the same job name only reports this outcome. */
  boolean isFinal() {
    return status == Status.PUBLISHED || status == Status.REFUSED;
  }
}
