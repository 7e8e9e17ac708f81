package dev.firn.update;

import dev.firn.dataset.Template;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.ObjectStores;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Names work to which its user has given no name: the {@linkplain JobName#derive derived} one, so
 * that asking again takes up what is under way, with the next free number where that has ended and
 * asking again means new work.
 */
public final class JobNames {
  private final Template template;
  private final Function<String, ObjectStore> opener;

  /** Names updates of one dataset. */
  public JobNames(Template template) {
    this(template, ObjectStores::open);
  }

  JobNames(Template template, Function<String, ObjectStore> opener) {
    this.template = template;
    this.opener = opener;
  }

  /**
   * The name of {@code request}, whose own does not matter.
   *
   * @param windows in how many windows it is worked off
   */
  public String of(UpdateRequest request, int windows) throws IOException {
    PinnedStore published = published(request); // before the journal: whoever changes it says so
    String derived = JobName.derive(request, template);
    String name = derived;
    for (int number = 2; isOver(request.withJob(name), windows, published); number++) {
      name = derived + "-" + number;
    }
    return name;
  }

  private PinnedStore published(UpdateRequest request) throws IOException {
    try (StoreSet stores = StoreSet.open(List.of(request.id().store()), opener)) {
      return stores.state(template).get(0);
    }
  }

  /** Whether the name stands for work that has ended, or that cannot go on. */
  private boolean isOver(UpdateRequest request, int windows, PinnedStore published)
      throws IOException {
    String job = request.id().job();
    List<String> jobs =
        windows == 1
            ? List.of(job)
            : IntStream.rangeClosed(1, windows)
                .mapToObj(window -> JobName.ofWindow(job, window))
                .toList();
    for (String each : jobs) {
      try (Journal journal = Journal.open(request.withJob(each).id(), opener)) {
        boolean cannotGoOn = cannotGoOn(journal, published);
        Optional<UpdateOutcome> ended = journal.outcome().filter(UpdateOutcome::isFinal);
        if (ended.isEmpty()) {
          return cannotGoOn;
        }
        if (!stands(request, ended.get(), published)) {
          return true;
        }
      }
    }
    return !creates(request);
  }

  /**
   * Whether others have changed the store since this was planned, before it changed anything, and
   * it is of a format that cannot be published on top of that.
   */
  private static boolean cannotGoOn(Journal journal, PinnedStore published) throws IOException {
    Optional<UpdatePlan> plan = journal.plan();
    return plan.isPresent()
        && Lease.isNeeded(List.of(published.url()))
        && !plan.get().primary().version().equals(published.version())
        && journal.prepared(plan.get().runId()).isEmpty();
  }

  /** Whether what a job has published is there as far as can be seen. */
  private static boolean stands(UpdateRequest request, UpdateOutcome ended, PinnedStore published) {
    return ended.status() == UpdateOutcome.Status.PUBLISHED
        && (!creates(request) || published.extent() >= ended.extentAfter());
  }

  /** Whether this is to be done once: asked for again, it would be refused. */
  private static boolean creates(UpdateRequest request) {
    return request.kind() == UpdateRequest.Kind.BACKFILL
        && !request.overwriteChunks()
        && !request.overwriteMetadata();
  }
}
