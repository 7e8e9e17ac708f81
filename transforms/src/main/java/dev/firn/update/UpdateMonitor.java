package dev.firn.update;

import dev.firn.checkin.CheckIn;
import dev.firn.checkin.CheckIn.Ending;
import dev.firn.checkin.CheckIn.Status;
import dev.firn.checkin.CheckIns;
import dev.firn.io.object.ObjectStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells monitoring services when an update begins and how it ends, from whichever process does
 * that: each at least once. A check-in that fails becomes a warning in the update's summary and
 * changes nothing else.
 */
public final class UpdateMonitor {
  private static final int ID_DIGITS = 32;

  private final CheckIns checkIns;
  private final Clock clock;

  /** Tells whom {@code checkIns} reach. */
  public UpdateMonitor(CheckIns checkIns, Clock clock) {
    this.checkIns = checkIns;
    this.clock = clock;
  }

  /** Says that an update begins; returns what went wrong with that, for {@link #ended}. */
  public List<String> begins(UpdateId id) {
    return send(id, Status.IN_PROGRESS, Optional.empty());
  }

  /**
   * Says how an update has ended, unless the rest of it is left to others.
   *
   * @param earlier what went wrong with {@link #begins}
   * @return the outcome with what went wrong among its warnings; the recorded one has them too
   */
  public UpdateOutcome ended(UpdateOutcome outcome, List<String> earlier) throws IOException {
    List<String> warnings = new ArrayList<>(earlier);
    Ending ending = new Ending(outcome.begun(), outcome.status().text(), outcome.message());
    status(outcome.status())
        .ifPresent(status -> warnings.addAll(send(outcome.id(), status, Optional.of(ending))));
    if (warnings.isEmpty()) {
      return outcome;
    }
    try (Journal journal = Journal.open(outcome.id(), ObjectStores::open)) {
      journal.addWarnings(warnings);
    }
    return outcome.warningOf(warnings);
  }

  /** Says that an update has failed and is not tried again; returns what went wrong with that. */
  public List<String> failed(UpdateId id, Instant begun, String why) {
    Ending ending = new Ending(begun, UpdateOutcome.Status.FAILED.text(), why);
    return send(id, Status.ERROR, Optional.of(ending));
  }

  private static Optional<Status> status(UpdateOutcome.Status outcome) {
    return switch (outcome) {
      case PUBLISHED, NOTHING_NEW -> Optional.of(Status.OK);
      case REFUSED, BUSY, INVALID, FAILED -> Optional.of(Status.ERROR);
      case PARTIAL -> Optional.empty();
    };
  }

  private List<String> send(UpdateId id, Status status, Optional<Ending> ending) {
    return checkIns.send(
        new CheckIn(checkInId(id.job()), id.dataset(), id.job(), status, clock.instant(), ending));
  }

  /** The same for all processes that share the update, and for every attempt at it. */
  static String checkInId(String job) {
    return Sha256.hex(job.getBytes(StandardCharsets.UTF_8)).substring(0, ID_DIGITS);
  }
}
