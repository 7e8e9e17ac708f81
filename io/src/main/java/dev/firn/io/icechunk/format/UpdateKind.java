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
import java.util.Optional;

/**
 * How the members of the union {@code UpdateType} are encoded; the order is the union's, whose
 * codes start at 1. Switches, not a function for each: every process that opens a repository loads
 * this, and linking some fifty functions takes longer than reading the repository.
 */
enum UpdateKind {
  REPO_INITIALIZED(RepoInitialized.class),
  REPO_MIGRATED(RepoMigrated.class),
  CONFIG_CHANGED(ConfigChanged.class),
  METADATA_CHANGED(MetadataChanged.class),
  TAG_CREATED(TagCreated.class),
  TAG_DELETED(TagDeleted.class),
  BRANCH_CREATED(BranchCreated.class),
  BRANCH_DELETED(BranchDeleted.class),
  BRANCH_RESET(BranchReset.class),
  NEW_COMMIT(NewCommit.class),
  COMMIT_AMENDED(CommitAmended.class),
  NEW_DETACHED_SNAPSHOT(NewDetachedSnapshot.class),
  GARBAGE_COLLECTED(GarbageCollected.class),
  EXPIRED(Expired.class),
  FEATURE_FLAG_CHANGED(FeatureFlagChanged.class),
  STATUS_CHANGED(StatusChanged.class);

  private static final List<UpdateKind> CODES = List.of(values());

  private final Class<? extends UpdateType> type;

  UpdateKind(Class<? extends UpdateType> type) {
    this.type = type;
  }

  static UpdateKind of(UpdateType update) {
    for (UpdateKind kind : CODES) {
      if (kind.type == update.getClass()) {
        return kind;
      }
    }
    throw new IllegalArgumentException(update.toString());
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
    return switch (this) {
      case REPO_INITIALIZED -> new RepoInitialized();
      case REPO_MIGRATED -> new RepoMigrated(table.uint8(0, 0), table.uint8(1, 0));
      case CONFIG_CHANGED -> new ConfigChanged();
      case METADATA_CHANGED -> new MetadataChanged();
      case TAG_CREATED -> new TagCreated(table.string(0));
      case TAG_DELETED -> new TagDeleted(table.string(0), table.snapshotId(1));
      case BRANCH_CREATED -> new BranchCreated(table.string(0));
      case BRANCH_DELETED -> new BranchDeleted(table.string(0), table.snapshotId(1));
      case BRANCH_RESET -> new BranchReset(table.string(0), table.snapshotId(1));
      case NEW_COMMIT -> new NewCommit(table.string(0), table.snapshotId(1));
      case COMMIT_AMENDED ->
          new CommitAmended(table.string(0), table.snapshotId(1), table.snapshotId(2));
      case NEW_DETACHED_SNAPSHOT -> new NewDetachedSnapshot(table.snapshotId(0));
      case GARBAGE_COLLECTED -> new GarbageCollected();
      case EXPIRED -> new Expired();
      case FEATURE_FLAG_CHANGED -> flagChange(table);
      case STATUS_CHANGED -> new StatusChanged(RepoStatusTable.read(table.table(0)));
    };
  }

  private static FeatureFlagChanged flagChange(FlatTable table) {
    boolean value = table.uint8(1, 0) != 0;
    boolean set = table.uint8(2, 0) != 0;
    return new FeatureFlagChanged(table.uint16(0), set ? Optional.of(value) : Optional.empty());
  }

  /** Writes an update of any kind. */
  static int write(FlatWriter out, UpdateType update) {
    if (update instanceof RepoMigrated u) {
      return out.table(2).uint8(0, u.fromVersion(), 0).uint8(1, u.toVersion(), 0).end();
    } else if (update instanceof TagCreated u) {
      return named(out, u.name());
    } else if (update instanceof TagDeleted u) {
      return named(out, u.name(), u.previous());
    } else if (update instanceof BranchCreated u) {
      return named(out, u.name());
    } else if (update instanceof BranchDeleted u) {
      return named(out, u.name(), u.previous());
    } else if (update instanceof BranchReset u) {
      return named(out, u.name(), u.previous());
    } else if (update instanceof NewCommit u) {
      return named(out, u.branch(), u.snapshot());
    } else if (update instanceof CommitAmended u) {
      return named(out, u.branch(), u.previous(), u.snapshot());
    } else if (update instanceof NewDetachedSnapshot u) {
      return out.table(1).struct(0, u.snapshot().bytes()).end();
    } else if (update instanceof FeatureFlagChanged u) {
      return flagChange(out, u);
    } else if (update instanceof StatusChanged u) {
      int status = RepoStatusTable.write(out, u.status());
      return out.table(1).pointer(0, status).end();
    }
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

  private static int flagChange(FlatWriter out, FeatureFlagChanged update) {
    return out.table(3)
        .uint16(0, update.id())
        .uint8(1, update.newValue().orElse(false) ? 1 : 0, 0)
        .uint8(2, update.newValue().isPresent() ? 1 : 0, 0)
        .end();
  }
}
