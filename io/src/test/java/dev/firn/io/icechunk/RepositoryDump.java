package dev.firn.io.icechunk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.format.SnapshotInfo;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/**
 * All that can be read of a repository: refs, history, and what each snapshot's keys have.
 *
 * @param repository the repository
 * @param known the snapshots to leave out
 */
record RepositoryDump(Repository repository, Set<String> known) {
  ObjectNode json() throws IOException {
    ObjectNode dump = JsonNodeFactory.instance.objectNode();
    dump.put("spec_version", repository.specVersion());
    ObjectNode snapshots = dump.putObject("snapshots");
    refs(repository.branches(), dump.putObject("branches"), snapshots);
    refs(repository.tags(), dump.putObject("tags"), snapshots);
    return dump;
  }

  private void refs(Map<String, SnapshotId> refs, ObjectNode names, ObjectNode snapshots)
      throws IOException {
    for (Map.Entry<String, SnapshotId> ref : refs.entrySet()) {
      var ancestry = names.putArray(ref.getKey());
      for (SnapshotInfo info : repository.ancestry(Version.snapshot(ref.getValue()))) {
        String id = info.id().text();
        ancestry.add(id);
        if (!snapshots.has(id) && !known.contains(id)) {
          snapshot(info, snapshots.putObject(id));
        }
      }
    }
  }

  private void snapshot(SnapshotInfo info, ObjectNode out) throws IOException {
    out.put("message", info.message()).put("written_at", info.flushedAt().toString());
    ObjectNode metadata = out.putObject("metadata");
    info.metadata().forEach(metadata::set);
    out.set("keys", keys(repository.readOnly(Version.snapshot(info.id()))));
  }

  /** The hash of what each key of a session has. */
  static ObjectNode keys(Session session) throws IOException {
    ObjectStore zarr = session.store();
    ObjectNode keys = JsonNodeFactory.instance.objectNode();
    for (ObjectStat stat : zarr.list(ObjectPath.ROOT)) {
      keys.put(stat.path().value(), content(zarr, stat.path()));
    }
    return keys;
  }

  /** The hash of what a key has, or why it cannot be read. */
  private static String content(ObjectStore zarr, ObjectPath path) throws IOException {
    try {
      byte[] bytes = zarr.get(path).orElseThrow().bytes();
      return HexFormat.of().formatHex(ChunkWriter.sha256().digest(bytes));
    } catch (IllegalStateException notAuthorised) {
      return "not authorised";
    }
  }
}
