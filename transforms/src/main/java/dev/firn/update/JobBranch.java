package dev.firn.update;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.firn.io.icechunk.ConflictException;
import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.Version;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.SnapshotInfo;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * The branch {@code _job_<job>} of an Icechunk repository, on which a run prepares its one commit.
 * It is the run's own while its tip is the pinned snapshot or a commit of this run on top of it.
 * Whether it was made, or deleted, is judged by what is there, not by who did it.
 *
 * @param repository the repository
 * @param run the run
 */
record JobBranch(Repository repository, StoreRun run) {
  private static final String PREFIX = "_job_";
  private static final String JOB = "firn_job";
  private static final String RUN = "firn_run";

  /** The branch's name. */
  String name() {
    return PREFIX + run.job();
  }

  /** The snapshot that readers saw when the run was planned. */
  static SnapshotId pinned(StoreRun run) {
    return run.pinned().version().map(SnapshotId::parse).orElse(SnapshotId.INITIAL);
  }

  /** By what a commit is known to be of a run. */
  static Map<String, JsonNode> stamp(StoreRun run) {
    return Map.of(JOB, TextNode.valueOf(run.job()), RUN, TextNode.valueOf(run.runId()));
  }

  /** Whether a commit is of a run. */
  static boolean isOf(StoreRun run, SnapshotInfo commit) {
    return commit.metadata().containsKey(RUN)
        && commit.metadata().get(RUN).asText().equals(run.runId());
  }

  /** Sees to it that there is a branch of this run, and returns its tip. */
  SnapshotId make() throws IOException {
    Optional<SnapshotId> tip = tip();
    while (!isOwn(tip)) {
      replace(tip);
      tip = tip();
    }
    return tip.get();
  }

  private void replace(Optional<SnapshotId> tip) throws IOException {
    try {
      if (tip.isPresent()) {
        repository.deleteBranch(name(), tip.get());
      } else {
        repository.createBranch(name(), pinned(run));
      }
    } catch (ConflictException anotherWasFaster) {
      return; // what is there now tells what is to be done
    }
  }

  /** This run's commit on top of the pinned snapshot, if it was made. */
  Optional<SnapshotId> commit() throws IOException {
    Optional<SnapshotId> tip = tip();
    return isOwn(tip) ? tip.filter(id -> !id.equals(pinned(run))) : Optional.empty();
  }

  /** Sees to it that there is no branch of this run. */
  void delete() throws IOException {
    Optional<SnapshotId> tip = tip();
    while (isOwn(tip)) {
      replace(tip);
      tip = tip();
    }
  }

  private Optional<SnapshotId> tip() throws IOException {
    return Optional.ofNullable(repository.branches().get(name()));
  }

  private boolean isOwn(Optional<SnapshotId> tip) throws IOException {
    if (tip.isEmpty() || tip.get().equals(pinned(run))) {
      return tip.isPresent();
    }
    SnapshotInfo commit = repository.ancestry(Version.snapshot(tip.get())).get(0);
    return isOf(run, commit) && commit.parent().equals(Optional.of(pinned(run)));
  }
}
