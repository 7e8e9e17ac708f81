package dev.firn.update;

import dev.firn.dataset.AppendDimension;
import dev.firn.dataset.Template;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Sets an update up: finds what an earlier attempt left, asks the guards, and pins the plan. Safe
 * to repeat and to run twice at once: the journal decides whose plan counts.
 */
public final class UpdatePlanner {
  private static final Duration PLAN_LIFETIME = Duration.ofDays(7);

  private final Template template;
  private final String firnVersion;
  private final Clock clock;

  /** Plans updates of one dataset. */
  public UpdatePlanner(Template template, String firnVersion, Clock clock) {
    this.template = template;
    this.firnVersion = firnVersion;
    this.clock = clock;
  }

  /** What the store that {@code id} names shows readers now. */
  public PinnedStore published(UpdateId id) throws IOException {
    try (UpdateStore store = UpdateStore.open(id, clock)) {
      return store.archive().state(template);
    }
  }

  /** Why the guards would refuse {@code request} as a whole now. Nothing is recorded. */
  public Optional<String> refusal(UpdateRequest request) throws IOException {
    try (UpdateStore store = UpdateStore.open(request.id(), clock)) {
      PinnedStore pinned = store.archive().state(template);
      return new Guards(template, store.archive())
          .refusal(request, pinned, extent(request, pinned));
    }
  }

  private long extent(UpdateRequest request, PinnedStore pinned) {
    return Math.max(pinned.extent(), template.spec().append().lengthBefore(request.filter().end()));
  }

  /** Whether an update of this name has ended for good: the name starts nothing new. */
  public boolean isDone(UpdateId id) throws IOException {
    return outcome(id).map(UpdateOutcome::isFinal).orElse(false);
  }

  /** How an update of this name ended, if it has. */
  public Optional<UpdateOutcome> outcome(UpdateId id) throws IOException {
    try (UpdateStore store = UpdateStore.open(id, clock)) {
      return store.journal().outcome();
    }
  }

  /** Plans {@code request}, or finds that there is nothing to do. */
  public PlannedUpdate plan(UpdateRequest request) throws IOException {
    try (UpdateStore store = UpdateStore.open(request.id(), clock)) {
      Optional<UpdateOutcome> done = store.journal().outcome();
      if (done.isPresent() && done.get().isFinal()) {
        store.journal().cleanUp();
        return new PlannedUpdate.Settled(done.get());
      }
      PlannedUpdate planned = plan(request, store);
      if (planned instanceof PlannedUpdate.Settled settled) {
        store.journal().putOutcome(settled.outcome());
      }
      return planned;
    }
  }

  private PlannedUpdate plan(UpdateRequest request, UpdateStore store) throws IOException {
    Optional<UpdatePlan> earlier = store.journal().plan();
    if (earlier.isPresent()) {
      return resumed(request, earlier.get(), store);
    }
    PinnedStore pinned = store.archive().state(template);
    if (pinned.version().isEmpty() && request.kind() == UpdateRequest.Kind.UPDATE) {
      return settled(
          request,
          pinned,
          UpdateOutcome.Status.INVALID,
          "there is no store to update yet: backfill it first");
    }
    long extent = extent(request, pinned);
    Optional<String> refusal =
        new Guards(template, store.archive()).refusal(request, pinned, extent);
    if (refusal.isPresent()) {
      return settled(request, pinned, UpdateOutcome.Status.REFUSED, refusal.get());
    }
    return leased(
        request, store, pinned, () -> store.journal().createPlan(newPlan(request, pinned, extent)));
  }

