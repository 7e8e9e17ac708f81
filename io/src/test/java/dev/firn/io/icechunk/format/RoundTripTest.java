package dev.firn.io.icechunk.format;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.io.Origin;
import dev.firn.io.icechunk.format.Checksum.ETagChecksum;
import dev.firn.io.icechunk.format.Checksum.LastModified;
import dev.firn.io.icechunk.format.ChunkRef.InlineChunk;
import dev.firn.io.icechunk.format.ChunkRef.NativeChunk;
import dev.firn.io.icechunk.format.ChunkRef.VirtualChunk;
import dev.firn.io.icechunk.format.Node.ArrayNode;
import dev.firn.io.icechunk.format.Node.GroupNode;
import dev.firn.io.icechunk.format.RepoStatus.Availability;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is written is read back. */
class RoundTripTest {
  private static final Origin ORIGIN = Origin.of("object");
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901Z");
  private static final SnapshotId CHILD = new SnapshotId(1, -2);
  private static final NodeId NODE = new NodeId(-3);

  private static RepoInfo repo(List<Update> updates) {
    SnapshotInfo initial =
        new SnapshotInfo(
            SnapshotId.INITIAL, Optional.empty(), TIME, "first", new TreeMap<>(), List.of());
    SnapshotInfo child =
        new SnapshotInfo(
            CHILD,
            Optional.of(SnapshotId.INITIAL),
            TIME.plusNanos(1000),
            "",
            new TreeMap<>(Map.of("k", IntNode.valueOf(1))),
            List.of(new SnapshotId(5, 5), new SnapshotId(4, 4)));
    return new RepoInfo(
        2,
        new Refs(
            new TreeMap<>(Map.of("main", CHILD, "\uFF5E", CHILD, "\uD83E\uDDCA", CHILD)),
            new TreeMap<>(Map.of("v1", SnapshotId.INITIAL)),
            new TreeSet<>(List.of("v0"))),
        new TreeMap<>(Map.of(SnapshotId.INITIAL, initial, CHILD, child)),
        new RepoStatus(Availability.READ_ONLY, TIME, Optional.of("moving")),
        new TreeMap<>(Map.of("list", JsonNodeFactory.instance.arrayNode().add(1).add(0.5))),
        new OperationsLog(updates, Optional.of("repo.1.X")),
        Optional.of(JsonNodeFactory.instance.objectNode().put("inline", 512)),
        new FeatureFlags(new TreeSet<>(List.of(1, 65535)), new TreeSet<>(List.of(2))),
        Optional.of(Bytes.utf8("later")));
  }

  @Test
  void aRepoInfoWithEveryKindOfUpdate() {
    RepoStatus offline = new RepoStatus(Availability.OFFLINE, TIME, Optional.empty());
    List<UpdateType> types =
        List.of(
            new UpdateType.RepoInitialized(),
            new UpdateType.RepoMigrated(1, 2),
            new UpdateType.ConfigChanged(),
            new UpdateType.MetadataChanged(),
            new UpdateType.TagCreated("t"),
            new UpdateType.TagDeleted("t", CHILD),
            new UpdateType.BranchCreated("b"),
            new UpdateType.BranchDeleted("b", CHILD),
            new UpdateType.BranchReset("b", CHILD),
            new UpdateType.NewCommit("b", CHILD),
            new UpdateType.CommitAmended("b", CHILD, SnapshotId.INITIAL),
            new UpdateType.NewDetachedSnapshot(CHILD),
            new UpdateType.GarbageCollected(),
            new UpdateType.Expired(),
            new UpdateType.FeatureFlagChanged(7, Optional.of(true)),
            new UpdateType.FeatureFlagChanged(7, Optional.of(false)),
            new UpdateType.FeatureFlagChanged(7, Optional.empty()),
            new UpdateType.StatusChanged(offline));
    List<Update> updates = new ArrayList<>();
    types.forEach(type -> updates.add(new Update(type, TIME, Optional.of("repo.2.Y"))));
    RepoInfo repo = repo(updates);

    byte[] file = repo.toBytes();

    assertThat(RepoInfo.parse(file, ORIGIN), equalTo(repo));
    assertThat(repo.toBytes(), equalTo(file));
  }

