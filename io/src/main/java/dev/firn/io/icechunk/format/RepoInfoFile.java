package dev.firn.io.icechunk.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The table {@code Repo}: refs and parents are positions in its list of snapshots. */
final class RepoInfoFile {
  private static final int SPEC_VERSION = 0;
  static final int TAGS = 1;
  static final int BRANCHES = 2;
  static final int DELETED_TAGS = 3;
  static final int SNAPSHOTS = 4;
  private static final int STATUS = 5;
  private static final int METADATA = 6;
  private static final int LATEST_UPDATES = 7;
  private static final int BEFORE_UPDATES = 8;
  private static final int CONFIG = 9;
  private static final int ENABLED_FLAGS = 10;
  private static final int DISABLED_FLAGS = 11;
  private static final int EXTRA = 12;
  private static final int FIELDS = 13;
  private static final int MAX_VERSION = 2;

  private RepoInfoFile() {}

  static RepoInfo read(FlatTable repo) {
    int version = repo.uint8(SPEC_VERSION, 0);
    if (version > MAX_VERSION) {
      throw repo.bytes().corrupt("a repository of version " + version + ", expected 1 or 2");
    }
    List<SnapshotInfo> snapshots = SnapshotInfoTable.readAll(repo.pointers(SNAPSHOTS));
    SortedMap<SnapshotId, SnapshotInfo> byId = new TreeMap<>();
    for (SnapshotInfo snapshot : snapshots) {
      if (byId.put(snapshot.id(), snapshot) != null) {
        throw repo.bytes().corrupt("two snapshots " + snapshot.id());
      }
    }
    Refs refs =
        new Refs(
            refs(repo.pointers(BRANCHES), snapshots),
            refs(repo.pointers(TAGS), snapshots),
            new TreeSet<>(
                repo.pointers(DELETED_TAGS)
                    .elements(at -> repo.bytes().string(repo.bytes().follow(at)))));
    return new RepoInfo(
        version,
        refs,
        byId,
        RepoStatusTable.read(repo.table(STATUS)),
        MetadataItems.read(repo.optionalVector(METADATA, 4), MAX_VERSION),
        log(repo),
        repo.optionalByteVector(CONFIG).map(config -> FlexReader.read(config, repo.bytes())),
        new FeatureFlags(flags(repo, ENABLED_FLAGS), flags(repo, DISABLED_FLAGS)),
        repo.optionalByteVector(EXTRA));
  }

  private static SortedMap<String, SnapshotId> refs(
      FlatVector vector, List<SnapshotInfo> snapshots) {
    SortedMap<String, SnapshotId> refs = new TreeMap<>();
    for (FlatTable ref : vector.tables()) {
      String name = ref.string(0);
      long index = ref.uint32(1);
      if (index >= snapshots.size()) {
        throw vector
            .bytes()
            .corrupt("ref " + name + " to snapshot " + index + " of " + snapshots.size());
      }
      if (refs.put(name, snapshots.get((int) index).id()) != null) {
        throw vector.bytes().corrupt("two refs named " + name);
      }
    }
    return refs;
  }

  private static OperationsLog log(FlatTable repo) {
    List<Update> updates = new ArrayList<>();
    for (FlatTable update : repo.pointers(LATEST_UPDATES).tables()) {
      updates.add(
          new Update(
              UpdateKind.of(update.uint8(0, 0), repo.bytes()).read(update.table(1)),
              Timestamps.instant(update.uint63(2)),
              update.optionalString(3)));
    }
    return new OperationsLog(updates, repo.optionalString(BEFORE_UPDATES));
  }

  private static SortedSet<Integer> flags(FlatTable repo, int field) {
    return new TreeSet<>(repo.optionalVector(field, 2).elements(repo.bytes()::uint16));
  }

  static FlatWriter write(RepoInfo repo) {
    FlatWriter out = new FlatWriter();
    Map<SnapshotId, Integer> indexes = new HashMap<>();
    for (SnapshotId id : repo.snapshots().keySet()) {
      indexes.put(id, indexes.size());
    }
    int snapshots = SnapshotInfoTable.writeAll(out, repo.snapshots().values(), indexes);
    int tags = refs(out, repo.refs().tags(), indexes);
    int branches = refs(out, repo.refs().branches(), indexes);
    int deletedTags = names(out, repo.refs().deletedTags());
    int status = RepoStatusTable.write(out, repo.status());
    int metadata = MetadataItems.write(out, repo.metadata());
    int updates = updates(out, repo.log().updates());
    int before = out.optionalString(repo.log().before());
    int config = repo.config().isEmpty() ? 0 : out.bytes(FlexWriter.write(repo.config().get()));
    int enabled = flags(out, repo.flags().enabled());
    int disabled = flags(out, repo.flags().disabled());
    int extra = out.optionalBytes(repo.extra());
    return out.finish(
        out.table(FIELDS)
            .pointer(TAGS, tags)
            .pointer(BRANCHES, branches)
            .pointer(DELETED_TAGS, deletedTags)
            .pointer(SNAPSHOTS, snapshots)
            .pointer(STATUS, status)
            .pointer(METADATA, metadata)
            .pointer(LATEST_UPDATES, updates)
            .pointer(BEFORE_UPDATES, before)
            .pointer(CONFIG, config)
            .pointer(ENABLED_FLAGS, enabled)
            .pointer(DISABLED_FLAGS, disabled)
            .pointer(EXTRA, extra)
            .uint8(SPEC_VERSION, repo.specVersion(), 0)
            .end());
  }

  private static int refs(
      FlatWriter out, SortedMap<String, SnapshotId> refs, Map<SnapshotId, Integer> indexes) {
    Positions tables = new Positions();
    for (Map.Entry<String, SnapshotId> ref : refs.entrySet()) {
      int name = out.string(ref.getKey());
      tables.add(out.table(2).pointer(0, name).int32(1, indexes.get(ref.getValue())).end());
    }
    return out.pointers(tables);
  }

  private static int names(FlatWriter out, SortedSet<String> names) {
    Positions texts = new Positions();
    for (String name : names) {
      texts.add(out.string(name));
    }
    return out.pointers(texts);
  }

  private static int updates(FlatWriter out, List<Update> updates) {
    Positions tables = new Positions();
    for (Update update : updates) {
      int type = UpdateKind.write(out, update.type());
      int backup = out.optionalString(update.backupPath());
      tables.add(
          out.table(4)
              .int64(2, Timestamps.micros(update.at()))
              .pointer(1, type)
              .pointer(3, backup)
              .uint8(0, UpdateKind.of(update.type()).code(), 0)
              .end());
    }
    return out.pointers(tables);
  }

  private static int flags(FlatWriter out, SortedSet<Integer> flags) {
    return flags.isEmpty() ? 0 : out.uint16s(new ArrayList<>(flags));
  }
}
