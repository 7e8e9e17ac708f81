package dev.firn.update;

import dev.firn.dataset.AppendDimension;
import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.Template;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.ObjectStores;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Sets an update up: finds what an earlier attempt left, asks the guards, and pins the plan. Safe
 * to repeat and to run twice at once: the journal decides whose plan counts.
 */
public final class UpdatePlanner {
  private static final Duration PLAN_LIFETIME = Duration.ofDays(7);

  private final Template template;
  private final String firnVersion;
  private final Clock clock;
  private final Function<String, ObjectStore> opener;

  /** Plans updates of one dataset. */
  public UpdatePlanner(Template template, String firnVersion, Clock clock) {
    this(template, firnVersion, clock, ObjectStores::open);
  }

  UpdatePlanner(
      Template template, String firnVersion, Clock clock, Function<String, ObjectStore> opener) {
    this.template = template;
    this.firnVersion = firnVersion;
    this.clock = clock;
    this.opener = opener;
  }

  /** Why the guards would refuse {@code request} as a whole now. Nothing is recorded. */
  public Optional<String> refusal(UpdateRequest request) throws IOException {
    try (StoreSet stores = StoreSet.open(request.stores(), opener)) {
      List<PinnedStore> pinned = stores.state(template);
      return new Guards(template, request, pinned).refusal(stores, extent(request, pinned.get(0)));
    }
  }

  private long extent(UpdateRequest request, PinnedStore primary) {
    return Math.max(
        primary.extent(), template.spec().append().lengthBefore(request.filter().end()));
  }

  /**
   * How the update of this name has ended for good, if it has: the name starts nothing new. An
   * attempt that died after that is cleaned up after.
   */
  public Optional<UpdateOutcome> ended(UpdateId id) throws IOException {
    try (Journal journal = Journal.open(id, opener)) {
      return ended(journal, journal.plan());
    }
  }

  /** The plan was looked for before: the outcome is written before that goes. */
  private Optional<UpdateOutcome> ended(Journal journal, Optional<UpdatePlan> plan)
      throws IOException {
    return ended(journal, plan, journal.outcome());
  }

  private Optional<UpdateOutcome> ended(
      Journal journal, Optional<UpdatePlan> plan, Optional<UpdateOutcome> outcome)
      throws IOException {
    Optional<UpdateOutcome> ended = outcome.filter(UpdateOutcome::isFinal);
    if (ended.isPresent()) {
      Publisher.cleanUp(journal, plan, ended.get(), opener);
    }
    return ended;
  }

  /** Whether an update of this name was planned, or has ended. */
  public boolean isBegun(UpdateId id) throws IOException {
    try (Journal journal = Journal.open(id, opener)) {
      return journal.plan().isPresent() || journal.outcome().isPresent();
    }
  }

  /** How an update of this name ended, if it has. */
  public Optional<UpdateOutcome> outcome(UpdateId id) throws IOException {
    try (Journal journal = Journal.open(id, opener)) {
      return journal.outcome();
    }
  }

  /**
   * Plans {@code request}, or finds that there is nothing to do. The lease is taken before the
   * stores are looked at, so that what is pinned stays so unless strangers change it.
   */
  public PlannedUpdate plan(UpdateRequest request) throws IOException {
    try (Journal journal = Journal.open(request.id(), opener)) {
      Optional<UpdatePlan> earlier = journal.plan();
      Optional<UpdateOutcome> outcome = journal.outcome();
      Optional<UpdateOutcome> ended = ended(journal, earlier, outcome);
      if (ended.isPresent()) {
        return new PlannedUpdate.Settled(ended.get());
      }
      if (outcome.isPresent()) {
        journal.withdrawOutcome(); // of an attempt that was turned away
      }
      PlannedUpdate planned = planned(request, earlier, journal);
      return planned instanceof PlannedUpdate.Settled settled
          ? new PlannedUpdate.Settled(journal.createOutcome(settled.outcome()))
          : planned;
    }
  }

