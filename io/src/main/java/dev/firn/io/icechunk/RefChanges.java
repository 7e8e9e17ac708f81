package dev.firn.io.icechunk;

import dev.firn.io.icechunk.RepoChange.Changed;
import dev.firn.io.icechunk.WritePermission.Feature;
import dev.firn.io.icechunk.format.Refs;
import dev.firn.io.icechunk.format.RepoInfo;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.UpdateType;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The changes of branches and tags (specification, "References"). */
final class RefChanges {
  /** The branch that every repository has. */
  static final String MAIN = "main";

  private RefChanges() {}

  static RepoChange createBranch(String name, SnapshotId snapshot) {
    return now -> {
      requireSnapshot(now, snapshot);
      if (now.refs().branches().containsKey(name)) {
        throw new ConflictException(
            "Cannot create branch '" + name + "': it is at " + now.refs().branches().get(name));
      }
      return new Changed(withBranch(now, name, snapshot), new UpdateType.BranchCreated(name));
    };
  }

  static RepoChange deleteBranch(String name, Optional<SnapshotId> expected) {
    if (name.equals(MAIN)) {
      throw new IllegalArgumentException("Cannot delete branch 'main': a repository always has it");
    }
    return now -> {
      SnapshotId previous = branch("delete", now, name, expected);
      SortedMap<String, SnapshotId> branches = new TreeMap<>(now.refs().branches());
      branches.remove(name);
      Refs refs = new Refs(branches, now.refs().tags(), now.refs().deletedTags());
      return new Changed(now.withRefs(refs), new UpdateType.BranchDeleted(name, previous));
    };
  }

  static RepoChange resetBranch(String name, SnapshotId to, Optional<SnapshotId> expected) {
    return now -> {
      SnapshotId previous = branch("reset", now, name, expected);
      requireSnapshot(now, to);
      return new Changed(withBranch(now, name, to), new UpdateType.BranchReset(name, previous));
    };
  }

  static RepoChange createTag(String name, SnapshotId snapshot) {
    return now -> {
      requireSnapshot(now, snapshot);
      WritePermission.require(now, Feature.CREATE_TAG);
      if (now.refs().tags().containsKey(name)) {
        throw new ConflictException(
            "Cannot create tag '" + name + "': it is at " + now.refs().tags().get(name));
      }
      if (now.refs().deletedTags().contains(name)) {
        throw new ConflictException(
            "Cannot create tag '" + name + "': a tag of this name was deleted");
      }
      SortedMap<String, SnapshotId> tags = new TreeMap<>(now.refs().tags());
      tags.put(name, snapshot);
      Refs refs = new Refs(now.refs().branches(), tags, now.refs().deletedTags());
      return new Changed(now.withRefs(refs), new UpdateType.TagCreated(name));
    };
  }

  static RepoChange deleteTag(String name) {
    return now -> {
      WritePermission.require(now, Feature.DELETE_TAG);
      SortedMap<String, SnapshotId> tags = new TreeMap<>(now.refs().tags());
      SnapshotId previous = tags.remove(name);
      if (previous == null) {
        throw new IllegalArgumentException("Cannot delete tag '" + name + "': there is none");
      }
      SortedSet<String> deleted = new TreeSet<>(now.refs().deletedTags());
      deleted.add(name);
      Refs refs = new Refs(now.refs().branches(), tags, deleted);
      return new Changed(now.withRefs(refs), new UpdateType.TagDeleted(name, previous));
    };
  }

  /** Where a branch is: there must be one, and where it is expected if that matters. */
  private static SnapshotId branch(
      String action, RepoInfo now, String name, Optional<SnapshotId> expected) {
    Optional<SnapshotId> tip = branch(now, name);
    if (expected.isPresent() && !expected.equals(tip)) {
      throw new ConflictException(
          "Cannot "
              + action
              + " branch '"
              + name
              + "': "
              + tip.map(at -> "it is at " + at).orElse("there is none")
              + ", expected "
              + expected.get());
    }
    return tip.orElseThrow(
        () -> new IllegalArgumentException("There is no branch '" + name + "' (any more)"));
  }

  /** Where a branch is, if there is one. */
  static Optional<SnapshotId> branch(RepoInfo now, String name) {
    return Optional.ofNullable(now.refs().branches().get(name));
  }

  static RepoInfo withBranch(RepoInfo now, String name, SnapshotId tip) {
    return now.withRefs(refsWithBranch(now, name, tip));
  }

  static Refs refsWithBranch(RepoInfo now, String name, SnapshotId tip) {
    SortedMap<String, SnapshotId> branches = new TreeMap<>(now.refs().branches());
    branches.put(name, tip);
    return new Refs(branches, now.refs().tags(), now.refs().deletedTags());
  }

  private static void requireSnapshot(RepoInfo now, SnapshotId snapshot) {
    if (!now.snapshots().containsKey(snapshot)) {
      throw new IllegalArgumentException("There is no snapshot " + snapshot);
    }
  }
}
