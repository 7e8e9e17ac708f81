package dev.firn.update;

import java.time.Instant;
import java.util.List;

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
    Instant finished,
    UpdateSummary summary,
    List<PinnedStore> stores) {
  /** Copies the list. */
  public UpdateOutcome {
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
    FAILED
  }

  /** Whether nothing is at work any more: another attempt at the job may have been turned away. */
  boolean endsRun() {
    return switch (status) {
      case PUBLISHED, NOTHING_NEW, REFUSED, FAILED -> true;
      case PARTIAL, BUSY, INVALID -> false;
    };
  }

  /** Whether a later attempt under the same job name only reports this outcome. */
  boolean isFinal() {
    return status == Status.PUBLISHED || status == Status.REFUSED;
  }
}
