package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.SnapshotInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The branches, tags and snapshots of a repository at one moment. */
interface History {
  SortedMap<String, SnapshotId> branches();

  SortedMap<String, SnapshotId> tags();

  /** A snapshot; empty when the repository has none of this id. */
  Optional<SnapshotInfo> snapshot(SnapshotId id) throws IOException;

  /** A snapshot and all before it, the newest first. */
  default List<SnapshotInfo> ancestry(SnapshotId from) throws IOException {
    List<SnapshotInfo> ancestry = new ArrayList<>();
    Optional<SnapshotInfo> next = Optional.of(require(from));
    while (next.isPresent()) {
      ancestry.add(next.get());
      Optional<SnapshotId> parent = next.get().parent();
      next = parent.isPresent() ? snapshot(parent.get()) : Optional.empty();
    }
    return ancestry;
  }

  /** A snapshot that must be there. */
  default SnapshotInfo require(SnapshotId id) throws IOException {
    return snapshot(id)
        .orElseThrow(() -> new IllegalArgumentException("There is no snapshot " + id));
  }

  /** The snapshot that a version names. */
  default SnapshotId resolve(Version version) throws IOException {
    if (version instanceof Version.OfSnapshot of) {
      return require(of.id()).id();
    }
    if (version instanceof Version.OfTag of) {
      return named("tag", of.name(), tags());
    }
    if (version instanceof Version.OfBranch of) {
      return named("branch", of.name(), branches());
    }
    Version.AsOf asOf = (Version.AsOf) version;
    for (SnapshotInfo snapshot : ancestry(named("branch", asOf.branch(), branches()))) {
      if (!snapshot.flushedAt().isAfter(asOf.time())) {
        return snapshot.id();
      }
    }
    throw new IllegalArgumentException(
        "Branch '" + asOf.branch() + "' has no snapshot as old as " + asOf.time());
  }

  private static SnapshotId named(String kind, String name, SortedMap<String, SnapshotId> refs) {
    return Optional.ofNullable(refs.get(name))
        .orElseThrow(() -> new IllegalArgumentException("There is no " + kind + " '" + name + "'"));
  }
}
