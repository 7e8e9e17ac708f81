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
    return isOf(run.runId(), commit);
  }

  /** Whether a commit is of the run of an id. */
  static boolean isOf(String runId, SnapshotInfo commit) {
    return commit.metadata().containsKey(RUN) && commit.metadata().get(RUN).asText().equals(runId);
  }

  /** Sees to it that there is a branch that the run can work with, wherever it is by now. */
  void setUp() throws IOException {
    Optional<SnapshotId> tip = tip();
    if (tip.isEmpty() || !isCommit(tip.get())) {
      make(pinned(run));
    }
  }

  /** Sees to it that the branch is at {@code base} or at a commit of this run on top of it. */
  SnapshotId make(SnapshotId base) throws IOException {
    Optional<SnapshotId> tip = tip();
    while (!isOn(base, tip)) {
      replace(tip, base);
      tip = tip();
    }
    return tip.get();
  }

  private void replace(Optional<SnapshotId> tip, SnapshotId base) throws IOException {
    try {
      if (tip.isPresent()) {
        repository.deleteBranch(name(), tip.get());
      } else {
        repository.createBranch(name(), base);
      }
    } catch (ConflictException anotherWasFaster) {
      return; // what is there now tells what is to be done
    }
  }

  /** This run's commit on top of {@code base}, if it was made. */
  Optional<SnapshotId> commit(SnapshotId base) throws IOException {
    Optional<SnapshotId> tip = tip();
    return isOn(base, tip) ? tip.filter(id -> !id.equals(base)) : Optional.empty();
  }

  /** Sees to it that there is no branch of this run. */
  void delete() throws IOException {
    Optional<SnapshotId> tip = tip();
    while (tip.isPresent() && isOwn(tip.get())) {
      replace(tip, tip.get());
      tip = tip();
    }
  }

  private Optional<SnapshotId> tip() throws IOException {
    return Optional.ofNullable(repository.branches().get(name()));
  }

  private boolean isOn(SnapshotId base, Optional<SnapshotId> tip) throws IOException {
    if (tip.isEmpty() || tip.get().equals(base)) {
      return tip.isPresent();
    }
    SnapshotInfo commit = info(tip.get());
    return isOf(run, commit) && commit.parent().equals(Optional.of(base));
  }

  /** Whether the branch has a commit of this run, or nothing that is not in {@code main}. */
  private boolean isOwn(SnapshotId tip) throws IOException {
    return tip.equals(pinned(run))
        || isCommit(tip)
        || repository.ancestry(Version.branch(IcechunkArchive.MAIN)).stream()
            .anyMatch(commit -> commit.id().equals(tip));
  }

  private boolean isCommit(SnapshotId tip) throws IOException {
    return isOf(run, info(tip));
  }

  private SnapshotInfo info(SnapshotId snapshot) throws IOException {
    return repository.ancestry(Version.snapshot(snapshot)).get(0);
  }
}