  private PlannedUpdate planned(
      UpdateRequest request, Optional<UpdatePlan> earlier, Journal journal) throws IOException {
    Optional<String> mismatch =
        earlier.isPresent() ? mismatch(request, earlier.get()) : Optional.empty();
    if (mismatch.isPresent()) {
      return settled(
          request, earlier.get().primary(), UpdateOutcome.Status.INVALID, mismatch.get());
    }
    StoreClocks.require(request, opener, clock);
    Lease lease = journal.lease(request.stores(), clock);
    Optional<Lease.Holder> other = lease.acquire();
    if (other.isPresent()) {
      return settled(
          request, published(request), UpdateOutcome.Status.BUSY, other.get().isAtWork());
    }
    PlannedUpdate planned =
        earlier.isPresent() ? resumed(earlier.get(), journal) : planned(request, journal);
    if (planned instanceof PlannedUpdate.Settled) {
      lease.release();
    }
    return planned;
  }

  private PinnedStore published(UpdateRequest request) throws IOException {
    try (StoreSet stores = StoreSet.open(request.stores(), opener)) {
      return stores.state(template).get(0);
    }
  }

  private PlannedUpdate planned(UpdateRequest request, Journal journal) throws IOException {
    try (StoreSet stores = StoreSet.open(request.stores(), opener)) {
      List<PinnedStore> pinned = pinned(request, journal, stores);
      Optional<PlannedUpdate.Settled> impossible = impossible(request, pinned, stores);
      if (impossible.isEmpty()) {
        long extent = extent(request, pinned.get(0));
        return ready(journal.createPlan(newPlan(request, pinned, extent, stores)), journal, stores);
      }
      Optional<UpdatePlan> meanwhile = journal.plan();
      return meanwhile.isPresent() // what is in the way may be of this job
          ? resumed(meanwhile.get(), journal)
          : impossible.get();
    }
  }

  /** What the stores show when no other job has published in some of them and not yet in others. */
  private List<PinnedStore> pinned(UpdateRequest request, Journal journal, StoreSet stores)
      throws IOException {
    List<PinnedStore> pinned = stores.state(template);
    while (endOthers(request, journal)) {
      pinned = stores.state(template);
    }
    return pinned;
  }

  /** A live update of one store alone, whose latency counts, leaves that to others. */
  private boolean endOthers(UpdateRequest request, Journal journal) throws IOException {
    boolean isLeft = request.kind() == UpdateRequest.Kind.LIVE && request.replicas().isEmpty();
    boolean mayBeAtWork = !Lease.isNeeded(request.stores());
    return !isLeft && new OtherJobs(template, clock, opener).end(journal, mayBeAtWork);
  }

  private Optional<PlannedUpdate.Settled> impossible(
      UpdateRequest request, List<PinnedStore> pinned, StoreSet stores) throws IOException {
    PinnedStore primary = pinned.get(0);
    if (primary.isAbsent() && request.kind() != UpdateRequest.Kind.BACKFILL) {
      return Optional.of(
          settled(
              request,
              primary,
              UpdateOutcome.Status.INVALID,
              "there is no store to update yet: backfill it first"));
    }
    return new Guards(template, request, pinned)
        .refusal(stores, extent(request, primary))
        .map(why -> settled(request, primary, UpdateOutcome.Status.REFUSED, why));
  }

  private UpdatePlan newPlan(
      UpdateRequest request, List<PinnedStore> pinned, long extent, StoreSet stores)
      throws IOException {
    UpdateRequest windowed = windowed(request, pinned.get(0));
    boolean overwrites = pinned.get(0).isAbsent() || request.kind() != UpdateRequest.Kind.BACKFILL;
    boolean writesChunks = overwrites || request.overwriteChunks();
    UpdatePlan plan =
        new UpdatePlan(
            UUID.randomUUID().toString(),
            clock.instant(),
            firnVersion,
            template.hash(),
            windowed,
            extent,
            List.of(),
            overwrites || request.overwriteMetadata(),
            pinned,
            List.of(),
            Map.of());
    if (request.kind() == UpdateRequest.Kind.LIVE) {
      plan = LiveFiles.withNeighbours(template.spec(), plan, stores);
    }
    return writesChunks ? plan.withJobs(jobs(plan)) : plan;
  }

  /** All jobs of a plan; of a live update those that what has come concerns. */
  private List<RegionJobKey> jobs(UpdatePlan plan) {
    DatasetSpec spec = template.spec();
    boolean isLive = plan.request().kind() == UpdateRequest.Kind.LIVE;
    SourceFilePlan files = SourceFilePlan.of(spec, plan);
    return RegionJobs.plan(spec, plan.extent(), plan.request()).stream()
        .filter(job -> !isLive || !files.of(job).isEmpty())
        .map(RegionJob::key)
        .toList();
  }

