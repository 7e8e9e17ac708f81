package dev.firn.io.icechunk.format;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables {@code SnapshotInfo} of a repo info file. */
final class SnapshotInfoTable {
  private static final int ID = 0;
  private static final int PARENT = 1;
  private static final int FLUSHED_AT = 2;
  private static final int MESSAGE = 3;
  private static final int METADATA = 4;
  private static final int PRUNED_LOGS = 5;
  private static final int FIELDS = 6;
  private static final int NO_PARENT = -1;
  private static final int SPEC_VERSION = 2;

  private SnapshotInfoTable() {}

  static List<SnapshotInfo> readAll(FlatVector vector) {
    List<FlatTable> tables = vector.tables();
    requireAncestry(tables, vector.bytes());
    List<SnapshotInfo> snapshots = new ArrayList<>();
    for (FlatTable table : tables) {
      int parent = table.int32(PARENT);
      FlatVector pruned = table.optionalVector(PRUNED_LOGS, Id12.LENGTH);
      snapshots.add(
          new SnapshotInfo(
              table.snapshotId(ID),
              parent < 0 ? Optional.empty() : Optional.of(tables.get(parent).snapshotId(ID)),
              Timestamps.instant(table.uint63(FLUSHED_AT)),
              table.string(MESSAGE),
              MetadataItems.read(table.optionalVector(METADATA, 4), SPEC_VERSION),
              pruned.elements(vector.bytes()::snapshotId)));
    }
    return snapshots;
  }

  /** Checks that the parents of each snapshot end at one without parent. */
  private static void requireAncestry(List<FlatTable> tables, FlatBytes file) {
    int[] walk = new int[tables.size()];
    for (int i = 0; i < tables.size(); i++) {
      int at = i;
      while (at >= 0 && walk[at] == 0) {
        walk[at] = i + 1;
        at = tables.get(at).int32(PARENT);
        if (at >= tables.size()) {
          throw file.corrupt("snapshot " + at + " of " + tables.size() + " as a parent");
        }
      }
      if (at >= 0 && walk[at] == i + 1) {
        throw file.corrupt("snapshot " + tables.get(at).snapshotId(ID) + " as its own ancestor");
      }
    }
  }

  static int writeAll(
      FlatWriter out, Collection<SnapshotInfo> snapshots, Map<SnapshotId, Integer> indexes) {
    Positions tables = new Positions();
    for (SnapshotInfo snapshot : snapshots) {
      int message = out.string(snapshot.message());
      int metadata = MetadataItems.write(out, snapshot.metadata());
      int pruned = snapshot.prunedLogs().isEmpty() ? 0 : out.ids(snapshot.prunedLogs());
      tables.add(
          out.table(FIELDS)
              .int64(FLUSHED_AT, Timestamps.micros(snapshot.flushedAt()))
              .int32(
                  PARENT,
                  snapshot.parent().isEmpty() ? NO_PARENT : indexes.get(snapshot.parent().get()))
              .pointer(MESSAGE, message)
              .pointer(METADATA, metadata)
              .pointer(PRUNED_LOGS, pruned)
              .struct(ID, snapshot.id().bytes())
              .end());
    }
    return out.pointers(tables);
  }
}
