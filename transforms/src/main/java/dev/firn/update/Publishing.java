package dev.firn.update;

import dev.firn.dataset.AppendDimension;
import dev.firn.dataset.Template;
import dev.firn.update.ArchiveStore.Contribution;
import dev.firn.update.ArchiveStore.Publication;
import dev.firn.update.ArchiveStore.Standing;
import dev.firn.update.StoreSet.Member;
import dev.firn.update.StoreSet.Order;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One attempt at showing readers what the jobs of an update wrote: check all stores, prepare all,
 * publish the replicas in order and the primary last. The primary decides what the next update must
 * do, so after a death in between a retry completes the rest.
 */
final class Publishing {
  /**
   * How it went.
   *
   * @param status how it ended
   * @param message one sentence
   * @param extent the length of the append dimension that readers see
   */
  record Ending(UpdateOutcome.Status status, String message, long extent) {}

  private static final int SHARDS_NAMED = 3;

  private final Template template;
  private final UpdatePlan plan;
  private final StoreSet stores;
  private final List<RegionJobResult> results;

  Publishing(
      Template template, UpdatePlan plan, StoreSet stores, Collection<RegionJobResult> results) {
    this.template = template;
    this.plan = plan;
    this.stores = stores;
    this.results = List.copyOf(results);
  }

  /** The length that the results give the append dimension; or why nothing is to be published. */
  Result extent() {
    long before = plan.primary().extent();
    long newest = newestSuccess();
    boolean noneRead = newest < 0 && (!plan.jobs().isEmpty() || isUpdate());
    if (noneRead && !setsAside()) {
      return new Result(0, Optional.of(nothingSucceeded()));
    }
    long dropped = template.spec().updates().dropsLastStep() ? 1 : 0;
    long extent = Math.max(before, newest + 1 - dropped);
    boolean nothing = extent == 0 || (newest < 0 && !plan.publishesMetadata());
    return new Result(
        extent,
        nothing
            ? Optional.of(
                new Ending(UpdateOutcome.Status.NOTHING_NEW, "there was nothing to do", before))
            : Optional.empty());
  }

  /**
   * What the results come to.
   *
   * @param extent the new length of the append dimension
   * @param ending how the update ends if nothing is to be published
   */
  record Result(long extent, Optional<Ending> ending) {}

  /**
   * Publishes; refuses if a store has moved, with nothing published if it had at the start. Empty
   * if jobs have to run again first, because others replaced shards of theirs.
   */
  Optional<Ending> publish(long extent) throws IOException {
    Contribution ours = new Ours(extent);
    if (plan.isOneStep()) {
      return publish(ours, extent);
    }
    boolean overtaken = false;
    for (Member member : stores.members(Order.PRIMARY_LAST)) {
      Standing standing = member.archive().standing(plan.run(member.role()), ours);
      if (standing == Standing.MOVED) {
        return Optional.of(refused(moved(member, ours), List.of()));
      }
      overtaken |= standing == Standing.OVERTAKEN;
    }
    return overtaken ? Optional.empty() : publish(ours, extent);
  }

  private Optional<Ending> publish(Contribution ours, long extent) throws IOException {
    for (Member member : stores.members(Order.PRIMARY_LAST)) {
      member.archive().prepare(plan.run(member.role()), ours);
    }
    List<StoreRole> published = new ArrayList<>();
    for (Member member : stores.members(Order.PRIMARY_LAST)) {
      Standing standing = member.archive().publish(plan.run(member.role()), ours);
      if (standing == Standing.MOVED) {
        return Optional.of(refused(moved(member, ours), published));
      }
      if (standing == Standing.OVERTAKEN) {
        return Optional.empty();
      }
      published.add(member.role());
    }
    for (Member member : stores.members(Order.PRIMARY_LAST)) {
      if (member.ledger().format() == StoreFormat.ZARR) { // others keep their history
        LedgerGarbage.afterPublication(
            member.ledger(), ours.onPinned(member.role()).ledger(), plan.now());
      }
    }
    return Optional.of(new Ending(UpdateOutcome.Status.PUBLISHED, seen(extent), extent));
  }

  /** Whether a store shows the run's results, and it can be published in the others. */
  boolean isBegun(long extent) throws IOException {
    Contribution ours = new Ours(extent);
    Set<Standing> standings = EnumSet.noneOf(Standing.class);
    for (Member member : stores.members(Order.PRIMARY_LAST)) {
      standings.add(member.archive().standing(plan.run(member.role()), ours));
    }
    return standings.contains(Standing.PUBLISHED)
        && !standings.contains(Standing.MOVED)
        && !standings.contains(Standing.OVERTAKEN);
  }

  /** Why a store cannot be gone on from, if there is one. */
  Optional<Ending> refusal(long extent) throws IOException {
    Contribution ours = new Ours(extent);
    for (Member member : stores.members(Order.PRIMARY_LAST)) {
      if (member.archive().standing(plan.run(member.role()), ours) == Standing.MOVED) {
        return Optional.of(refused(moved(member, ours), List.of()));
      }
    }
    return Optional.empty();
  }

