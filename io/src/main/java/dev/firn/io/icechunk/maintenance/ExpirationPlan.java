package dev.firn.io.icechunk.maintenance;

import dev.firn.io.icechunk.format.Refs;
import dev.firn.io.icechunk.format.RepoInfo;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.SnapshotInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What an {@link Expiration} does to one version of the repo info file. */
final class ExpirationPlan {
  private static final String MAIN = "main";

  private final RepoInfo now;
  private final Expiration rule;
  private final SnapshotTree tree;
  private final SortedSet<String> branches = new TreeSet<>();
  private final SortedSet<String> tags = new TreeSet<>();
  private final SortedSet<SnapshotId> released = new TreeSet<>();
  private final SortedSet<SnapshotId> edited = new TreeSet<>();
  private final SortedMap<SnapshotId, SnapshotInfo> snapshots = new TreeMap<>();

  ExpirationPlan(RepoInfo now, Expiration rule) {
    this.now = now;
    this.rule = rule;
    this.tree = new SnapshotTree(now.snapshots());
    chooseRefs();
    chooseSnapshots();
    now.snapshots().values().forEach(this::keep);
  }

  /** First snapshots never expire. */
  private boolean isOld(SnapshotId id) {
    return !isFirst(id) && now.snapshots().get(id).flushedAt().isBefore(rule.olderThan());
  }

  private boolean isFirst(SnapshotId id) {
    return now.snapshots().get(id).parent().isEmpty();
  }

  private void chooseRefs() {
    Predicate<String> mayGo = name -> !name.equals(MAIN) && !rule.spared().test(name);
    if (rule.deleteBranches()) {
      branches.addAll(oldRefs(now.refs().branches()));
      branches.removeIf(mayGo.negate());
    }
    if (rule.deleteTags()) {
      tags.addAll(oldRefs(now.refs().tags()));
    }
  }

  private List<String> oldRefs(SortedMap<String, SnapshotId> refs) {
    return refs.entrySet().stream()
        .filter(ref -> isOld(ref.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private void chooseSnapshots() {
    Set<SnapshotId> kept = ownOfSpared();
    kept.addAll(refsAfter().branches().values());
    kept.addAll(refsAfter().tags().values());
    now.snapshots().keySet().stream()
        .filter(id -> isOld(id) && !kept.contains(id))
        .forEach(id -> released.add(id));
  }

  /** The snapshots of spared branches down to the first that another branch or tag has too. */
  private Set<SnapshotId> ownOfSpared() {
    List<SnapshotId> tips = new ArrayList<>();
    List<SnapshotId> others = new ArrayList<>(now.refs().tags().values());
    now.refs()
        .branches()
        .forEach((name, tip) -> (rule.spared().test(name) ? tips : others).add(tip));
    Set<SnapshotId> shared = tree.reachable(others);
    Set<SnapshotId> own = new HashSet<>();
    for (SnapshotId tip : tips) {
      for (SnapshotInfo snapshot : tree.ancestry(tip)) {
        own.add(snapshot.id());
        if (shared.contains(snapshot.id())) {
          break;
        }
      }
    }
    return own;
  }

  /** As the reference implementation does: not the nearest ancestor that stays, but the first. */
  private void keep(SnapshotInfo snapshot) {
    if (released.contains(snapshot.id())) {
      return;
    }
    if (snapshot.parent().filter(id -> released.contains(id)).isPresent()) {
      edited.add(snapshot.id());
      snapshots.put(snapshot.id(), tree.withParent(snapshot, this::isFirst));
    } else {
      snapshots.put(snapshot.id(), snapshot);
    }
  }

  private Refs refsAfter() {
    SortedMap<String, SnapshotId> keptBranches = new TreeMap<>(now.refs().branches());
    keptBranches.keySet().removeAll(branches);
    SortedMap<String, SnapshotId> keptTags = new TreeMap<>(now.refs().tags());
    keptTags.keySet().removeAll(tags);
    SortedSet<String> deletedTags = new TreeSet<>(now.refs().deletedTags());
    deletedTags.addAll(tags);
    return new Refs(keptBranches, keptTags, deletedTags);
  }

  /** The repository afterwards. */
  RepoInfo after() {
    return now.withSnapshots(refsAfter(), snapshots);
  }

  Expired expired() {
    return new Expired(released, edited, branches, tags);
  }
}
