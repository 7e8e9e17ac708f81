package dev.firn.update;

import dev.firn.dataset.AppendDimension;
import dev.firn.dataset.Template;
import dev.firn.update.ArchiveStore.Publication;
import dev.firn.update.ArchiveStore.Standing;
import java.io.IOException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The one place where readers are shown anything: check, prepare, publish, clean up. Safe to repeat
 * at any point.
 */
public final class Publisher {
  private final Template template;
  private final Clock clock;

  /** Publishes updates of one dataset. */
  public Publisher(Template template, Clock clock) {
    this.template = template;
    this.clock = clock;
  }

  /**
   * Publishes what the jobs of {@code id} wrote.
   *
   * @param results of all planned jobs
   */
  public UpdateOutcome publish(UpdateId id, MergedResults results) throws IOException {
    try (UpdateStore store = UpdateStore.open(id, clock)) {
      Optional<UpdateOutcome> done = store.journal().outcome();
      Optional<UpdatePlan> plan = store.journal().plan();
      if (done.isPresent() && (done.get().isFinal() || plan.isEmpty())) {
        store.journal().cleanUp();
        return done.get();
      }
      UpdatePlan planned =
          plan.orElseThrow(
              () -> new IOException("Cannot publish job " + id.job() + ": it has no plan"));
      checkComplete(planned, results);
      try (LeaseKeeper keeper = new LeaseKeeper(store.lease())) {
        keeper.renew();
        keeper.check();
        long begun = System.nanoTime();
        UpdateOutcome outcome = publish(store, planned, results);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        return settle(store, outcome.publishedIn(millis));
      }
    }
  }

  private static void checkComplete(UpdatePlan plan, MergedResults results) {
    Set<RegionJobKey> unheard = new HashSet<>(plan.jobs());
    unheard.removeAll(results.keys());
    if (!unheard.isEmpty()) {
      throw new IllegalStateException(
          "Cannot publish job "
              + plan.request().id().job()
              + ": nothing was heard from "
              + unheard);
    }
  }

  private UpdateOutcome settle(UpdateStore store, UpdateOutcome outcome) throws IOException {
    store.journal().putOutcome(outcome);
    if (outcome.status() != UpdateOutcome.Status.REFUSED) {
      store.journal().cleanUp();
    }
    store.lease().release();
    store.journal().forgetOld(clock.instant());
    return outcome;
  }

  private UpdateOutcome publish(UpdateStore store, UpdatePlan plan, MergedResults merged)
      throws IOException {
    ArchiveStore archive = store.archive();
    List<RegionJobResult> results = List.copyOf(merged.results());
    PinnedStore pinned = plan.primary();
    long newest = newestSuccess(results);
    if (newest < 0 && (!plan.jobs().isEmpty() || isUpdate(plan))) {
      return nothingSucceeded(plan, results);
    }
    long extent = shown(store, plan).orElse(Math.max(pinned.extent(), newest + 1));
    if (extent == 0 || (newest < 0 && !plan.publishesMetadata())) {
      return outcome(plan, results, UpdateOutcome.Status.NOTHING_NEW, "there was nothing to do", 0);
    }
    if (!plan.publishesMetadata()) {
      return outcome(
          plan, results, UpdateOutcome.Status.PUBLISHED, "shards were rewritten in place", extent);
    }
    Publication publication =
        new Publication(
            template,
            extent,
            new IngestedLengths(template, Math.toIntExact(extent)).of(archive, pinned, results));
    Standing standing = archive.standing(pinned, publication);
    if (standing != Standing.MOVED) {
      store
          .journal()
          .putPrepared(
              plan.runId(), new Journal.Prepared(archive.fingerprint(publication), extent));
      archive.prepare(publication);
      standing = archive.publish(pinned, publication);
    }
    return standing == Standing.MOVED
        ? outcome(plan, results, UpdateOutcome.Status.REFUSED, moved(pinned), pinned.extent())
        : outcome(plan, results, UpdateOutcome.Status.PUBLISHED, published(pinned, extent), extent);
  }

  /** The extent that an earlier attempt of this run has shown readers already. */
  private static OptionalLong shown(UpdateStore store, UpdatePlan plan) throws IOException {
    Optional<Journal.Prepared> prepared = store.journal().prepared(plan.runId());
    return prepared.isPresent() && store.archive().shows(prepared.get().fingerprint())
        ? OptionalLong.of(prepared.get().extent())
        : OptionalLong.empty();
  }

  private static boolean isUpdate(UpdatePlan plan) {
    return plan.request().kind() == UpdateRequest.Kind.UPDATE;
  }

  private static String moved(PinnedStore pinned) {
    return pinned.url()
        + " was changed meanwhile: expected its root at version "
        + pinned.version().orElse("absent")
        + ", found another";
  }

  private String published(PinnedStore pinned, long extent) {
    AppendDimension append = template.spec().append();
    String newest = append.name() + " up to " + append.at(extent - 1);
    return extent > pinned.extent()
        ? "readers now see " + newest
        : "readers see " + newest + " as before, rewritten";
  }

  private UpdateOutcome nothingSucceeded(UpdatePlan plan, List<RegionJobResult> results) {
    List<SourceFileResult> failed =
        results.stream()
            .flatMap(result -> result.files().stream())
            .filter(file -> !file.status().isAwaited())
            .toList();
    return failed.isEmpty()
        ? outcome(
            plan, results, UpdateOutcome.Status.NOTHING_NEW, "no source file was there yet", 0)
        : outcome(
            plan,
            results,
            UpdateOutcome.Status.FAILED,
            "no source file could be read; the first: "
                + failed.get(0).url()
                + ": "
                + failed.get(0).detail(),
            0);
  }

  /** The newest append position with a file that succeeded, −1 when there is none. */
  private long newestSuccess(List<RegionJobResult> results) {
    return results.stream()
        .flatMap(result -> result.files().stream())
        .filter(file -> file.status() == FileStatus.SUCCEEDED)
        .mapToLong(file -> template.spec().append().floor(file.init()))
        .max()
        .orElse(-1);
  }

  private UpdateOutcome outcome(
      UpdatePlan plan,
      List<RegionJobResult> results,
      UpdateOutcome.Status status,
      String message,
      long extent) {
    long before = plan.primary().extent();
    return new UpdateOutcome(
        plan.request().id(),
        plan.runId(),
        status,
        message,
        before,
        Math.max(before, extent),
        clock.instant(),
        UpdateSummary.of(results));
  }
}
