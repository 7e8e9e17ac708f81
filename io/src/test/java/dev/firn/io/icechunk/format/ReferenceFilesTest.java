package dev.firn.io.icechunk.format;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.io.icechunk.format.ChunkRef.InlineChunk;
import dev.firn.io.icechunk.format.ChunkRef.NativeChunk;
import dev.firn.io.icechunk.format.ChunkRef.VirtualChunk;
import dev.firn.io.icechunk.format.Node.ArrayNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Files of the reference implementation hold what it says they do. */
class ReferenceFilesTest {
  private static final JsonNode EXPECTED = ReferenceFiles.expected();
  private static final ObjectMapper JSON = new ObjectMapper();

  private static RepoInfo repo() {
    Path file = ReferenceFiles.folder().resolve("repo");
    return RepoInfo.parse(ReferenceFiles.bytes(file), ReferenceFiles.origin(file));
  }

  @Test
  void theRepoInfoHasItsRefsAndMetadata() {
    RepoInfo repo = repo();
    JsonNode expected = EXPECTED.get("repo");

    assertThat(texts(repo.refs().branches()), equalTo(expected.get("branches")));
    assertThat(texts(repo.refs().tags()), equalTo(expected.get("tags")));
    assertThat(JSON.valueToTree(repo.refs().deletedTags()), equalTo(expected.get("deleted_tags")));
    assertThat(JSON.valueToTree(repo.metadata()), equalTo(expected.get("metadata")));
    assertThat(repo.status().availability(), is(RepoStatus.Availability.ONLINE));
    assertThat(repo.flags().disabled().isEmpty(), is(false));
  }

  @Test
  void theConfigurationIsThatOfTheReferenceImplementation() {
    JsonNode config = repo().config().orElseThrow();

    assertThat(config.get("inline_chunk_threshold_bytes").intValue(), is(12));
    assertThat(config.get("max_concurrent_requests").isNull(), is(true));
    assertThat(
        config.at("/manifest/virtual_chunk_location_compression/min_num_chunks").intValue(),
        is(20));
    assertThat(
        config.at("/manifest/splitting/split_sizes/0/0/name_matches/regex").textValue(),
        is("split.*"));
    assertThat(config.at("/manifest/splitting/split_sizes/0/1/0/condition/Axis").intValue(), is(0));
  }

  @Test
  void theRepoInfoHasItsSnapshots() {
    RepoInfo repo = repo();
    JsonNode expected = EXPECTED.at("/repo/snapshots");

    assertThat(repo.snapshots().size(), is(expected.size()));
    for (JsonNode each : expected) {
      SnapshotInfo found = repo.snapshots().get(SnapshotId.parse(each.get("id").textValue()));
      assertThat(found.message(), is(each.get("message").textValue()));
      assertThat(found.flushedAt().toString(), is(each.get("flushed_at").textValue()));
      assertThat(
          found.parent().map(SnapshotId::text),
          is(Optional.ofNullable(each.get("parent_id")).map(JsonNode::textValue)));
      assertThat(JSON.valueToTree(found.metadata()), equalTo(each.get("metadata")));
    }
  }

  @Test
  void theOperationsLogHasAllKindsOfUpdates() {
    List<Update> updates = repo().log().updates();
    JsonNode expected = EXPECTED.at("/repo/latest_updates");

    assertThat(updates.size(), is(expected.size()));
    for (int i = 0; i < updates.size(); i++) {
      Update update = updates.get(i);
      assertThat(update.at().toString(), is(expected.get(i).get("updated_at").textValue()));
      assertThat(
          update.backupPath(),
          is(Optional.ofNullable(expected.get(i).get("backup_path")).map(JsonNode::textValue)));
      String type = expected.at("/" + i + "/update_type/type").textValue();
      assertThat(UPDATE_NAMES.get(update.type().getClass().getSimpleName()), is(type));
      JsonNode previous = expected.at("/" + i + "/update_type/previous_snap_id");
      if (update.type() instanceof UpdateType.BranchReset reset) {
        assertThat(reset.previous().text(), is(previous.textValue()));
      }
    }
  }

  private static final Map<String, String> UPDATE_NAMES =
      Map.ofEntries(
          Map.entry("RepoInitialized", "RepoInitializedUpdate"),
          Map.entry("NewCommit", "NewCommitUpdate"),
          Map.entry("CommitAmended", "CommitAmendedUpdate"),
          Map.entry("BranchCreated", "BranchCreatedUpdate"),
          Map.entry("BranchReset", "BranchResetUpdate"),
          Map.entry("BranchDeleted", "BranchDeletedUpdate"),
          Map.entry("TagCreated", "TagCreatedUpdate"),
          Map.entry("TagDeleted", "TagDeletedUpdate"),
          Map.entry("MetadataChanged", "MetadataChangedUpdate"),
          Map.entry("ConfigChanged", "ConfigChangedUpdate"),
          Map.entry("FeatureFlagChanged", "FeatureFlagChanged"),
          Map.entry("StatusChanged", "RepoStatusChangedUpdate"),
          Map.entry("GarbageCollected", "GCRanUpdate"),
          Map.entry("Expired", "ExpirationRanUpdate"));