  /** An update begins with the newest published forecast. */
  private UpdateRequest windowed(UpdateRequest request, PinnedStore pinned) {
    if (request.kind() != UpdateRequest.Kind.UPDATE || pinned.extent() == 0) {
      return request;
    }
    AppendDimension append = template.spec().append();
    JobFilter filter = request.filter();
    Instant newest = append.at(pinned.extent() - 1);
    Instant first = newest.minus(template.spec().updates().reprocess());
    return request.withFilter(
        new JobFilter(Optional.of(first), filter.end(), filter.contains(), filter.variables()));
  }

  private PlannedUpdate resumed(UpdatePlan earlier, Journal journal) throws IOException {
    endOthers(earlier.request(), journal);
    try (StoreSet stores = StoreSet.open(earlier.storeUrls(), opener)) {
      Optional<String> moved = moved(earlier, stores, journal);
      return moved.isPresent() ? refused(earlier, moved.get()) : ready(earlier, journal, stores);
    }
  }

  /** Whether a store has become what no attempt can go on from: then all work would be in vain. */
  private Optional<String> moved(UpdatePlan plan, StoreSet stores, Journal journal)
      throws IOException {
    for (StoreSet.Member member : stores.members(StoreSet.Order.PRIMARY_FIRST)) {
      StoreRun run = plan.run(member.role());
      if (!member.archive().canGoOn(run, template)) {
        PinnedStore now = member.archive().state(member.role(), template);
        boolean mayBeOwn = isPrepared(plan, journal); // publication finds out
        return mayBeOwn ? Optional.empty() : Optional.of(run.pinned().movedTo(now));
      }
    }
    return Optional.empty();
  }

  private static boolean isPrepared(UpdatePlan plan, Journal journal) throws IOException {
    for (String run : plan.runs()) {
      if (journal.prepared(run).isPresent()) {
        return true;
      }
    }
    return false;
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
    if (!earlier.storeUrls().equals(request.stores())) {
      return Optional.of(
          "job " + job + " was begun for " + String.join(" and ", earlier.storeUrls()));
    }
    if (earlier.now().plus(PLAN_LIFETIME).isBefore(clock.instant())) {
      return Optional.of(
          "job %s was begun at %s, over %d days ago; begin anew with --job %s"
              .formatted(job, earlier.now(), PLAN_LIFETIME.toDays(), freeName(request)));
    }
    return Optional.empty();
  }

  /** The job's name with the first number that no job has. */
  private String freeName(UpdateRequest request) throws IOException {
    int number = 2;
    while (isBegun(request.withJob(request.id().job() + "-" + number).id())) {
      number++;
    }
    return request.id().job() + "-" + number;
  }

  private PlannedUpdate ready(UpdatePlan plan, Journal journal, StoreSet stores)
      throws IOException {
    stores.setUp(plan);
    Optional<UpdateOutcome> ended = plan.isStraight() ? Optional.empty() : journal.outcome();
    if (ended.isPresent() && (ended.get().isFinal() || journal.plan().isEmpty())) {
      // by another attempt, which may have cleaned up before this one set up
      Publisher.cleanUp(journal, Optional.of(plan), ended.get(), opener);
      return new PlannedUpdate.Settled(ended.get());
    }
    return new PlannedUpdate.Ready(plan, plannedJobs(plan));
  }

  private List<RegionJob> plannedJobs(UpdatePlan plan) {
    Set<RegionJobKey> keys = new HashSet<>(plan.jobs());
    return RegionJobs.plan(template.spec(), plan.extent(), plan.request()).stream()
        .filter(job -> keys.contains(job.key()))
        .toList();
  }

  private PlannedUpdate.Settled refused(UpdatePlan plan, String why) {
    UpdateOutcome refused =
        settled(plan.request(), plan.primary(), UpdateOutcome.Status.REFUSED, why).outcome();
    return new PlannedUpdate.Settled(refused.ofRun(plan));
  }

  private PlannedUpdate.Settled settled(
      UpdateRequest request, PinnedStore pinned, UpdateOutcome.Status status, String message) {
    Instant now = clock.instant();
    return new PlannedUpdate.Settled(
        new UpdateOutcome(
            request.id(),
            "",
            status,
            message,
            pinned.extent(),
            pinned.extent(),
            now,
            now,
            UpdateSummary.NOTHING,
            List.of()));
  }
}
