package dev.firn.update;

import dev.firn.dataset.AppendDimension;
import dev.firn.dataset.Template;
import dev.firn.update.ArchiveStore.Publication;
import dev.firn.update.ArchiveStore.Standing;
import dev.firn.update.StoreSet.Member;
import dev.firn.update.StoreSet.Order;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    if (newest < 0 && (!plan.jobs().isEmpty() || isUpdate())) {
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

  /** Publishes; refuses if a store has moved, with nothing published if it had at the start. */
  Ending publish(long extent) throws IOException {
    Publication publication = publication(extent);
    for (Member member : stores.members(Order.PRIMARY_LAST)) {
      StoreRun run = plan.run(member.role());
      if (publication.writesMetadata() && run.pinned().extent() > extent) {
        return refused(
            "%s (%s): it would become shorter, %d long"
                .formatted(member.role(), run.pinned().url(), extent),
            List.of());
      }
      if (member.archive().standing(run, publication) == Standing.MOVED) {
        return refused(moved(member), List.of());
      }
    }
    for (Member member : stores.members(Order.PRIMARY_LAST)) {
      member.archive().prepare(plan.run(member.role()), publication);
    }
    List<StoreRole> published = new ArrayList<>();
    for (Member member : stores.members(Order.PRIMARY_LAST)) {
      if (member.archive().publish(plan.run(member.role()), publication) == Standing.MOVED) {
        return refused(moved(member), published);
      }
      published.add(member.role());
    }
    return new Ending(UpdateOutcome.Status.PUBLISHED, seen(extent), extent);
  }

  /** Whether a store shows the run's results, and none shows anything that only others wrote. */
  boolean isBegun(long extent) throws IOException {
    Publication publication = publication(extent);
    Set<Standing> standings = EnumSet.noneOf(Standing.class);
    for (Member member : stores.members(Order.PRIMARY_LAST)) {
      standings.add(member.archive().standing(plan.run(member.role()), publication));
    }
    return standings.contains(Standing.PUBLISHED) && !standings.contains(Standing.MOVED);
  }

  private Publication publication(long extent) throws IOException {
    ArchiveView base = stores.primary().view(plan.primary());
    int shardLength = template.spec().chunkSizes().appendShardLength();
    return new Publication(
        template,
        extent,
        new IngestedLengths(template, Math.toIntExact(extent)).of(base, results),
        plan.publishesMetadata(),
        results.stream()
            .filter(result -> result.key().region() * shardLength < extent)
            .flatMap(result -> result.shards().stream())
            .toList());
  }

  private Ending refused(String message, List<StoreRole> published) {
    return new Ending(
        UpdateOutcome.Status.REFUSED,
        published.isEmpty() ? message : message + "; published before: " + published,
        plan.primary().extent());
  }

  private String moved(Member member) throws IOException {
    return plan.run(member.role())
        .pinned()
        .movedTo(member.archive().state(member.role(), template));
  }

  private String seen(long extent) {
    if (!plan.publishesMetadata()) {
      return "shards were rewritten in place";
    }
    AppendDimension append = template.spec().append();
    String newest = append.name() + " up to " + append.at(extent - 1);
    return extent > plan.primary().extent()
        ? "readers now see " + newest
        : "readers see " + newest + " as before, rewritten";
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