  @Test
  void snapshotsHaveTheirNodes() {
    for (Path file : ReferenceFiles.in("snapshots")) {
      JsonNode expected = EXPECTED.get("snapshots").get(file.getFileName().toString());
      if (expected != null) {
        Snapshot snapshot = Snapshot.parse(ReferenceFiles.bytes(file), ReferenceFiles.origin(file));

        List<String> paths = new ArrayList<>();
        expected.get("nodes").forEach(node -> paths.add(node.get("path").textValue()));
        assertThat(snapshot.nodes().stream().map(n -> n.path().value()).toList(), is(paths));
        assertThat(snapshot.message(), is(expected.get("commit_message").textValue()));
        assertThat(JSON.valueToTree(snapshot.metadata()), equalTo(expected.get("metadata")));
      }
    }
  }

  @Test
  void anArrayHasItsShapeAndNames() {
    Path file =
        ReferenceFiles.folder().resolve("snapshots/" + repo().refs().branches().get("main"));

    Snapshot snapshot = Snapshot.parse(ReferenceFiles.bytes(file), ReferenceFiles.origin(file));

    ArrayNode split = (ArrayNode) snapshot.node(new NodePath("/split")).orElseThrow();
    assertThat(
        split.dimensions(),
        is(List.of(new Dimension(5, 5, Optional.of("y")), new Dimension(8, 4, Optional.of("x")))));
    assertThat(
        split.manifests().stream().filter(m -> m.covers(ChunkIndex.of(4, 3))).count(), is(1L));
    assertThat(snapshot.node(new NodePath("/plain")), is(Optional.empty()));
  }

  @Test
  void manifestsHaveTheirKindsOfReferences() {
    for (Path file : ReferenceFiles.in("manifests")) {
      JsonNode expected = EXPECTED.get("manifests").get(file.getFileName().toString());
      if (expected != null) {
        Manifest manifest = Manifest.parse(ReferenceFiles.bytes(file), ReferenceFiles.origin(file));
        for (JsonNode array : expected.get("arrays")) {
          List<IndexedChunkRef> refs =
              manifest.refs(NodeId.parse(array.get("node_id").textValue()));
          assertThat(refs.size(), is(array.get("num_chunk_refs").intValue()));
          assertThat(count(refs, InlineChunk.class), is(array.get("num_inline").longValue()));
          assertThat(count(refs, NativeChunk.class), is(array.get("num_native").longValue()));
          assertThat(count(refs, VirtualChunk.class), is(array.get("num_virtual").longValue()));
        }
      }
    }
  }

  private static long count(List<IndexedChunkRef> refs, Class<? extends ChunkRef> type) {
    return refs.stream().filter(entry -> type.isInstance(entry.ref())).count();
  }

  @Test
  void compressedLocationsAreThoseThatWereSet() {
    int found = 0;
    for (Path file : ReferenceFiles.in("manifests")) {
      Manifest manifest = Manifest.parse(ReferenceFiles.bytes(file), ReferenceFiles.origin(file));
      NodeId node = manifest.nodes().get(0);
      if (manifest.count() == 40) {
        for (int i = 0; i < 40; i++) {
          String location =
              "s3://somewhere/archive/model/2026/%02d/file-%04d.nc".formatted(i % 12, i);
          assertThat(
              manifest.find(node, ChunkIndex.of(i, 0)),
              is(Optional.of(new VirtualChunk(location, 100L * i, 8, Optional.empty()))));
          found++;
        }
      }
    }
    assertThat(found, is(40));
  }

  @Test
  void transactionLogsHaveTheirChanges() {
    Iterator<Map.Entry<String, JsonNode>> logs = EXPECTED.get("transactions").fields();
    while (logs.hasNext()) {
      Map.Entry<String, JsonNode> each = logs.next();
      Path file = ReferenceFiles.folder().resolve("transactions/" + each.getKey());
      JsonNode expected = each.getValue();

      TransactionLog log =
          TransactionLog.parse(ReferenceFiles.bytes(file), ReferenceFiles.origin(file));

      assertThat(texts(log.nodes().newGroups()), equalTo(expected.get("new_groups")));
      assertThat(texts(log.nodes().newArrays()), equalTo(expected.get("new_arrays")));
      assertThat(texts(log.nodes().deletedArrays()), equalTo(expected.get("deleted_arrays")));
      assertThat(texts(log.nodes().updatedGroups()), equalTo(expected.get("updated_groups")));
      assertThat(
          texts(log.arraysWithUpdatedChunks()).size(), is(expected.get("updated_chunks").size()));
      for (JsonNode array : expected.get("updated_chunks")) {
        NodeId id = NodeId.parse(array.get("node_id").textValue());
        List<String> chunks = new ArrayList<>();
        array
            .get("chunks")
            .forEach(c -> chunks.add(c.toString().replaceAll("[\\[\\]]", "").replace(',', '/')));
        assertThat(log.updatedChunks(id).stream().map(ChunkIndex::toString).toList(), is(chunks));
      }
      List<String> moves = new ArrayList<>();
      expected
          .get("moved_nodes")
          .forEach(m -> moves.add(m.get("from").textValue() + m.get("to").textValue()));
      assertThat(
          log.moves().stream().map(m -> m.from().value() + m.to().value()).toList(), is(moves));
    }
  }

  private static JsonNode texts(Iterable<? extends ObjectId> ids) {
    List<String> texts = new ArrayList<>();
    ids.forEach(id -> texts.add(id.text()));
    return JSON.valueToTree(texts);
  }

  private static JsonNode texts(SortedMap<String, SnapshotId> refs) {
    Map<String, String> texts = new TreeMap<>();
    refs.forEach((name, id) -> texts.put(name, id.text()));
    return JSON.valueToTree(texts);
  }
}