  @Test
  void aRefToAnUnknownSnapshotCannotBeBuilt() {
    RepoInfo repo = repo(List.of(new Update(new UpdateType.Expired(), TIME, Optional.empty())));
    Refs refs =
        new Refs(
            new TreeMap<>(Map.of("main", new SnapshotId(9, 9))), new TreeMap<>(), new TreeSet<>());

    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> repo.withRefs(refs));

    assertThat(
        refused.getMessage(), is("Snapshot " + new SnapshotId(9, 9) + " is not in the repository"));
  }

  @Test
  void aSnapshotWithGroupsArraysAndAScalar() {
    ManifestRef manifest =
        new ManifestRef(new ManifestId(1, 1), List.of(new ChunkRange(0, 4_294_967_295L)));
    Node array =
        new ArrayNode(
            NODE,
            new NodePath("/a/b"),
            Bytes.utf8("{}"),
            List.of(new Dimension(1L << 40, 4_294_967_295L, Optional.of("time"))),
            List.of(manifest),
            Optional.of(Bytes.utf8("extra")));
    Node scalar =
        new ArrayNode(new NodeId(2), new NodePath("/a-b"), Bytes.EMPTY, List.of(), List.of());
    Node group = new GroupNode(new NodeId(3), NodePath.ROOT, Bytes.utf8("{\"k\":1}"));
    Snapshot snapshot =
        new Snapshot(
            CHILD,
            Optional.empty(),
            List.of(array, scalar, group),
            TIME,
            "a message",
            new TreeMap<>(Map.of("b", IntNode.valueOf(1), "a", IntNode.valueOf(2))),
            List.of(
                new ManifestInfo(new ManifestId(-1, 0), 1L << 40, 4_294_967_295L),
                new ManifestInfo(new ManifestId(1, 1), 0, 0)));

    Snapshot read = Snapshot.parse(snapshot.toBytes(), ORIGIN);

    assertThat(read, equalTo(snapshot));
    assertThat(read.nodes(), is(List.of(group, scalar, array)));
    assertThat(read.node(new NodePath("/a/b")), is(Optional.of(array)));
  }

  @Test
  void aManifestWithAllKindsOfReferences() {
    List<ChunkRef> refs =
        List.of(
            new InlineChunk(Bytes.EMPTY),
            new InlineChunk(Bytes.utf8("content")),
            new NativeChunk(new ChunkId(1, 2), 0, 5),
            new NativeChunk(new ChunkId(1, 2), 1L << 40, 1L << 41),
            new VirtualChunk("s3://a/b", 0, 1, Optional.of(new ETagChecksum("tag"))),
            new VirtualChunk("s3://a/b", 1, 1, Optional.of(new LastModified(4_294_967_295L))),
            new VirtualChunk("s3://a/" + "c".repeat(3000), 2, 0, Optional.empty()));
    for (int least : new int[] {0, 1, 2, 100}) {
      LocationCompression early = new LocationCompression(least, 100, 2048, 3);
      ManifestWriter writer = new ManifestWriter(new ManifestId(7, 7), Optional.of(early));
      for (int i = 0; i < 300; i++) {
        writer.add(
            NODE, ChunkIndex.of(i / 10, 4_294_967_295L - 10 + i % 10), refs.get(i % refs.size()));
      }
      writer.add(new NodeId(-1), ChunkIndex.of(), refs.get(2));

      Manifest manifest = Manifest.parse(writer.finish(3), ORIGIN);

      assertThat(manifest.id(), is(new ManifestId(7, 7)));
      assertThat(manifest.count(), is(301L));
      assertThat(manifest.nodes(), is(List.of(NODE, new NodeId(-1))));
      for (int i = 0; i < 300; i++) {
        ChunkIndex index = ChunkIndex.of(i / 10, 4_294_967_295L - 10 + i % 10);
        assertThat(manifest.find(NODE, index), is(Optional.of(refs.get(i % refs.size()))));
        assertThat(manifest.indexes(NODE).get(i), is(index));
      }
      assertThat(manifest.find(new NodeId(-1), ChunkIndex.of()), is(Optional.of(refs.get(2))));
      assertThat(manifest.find(NODE, ChunkIndex.of(0, 0)), is(Optional.empty()));
      assertThat(manifest.find(new NodeId(5), ChunkIndex.of(0, 0)), is(Optional.empty()));
    }
  }

  @Test
  void compressedLocationsTakeLessRoom() {
    Random random = new Random(3);
    long[] sizes = new long[2];
    for (int compressed = 0; compressed < 2; compressed++) {
      ManifestWriter writer =
          new ManifestWriter(
              ManifestId.random(random),
              Optional.of(LocationCompression.DEFAULT).filter(c -> sizes[0] > 0));
      for (int i = 0; i < 5000; i++) {
        String location = "s3://a-bucket/some/long/prefix/2026/01/%08d.nc".formatted(i);
        writer.add(NODE, ChunkIndex.of(i), new VirtualChunk(location, 0, 9, Optional.empty()));
      }
      sizes[compressed] = Manifest.parse(writer.finish(3), ORIGIN).sizeBytes();
    }

    assertThat(sizes[1], lessThan(sizes[0] * 3 / 4));
  }

  @Test
  void referencesOutOfOrderAreRefused() {
    ManifestWriter writer = new ManifestWriter(new ManifestId(7, 7), Optional.empty());
    ChunkRef ref = new NativeChunk(new ChunkId(1, 2), 0, 5);
    writer.add(NODE, ChunkIndex.of(1, 0), ref);

    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> writer.add(NODE, ChunkIndex.of(0, 9), ref));

    assertThat(refused.getMessage(), is("Chunk 0/9 of " + NODE + " added after 1/0 of " + NODE));
  }

  @Test
  void aTransactionLogWithMovesAndChunks() {
    NodeChanges nodes =
        new NodeChanges(
            new TreeSet<>(List.of(new NodeId(-1), new NodeId(1))),
            new TreeSet<>(List.of(new NodeId(2))),
            new TreeSet<>(List.of(new NodeId(3))),
            new TreeSet<>(List.of(new NodeId(4))),
            new TreeSet<>(List.of(new NodeId(5))),
            new TreeSet<>(List.of(new NodeId(6))));
    Move group =
        new Move(new NodePath("/a"), new NodePath("/b"), new NodeId(7), Move.NodeType.GROUP);
    Move array =
        new Move(new NodePath("/a/x"), new NodePath("/b/x"), new NodeId(8), Move.NodeType.ARRAY);
    TransactionLogWriter writer = new TransactionLogWriter(CHILD, nodes, List.of(array, group));
    for (int i = 0; i < 1000; i++) {
      writer.addUpdatedChunk(new NodeId(2), ChunkIndex.of(i, 3));
    }

    TransactionLog log = TransactionLog.parse(writer.finish(3), ORIGIN);

    assertThat(log.id(), is(CHILD));
    assertThat(log.nodes(), is(nodes));
    assertThat(log.moves(), is(List.of(group, array)));
    assertThat(log.arraysWithUpdatedChunks(), is(List.of(new NodeId(2))));
    assertThat(log.updatedChunks(new NodeId(2)).size(), is(1000));
    assertThat(log.updatedChunks(new NodeId(2)).get(999), is(ChunkIndex.of(999, 3)));
    assertThat(log.updatedChunks(new NodeId(9)), is(List.of()));
  }
}
