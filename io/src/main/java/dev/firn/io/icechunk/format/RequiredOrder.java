package dev.firn.io.icechunk.format;

import dev.firn.io.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds what is not in the order that the specification requires. Readers that search in files by
 * bisection depend on it; Firn reads these files in any order. Chunk references and the chunks of a
 * transaction are not looked at: a file in which they are out of order cannot be read at all.
 */
public final class RequiredOrder {
  private final List<String> violations = new ArrayList<>();

  private RequiredOrder() {}

  /** What is out of order in a snapshot. */
  public static List<String> ofSnapshot(byte[] file, Origin origin) {
    FlatBytes bytes = FileEnvelope.open(file, FileType.SNAPSHOT, origin).content();
    return bytes.read(
        () -> {
          FlatTable root = bytes.root();
          RequiredOrder order = new RequiredOrder();
          order.ascending(
              "node",
              root.pointers(SnapshotFile.NODES)
                  .<NodePath>tables(node -> new NodePath(node.string(1))),
              Comparator.naturalOrder());
          order.ascending(
              "manifest",
              SnapshotFile.manifests(root).stream().map(ManifestInfo::id).toList(),
              Comparator.naturalOrder());
          return order.violations;
        });
  }

  /** What is out of order in a repo info file. */
  public static List<String> ofRepoInfo(byte[] file, Origin origin) {
    FlatBytes bytes = FileEnvelope.open(file, FileType.REPO_INFO, origin).content();
    return bytes.read(
        () -> {
          FlatTable root = bytes.root();
          RequiredOrder order = new RequiredOrder();
          order.names("tag", root.pointers(RepoInfoFile.TAGS).tables(tag -> tag.string(0)));
          order.names(
              "branch", root.pointers(RepoInfoFile.BRANCHES).tables(branch -> branch.string(0)));
          order.names(
              "deleted tag",
              root.pointers(RepoInfoFile.DELETED_TAGS)
                  .elements(at -> bytes.string(bytes.follow(at))));
          order.ascending(
              "snapshot",
              root.pointers(RepoInfoFile.SNAPSHOTS)
                  .<SnapshotId>tables(snapshot -> snapshot.snapshotId(0)),
              Comparator.naturalOrder());
          return order.violations;
        });
  }

  /** What is out of order in a transaction log. */
  public static List<String> ofTransactionLog(byte[] file, Origin origin) {
    FlatBytes bytes = FileEnvelope.open(file, FileType.TRANSACTION_LOG, origin).content();
    return bytes.read(
        () -> {
          FlatTable root = bytes.root();
          RequiredOrder order = new RequiredOrder();
          for (int field = TransactionLog.NEW_GROUPS;
              field <= TransactionLog.UPDATED_GROUPS;
              field++) {
            order.ascending(
                "node",
                root.vector(field, NodeId.LENGTH).<NodeId>elements(bytes::nodeId),
                Comparator.naturalOrder());
          }
          order.ascending(
              "move",
              root.optionalVector(TransactionLog.MOVES, 4)
                  .<NodePath>tables(move -> new NodePath(move.string(1))),
              NodePath.BY_SEGMENT);
          return order.violations;
        });
  }

  private void names(String what, List<String> names) {
    ascending(what, names, Utf8Order.COMPARATOR);
  }

  /** Notes the first element that does not come after the one before it. */
  private <T> void ascending(String what, List<T> elements, Comparator<? super T> order) {
    for (int i = 1; i < elements.size(); i++) {
      if (order.compare(elements.get(i - 1), elements.get(i)) >= 0) {
        violations.add(what + " " + elements.get(i) + " comes after " + elements.get(i - 1));
        return;
      }
    }
  }
}