  /** That others have replaced shards of this update in every one of {@code rounds}. */
  Ending overtaken(long extent, int rounds) throws IOException {
    Contribution ours = new Ours(extent);
    List<String> shards = new ArrayList<>();
    for (Member member : stores.members(Order.PRIMARY_LAST)) {
      PinnedStore now = member.archive().state(member.role(), template);
      for (WrittenShard shard : member.archive().overtaken(now, ours.shards())) {
        shards.add(shard.key() + " of " + shard.variable() + " in " + member.role());
      }
    }
    return refused(
        "others replaced shards that it writes too, and did so again in each of %d rounds in which it wrote them anew: %s"
            .formatted(rounds, named(shards)),
        List.of());
  }

  private static String named(List<String> shards) {
    return String.join(", ", shards.subList(0, Math.min(shards.size(), SHARDS_NAMED)))
        + (shards.size() > SHARDS_NAMED ? ", … (" + shards.size() + " in all)" : "");
  }

  /** What the run's results add, where they make the append dimension {@code extent} long. */
  private final class Ours implements Contribution {
    private final long extent;
    private final List<WrittenShard> shards;
    private final Map<StoreRole, Publication> onPinned = new TreeMap<>();

    Ours(long extent) {
      this.extent = extent;
      int shardLength = template.spec().chunkSizes().appendShardLength();
      this.shards =
          results.stream()
              .filter(result -> result.key().region() * shardLength < extent)
              .flatMap(result -> result.shards().stream())
              .toList();
    }

    @Override
    public Template template() {
      return template;
    }

    @Override
    public List<WrittenShard> shards() {
      return shards;
    }

    @Override
    public Publication onPinned(StoreRole role) throws IOException {
      Publication known = onPinned.get(role);
      if (known == null) {
        PinnedStore pinned = plan.primary();
        ArchiveView own = stores.member(role).archive().view(plan.run(role).pinned());
        known = on(role, own, stores.primary().view(pinned), pinned.extent());
        onPinned.put(role, known);
      }
      return known;
    }

    @Override
    public Publication on(StoreRole role, ArchiveView base, long baseExtent) throws IOException {
      return on(role, base, base, baseExtent);
    }

    private Publication on(StoreRole role, ArchiveView base, ArchiveView lengths, long baseExtent)
        throws IOException {
      long longer = Math.max(extent, baseExtent);
      return new Publication(
          template,
          longer,
          new IngestedLengths(template, Math.toIntExact(longer), extent).of(lengths, results),
          plan.publishesMetadata(),
          ledger(role, base, longer),
          shards);
    }

    /** Each store's ledger goes on from its own: replicas may have been made from other files. */
    private LedgerChange ledger(StoreRole role, ArchiveView base, long longer) throws IOException {
      LedgerReader published =
          new LedgerReader(stores.member(role).ledger(), base.attribute(Ledgers.ATTRIBUTE));
      return new LedgerUpdate(template.spec(), plan, extent, longer).of(published, results);
    }

    @Override
    public void putLedger(StoreRole role, Publication publication) throws IOException {
      stores.member(role).ledger().put(publication.ledger());
    }
  }

  private Ending refused(String message, List<StoreRole> published) {
    return new Ending(
        UpdateOutcome.Status.REFUSED,
        published.isEmpty() ? message : message + "; published before: " + published,
        plan.primary().extent());
  }

  private String moved(Member member, Contribution ours) throws IOException {
    StoreRun run = plan.run(member.role());
    String what = run.pinned().movedTo(member.archive().state(member.role(), template));
    return what + member.archive().obstacle(run, ours).map(obstacle -> ": " + obstacle).orElse("");
  }

  private String seen(long extent) {
    if (!plan.publishesMetadata()) {
      return "shards were rewritten in place";
    }
    if (setsAside() && newestSuccess() < 0) {
      return "no value changed; the ledger tells what was set aside";
    }
    AppendDimension append = template.spec().append();
    String newest = append.name() + " up to " + append.at(extent - 1);
    return extent > plan.primary().extent()
        ? "readers now see " + newest
        : "readers see " + newest + " as before, rewritten";
  }

  /**
   * Whether a live update has found versions that are not worth reading again. Its ledger says so
   * then, though no value changes.
   */
  private boolean setsAside() {
    return plan.request().kind() == UpdateRequest.Kind.LIVE
        && plan.primary().extent() > 0
        && results.stream()
            .flatMap(result -> result.files().stream())
            .map(file -> LedgerEntry.of(file, plan.now()))
            .anyMatch(LedgerEntry::isSettled);
  }

  private boolean isUpdate() {
    return plan.request().kind() != UpdateRequest.Kind.BACKFILL;
  }

  private Ending nothingSucceeded() {
    Optional<SourceFileResult> failed =
        results.stream()
            .flatMap(result -> result.files().stream())
            .filter(file -> !file.status().isAwaited())
            .findFirst();
    return failed
        .map(
            first ->
                new Ending(
                    UpdateOutcome.Status.FAILED,
                    "no source file could be read; the first: "
                        + first.url()
                        + ": "
                        + first.detail(),
                    0))
        .orElseGet(
            () -> new Ending(UpdateOutcome.Status.NOTHING_NEW, "no source file was there yet", 0));
  }

  /** The newest append position with a file that succeeded, −1 when there is none. */
  private long newestSuccess() {
    return results.stream()
        .flatMap(result -> result.files().stream())
        .filter(file -> file.status() == FileStatus.SUCCEEDED)
        .flatMap(file -> file.steps().stream())
        .mapToLong(template.spec().steps()::position)
        .max()
        .orElse(-1);
  }
}