  private UpdatePlan newPlan(UpdateRequest request, PinnedStore pinned, long extent) {
    UpdateRequest windowed = windowed(request, pinned);
    boolean overwrites = pinned.version().isEmpty() || request.kind() == UpdateRequest.Kind.UPDATE;
    boolean writesChunks = overwrites || request.overwriteChunks();
    List<RegionJob> jobs =
        writesChunks ? RegionJobs.plan(template.spec(), extent, windowed.filter()) : List.of();
    return new UpdatePlan(
        UUID.randomUUID().toString(),
        clock.instant(),
        firnVersion,
        template.hash(),
        windowed,
        extent,
        jobs.stream().map(RegionJob::key).toList(),
        overwrites || request.overwriteMetadata(),
        Map.of(UpdatePlan.PRIMARY, pinned));
  }

  /** An update begins with the newest published forecast. */
  private UpdateRequest windowed(UpdateRequest request, PinnedStore pinned) {
    if (request.kind() == UpdateRequest.Kind.BACKFILL || pinned.extent() == 0) {
      return request;
    }
    AppendDimension append = template.spec().append();
    JobFilter filter = request.filter();
    Instant newest = append.at(pinned.extent() - 1);
    return new UpdateRequest(
        request.id(),
        request.kind(),
        new JobFilter(Optional.of(newest), filter.end(), filter.contains(), filter.variables()),
        request.overwriteChunks(),
        request.overwriteMetadata());
  }

  private PlannedUpdate resumed(UpdateRequest request, UpdatePlan earlier, UpdateStore store)
      throws IOException {
    Optional<String> mismatch = mismatch(request, earlier);
    if (mismatch.isPresent()) {
      return settled(request, earlier.primary(), UpdateOutcome.Status.INVALID, mismatch.get());
    }
    return leased(request, store, earlier.primary(), () -> earlier);
  }

  private Optional<String> mismatch(UpdateRequest request, UpdatePlan earlier) throws IOException {
    String job = request.id().job();
    if (!earlier.templateHash().equals(template.hash())) {
      return Optional.of(
          "job " + job + " was begun with another definition of " + template.spec().id());
    }
    if (!earlier.firnVersion().equals(firnVersion)) {
      return Optional.of(
          "job "
              + job
              + " was begun by Firn "
              + earlier.firnVersion()
              + ", this is "
              + firnVersion);
    }
    if (!earlier.request().id().store().equals(request.id().store())) {
      return Optional.of(
          "job " + job + " was begun for the store " + earlier.request().id().store());
    }
    if (earlier.now().plus(PLAN_LIFETIME).isBefore(clock.instant())) {
      return Optional.of(
          "job "
              + job
              + " was begun at "
              + earlier.now()
              + ", over "
              + PLAN_LIFETIME.toDays()
              + " days ago; begin anew with --job "
              + job
              + "-2");
    }
    return Optional.empty();
  }

  /** Says which plan counts. */
  private interface PlanSource {
    UpdatePlan plan() throws IOException;
  }

  private PlannedUpdate leased(
      UpdateRequest request, UpdateStore store, PinnedStore pinned, PlanSource source)
      throws IOException {
    Optional<Lease.Holder> other = store.lease().acquire();
    if (other.isPresent()) {
      return settled(
          request,
          pinned,
          UpdateOutcome.Status.BUSY,
          "job "
              + other.get().job()
              + " is at work on this store, at least until "
              + other.get().until());
    }
    store.journal().deleteOutcome();
    UpdatePlan plan = source.plan();
    return new PlannedUpdate.Ready(plan, jobs(plan));
  }

  private List<RegionJob> jobs(UpdatePlan plan) {
    return RegionJobs.plan(template.spec(), plan.extent(), plan.request().filter()).stream()
        .filter(job -> plan.jobs().contains(job.key()))
        .toList();
  }

  private PlannedUpdate.Settled settled(
      UpdateRequest request, PinnedStore pinned, UpdateOutcome.Status status, String message) {
    return new PlannedUpdate.Settled(
        new UpdateOutcome(
            request.id(),
            "",
            status,
            message,
            pinned.extent(),
            pinned.extent(),
            clock.instant(),
            UpdateSummary.NOTHING));
  }
}
