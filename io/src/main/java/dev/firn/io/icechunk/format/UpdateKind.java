package dev.firn.io.icechunk.format;

import dev.firn.io.icechunk.format.UpdateType.BranchCreated;
import dev.firn.io.icechunk.format.UpdateType.BranchDeleted;
import dev.firn.io.icechunk.format.UpdateType.BranchReset;
import dev.firn.io.icechunk.format.UpdateType.CommitAmended;
import dev.firn.io.icechunk.format.UpdateType.ConfigChanged;
import dev.firn.io.icechunk.format.UpdateType.Expired;
import dev.firn.io.icechunk.format.UpdateType.FeatureFlagChanged;
import dev.firn.io.icechunk.format.UpdateType.GarbageCollected;
import dev.firn.io.icechunk.format.UpdateType.MetadataChanged;
import dev.firn.io.icechunk.format.UpdateType.NewCommit;
import dev.firn.io.icechunk.format.UpdateType.NewDetachedSnapshot;
import dev.firn.io.icechunk.format.UpdateType.RepoInitialized;
import dev.firn.io.icechunk.format.UpdateType.RepoMigrated;
import dev.firn.io.icechunk.format.UpdateType.StatusChanged;
import dev.firn.io.icechunk.format.UpdateType.TagCreated;
import dev.firn.io.icechunk.format.UpdateType.TagDeleted;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntBiFunction;
import java.util.stream.Collectors;

/**
 * How the members of the union {@code UpdateType} are encoded; the order is the union's, whose
 * codes start at 1.
 */
@SuppressWarnings("ImmutableEnumChecker") // functions without state
enum UpdateKind {
  REPO_INITIALIZED(RepoInitialized.class, t -> new RepoInitialized(), (u, out) -> marker(out)),
  REPO_MIGRATED(
      RepoMigrated.class,
      t -> new RepoMigrated(t.uint8(0, 0), t.uint8(1, 0)),
      (u, out) -> out.table(2).uint8(0, u.fromVersion(), 0).uint8(1, u.toVersion(), 0).end()),
  CONFIG_CHANGED(ConfigChanged.class, t -> new ConfigChanged(), (u, out) -> marker(out)),
  METADATA_CHANGED(MetadataChanged.class, t -> new MetadataChanged(), (u, out) -> marker(out)),
  TAG_CREATED(TagCreated.class, t -> new TagCreated(t.string(0)), (u, out) -> named(out, u.name())),
  TAG_DELETED(
      TagDeleted.class,
      t -> new TagDeleted(t.string(0), t.snapshotId(1)),
      (u, out) -> named(out, u.name(), u.previous())),
  BRANCH_CREATED(
      BranchCreated.class, t -> new BranchCreated(t.string(0)), (u, out) -> named(out, u.name())),
  BRANCH_DELETED(
      BranchDeleted.class,
      t -> new BranchDeleted(t.string(0), t.snapshotId(1)),
      (u, out) -> named(out, u.name(), u.previous())),
  BRANCH_RESET(
      BranchReset.class,
      t -> new BranchReset(t.string(0), t.snapshotId(1)),
      (u, out) -> named(out, u.name(), u.previous())),
  NEW_COMMIT(
      NewCommit.class,
      t -> new NewCommit(t.string(0), t.snapshotId(1)),
      (u, out) -> named(out, u.branch(), u.snapshot())),
  COMMIT_AMENDED(
      CommitAmended.class,
      t -> new CommitAmended(t.string(0), t.snapshotId(1), t.snapshotId(2)),
      (u, out) -> named(out, u.branch(), u.previous(), u.snapshot())),
  NEW_DETACHED_SNAPSHOT(
      NewDetachedSnapshot.class,
      t -> new NewDetachedSnapshot(t.snapshotId(0)),
      (u, out) -> out.table(1).struct(0, u.snapshot().bytes()).end()),
  GARBAGE_COLLECTED(GarbageCollected.class, t -> new GarbageCollected(), (u, out) -> marker(out)),
  EXPIRED(Expired.class, t -> new Expired(), (u, out) -> marker(out)),
  FEATURE_FLAG_CHANGED(
      FeatureFlagChanged.class, UpdateKind::readFlagChange, UpdateKind::writeFlagChange),
  STATUS_CHANGED(
      StatusChanged.class,
      t -> new StatusChanged(RepoStatusTable.read(t.table(0))),
      (u, out) -> {
        int status = RepoStatusTable.write(out, u.status());
        return out.table(1).pointer(0, status).end();
      });

  private static final List<UpdateKind> CODES = List.of(values());
  private static final Map<Class<?>, UpdateKind> BY_TYPE =
      CODES.stream().collect(Collectors.toMap(kind -> kind.type, kind -> kind));

  private final Class<?> type;
  private final Function<FlatTable, ? extends UpdateType> read;
  private final ToIntBiFunction<UpdateType, FlatWriter> write;

  <T extends UpdateType> UpdateKind(
      Class<T> type, Function<FlatTable, T> read, ToIntBiFunction<T, FlatWriter> write) {
    this.type = type;
    this.read = read;
    this.write = (update, out) -> write.applyAsInt(type.cast(update), out);
  }

  static UpdateKind of(UpdateType update) {
    return BY_TYPE.get(update.getClass());
  }

  /** The kind that a union's type field says. */
  static UpdateKind of(int code, FlatBytes file) {
    if (code < 1 || code > CODES.size()) {
      throw file.corrupt("an update of type " + code + ", expected 1 to " + CODES.size());
    }
    return CODES.get(code - 1);
  }

  /** The union's type field. */
  int code() {
    return CODES.indexOf(this) + 1;
  }

  UpdateType read(FlatTable table) {
    return read.apply(table);
  }

  int write(FlatWriter out, UpdateType update) {
    return write.applyAsInt(update, out);
  }

  private static int marker(FlatWriter out) {
    return out.table(0).end();
  }

  private static int named(FlatWriter out, String name, SnapshotId... ids) {
    int text = out.string(name);
    FlatWriter.Table table = out.table(1 + ids.length).pointer(0, text);
    for (int i = 0; i < ids.length; i++) {
      table.struct(1 + i, ids[i].bytes());
    }
    return table.end();
  }

  private static FeatureFlagChanged readFlagChange(FlatTable table) {
    boolean value = table.uint8(1, 0) != 0;
    boolean set = table.uint8(2, 0) != 0;
    return new FeatureFlagChanged(table.uint16(0), set ? Optional.of(value) : Optional.empty());
  }

  private static int writeFlagChange(FeatureFlagChanged update, FlatWriter out) {
    return out.table(3)
        .uint16(0, update.id())
        .uint8(1, update.newValue().orElse(false) ? 1 : 0, 0)
        .uint8(2, update.newValue().isPresent() ? 1 : 0, 0)
        .end();
  }
}
