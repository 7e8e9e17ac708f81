package dev.firn.io.icechunk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.ChunkRef;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.object.LocalObjectStore;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes repositories for comparison with the reference implementation: {@code write REPOSITORY},
 * {@code append REPOSITORY}.
 */
final class IcechunkInterop {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final NodePath SPLIT = new NodePath("/group/split");
  private static final String SPLITTING =
      "{\"splitting\":{\"split_sizes\":[[{\"name_matches\":{\"regex\":\"spl.t\"}},"
          + "[{\"condition\":{\"Axis\":0},\"num_chunks\":3}]]]}}";

  private IcechunkInterop() {}

  public static void main(String[] arguments) throws IOException {
    ObjectStore store = new LocalObjectStore(Path.of(arguments[1]));
    switch (arguments[0]) {
      case "write" -> write(store);
      case "append" -> append(store);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void write(ObjectStore store) throws IOException {
    Repository repository =
        Repository.create(
            store,
            RepositoryConfig.DEFAULT.with("manifest", JSON.readTree(SPLITTING)),
            TestRepositories.SETTINGS);
    Session first = repository.writable("main");
    first.setMetadata(NodePath.ROOT, TestRepositories.GROUP);
    first.setMetadata(new NodePath("/group"), TestRepositories.GROUP);
    first.setMetadata(SPLIT, TestRepositories.array(10, 4));
    for (int i = 0; i < 10; i++) {
      for (int j = 0; j < 4; j++) {
        first.putChunk(SPLIT, ChunkIndex.of(i, j), TestRepositories.bytes("" + (char) ('a' + i)));
      }
    }
    Map<String, JsonNode> properties =
        Map.of(
            "run", TextNode.valueOf("00Z"), "list", JSON.readTree("[1, 2.5, null, {\"a\": true}]"));
    SnapshotId tagged = first.commit(CommitRequest.of("first").withMetadata(properties));
    repository.createTag("v1", tagged);
    repository.createBranch("dev", tagged);
    Session second = repository.writable("main");
    second.setMetadata(new NodePath("/group/scalar"), TestRepositories.array());
    second.putChunk(new NodePath("/group/scalar"), ChunkIndex.of(), TestRepositories.bytes("s"));
    second.putChunk(SPLIT, ChunkIndex.of(9, 3), TestRepositories.bytes("Z"));
    second.deleteChunk(SPLIT, ChunkIndex.of(0, 0));
    second.commit(CommitRequest.of("second"));
    Session mover = repository.writable("dev");
    mover.move(new NodePath("/group"), new NodePath("/moved"));
    mover.commit(CommitRequest.of("moved"));
    planned(repository);
    Session amending = repository.writable("main");
    amending.putChunk(SPLIT, ChunkIndex.of(7, 0), TestRepositories.bytes("A"));
    amending.commit(CommitRequest.of("amended").amending());
    repository.createTag("gone", tagged);
    repository.deleteTag("gone");
  }

  /** A commit whose chunks and manifests others wrote. */
  private static void planned(Repository repository) throws IOException {
    Session session = repository.writable("main");
    ManifestPlan plan = session.manifestPlan(SPLIT);
    ChunkWriter writer = new ChunkWriter(repository.files(), "run-1");
    ChunkIndex index = ChunkIndex.of(5, 1);
    ChunkRef ref = writer.put(SPLIT, index, TestRepositories.bytes("P"));
    ManifestJob job = plan.jobs(List.of(plan.part(index))).get(plan.part(index));
    WrittenManifest written =
        job.write(
            repository.files(),
            List.of(ChunkChange.set(index, ref)),
            TestRepositories.SETTINGS.random());
    session.setManifests(SPLIT, List.of(written));
    session.commit(CommitRequest.of("planned"));
  }

  /** A commit on top of what is there: one chunk of every array set, the largest one. */
  private static void append(ObjectStore store) throws IOException {
    Repository repository = Repository.open(store, TestRepositories.SETTINGS).orElseThrow();
    Session session = repository.writable("main");
    session.putChunk(SPLIT, ChunkIndex.of(8, 2), TestRepositories.bytes("!"));
    session.commit(CommitRequest.of("appended"));
    SnapshotId tip = repository.lookup(Version.branch("main"));
    repository.resetBranch("dev", tip, Optional.empty());
    if (!new String(
            session.store().get(new ObjectPath("zarr.json")).orElseThrow().bytes(),
            StandardCharsets.UTF_8)
        .contains("group")) {
      throw new IllegalStateException("the root is no group");
    }
  }
}
