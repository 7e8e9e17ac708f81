package dev.firn.io.icechunk;

import static dev.firn.io.icechunk.TestRepositories.ARRAY;
import static dev.firn.io.icechunk.TestRepositories.put;
import static dev.firn.io.icechunk.TestRepositories.withArray;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.io.icechunk.format.ChunkId;
import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.ChunkRange;
import dev.firn.io.icechunk.format.ChunkRef.NativeChunk;
import dev.firn.io.icechunk.format.ChunkRef.VirtualChunk;
import dev.firn.io.icechunk.format.ManifestInfo;
import dev.firn.io.icechunk.format.ManifestRef;
import dev.firn.io.icechunk.format.Node;
import dev.firn.io.icechunk.format.Node.ArrayNode;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.icechunk.format.Snapshot;
import dev.firn.io.icechunk.format.SnapshotId;
import dev.firn.io.icechunk.maintenance.Finding;
import dev.firn.io.icechunk.maintenance.Progress;
import dev.firn.io.icechunk.maintenance.Verification;
import dev.firn.io.icechunk.maintenance.Verified;
import dev.firn.io.icechunk.maintenance.Workers;
import dev.firn.io.object.MemoryObjectStore;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every kind of damage is found, with what refers to the damaged object. */
class VerificationTest {
  private final ObjectStore store = new MemoryObjectStore();
  private Repository repository;
  private SnapshotId first;
  private SnapshotId tip;

  @BeforeEach
  void twoCommits() throws IOException {
    repository = withArray(store, 4);
    Session session = repository.writable("main");
    put(session, "x".repeat(2000), 1);
    put(session, "inline", 2);
    first = session.commit(CommitRequest.of("first"));
    Session second = repository.writable("main");
    put(second, "y".repeat(2000), 1);
    tip = second.commit(CommitRequest.of("second"));
  }

  private Verified verify() throws IOException {
    return new Verification(store, Workers.ONE, Progress.NONE).run();
  }

  private Finding only() throws IOException {
    List<Finding> findings = verify().findings();
    assertThat(findings.toString(), findings, hasSize(1));
    return findings.get(0);
  }

  private static ObjectPath path(ObjectPath folder, SnapshotId id) {
    return RepositoryFiles.path(folder, id);
  }

  private ArrayNode array(SnapshotId id) throws IOException {
    return (ArrayNode) repository.files().snapshot(id).node(ARRAY).orElseThrow();
  }

  private ObjectPath manifest(SnapshotId id) throws IOException {
    return RepositoryFiles.path(RepositoryFiles.MANIFESTS, array(id).manifests().get(0).id());
  }

  private ObjectPath chunk(SnapshotId id) throws IOException {
    ChunkId chunk =
        ((NativeChunk)
                repository
                    .readOnly(Version.snapshot(id))
                    .chunkRef(ARRAY, ChunkIndex.of(1))
                    .orElseThrow())
            .id();
    return RepositoryFiles.chunk(chunk);
  }

  /** Cuts an object to a length. */
  private void cut(ObjectPath path, int length) throws IOException {
    store.put(path, Arrays.copyOf(store.get(path).orElseThrow().bytes(), length));
  }

  /** Replaces the tip's array, as its snapshot file has it. */
  private void rewriteTip(UnaryOperator<ArrayNode> change, List<Node> more) throws IOException {
    Snapshot snapshot = repository.files().snapshot(tip);
    List<Node> nodes = new ArrayList<>(more);
    for (Node node : snapshot.nodes()) {
      nodes.add(node instanceof ArrayNode array ? change.apply(array) : node);
    }
    rewrite(snapshot, nodes, snapshot.manifests());
  }

  private void rewrite(Snapshot snapshot, List<Node> nodes, List<ManifestInfo> manifests)
      throws IOException {
    Snapshot changed =
        new Snapshot(
            snapshot.id(),
            snapshot.parent(),
            nodes,
            snapshot.flushedAt(),
            snapshot.message(),
            snapshot.metadata(),
            manifests);
    store.put(path(RepositoryFiles.SNAPSHOTS, snapshot.id()), changed.toBytes());
  }

  @Test
  void wholeRepositoryHasNoFindings() throws IOException {
    Verified verified = verify();

    assertThat(verified.findings(), is(empty()));
    assertThat(verified.snapshots(), is(4L));
    assertThat(verified.transactionLogs(), is(3L));
    assertThat(verified.manifests(), is(2L));
    assertThat(verified.refs().nativeChunks(), is(2L));
    assertThat(verified.refs().inlineChunks(), is(2L));
    assertThat(verified.refs().bytes(), is(2L * (2000 + "inline".length())));
  }

  @Test
  void missingSnapshotAndLogAreFoundAndTheOthersStillChecked() throws IOException {
    store.delete(path(RepositoryFiles.SNAPSHOTS, first));
    store.delete(path(RepositoryFiles.TRANSACTIONS, tip));

    Verified verified = verify();

    assertThat(
        verified.findings().stream().map(Finding::object).toList(),
        equalTo(
            List.of(
                path(RepositoryFiles.SNAPSHOTS, first).value(),
                path(RepositoryFiles.TRANSACTIONS, tip).value())));
    assertThat(verified.findings().get(0).kind(), is(Finding.Kind.MISSING));
    assertThat(verified.findings().get(0).referrer(), equalTo("repo"));
    assertThat(verified.findings().get(1).referrer(), equalTo("snapshot " + tip));
    assertThat(verified.snapshots(), is(3L));
  }

  @Test
  void damagedFilesAreFoundWithWhatIsWrong() throws IOException {
    cut(path(RepositoryFiles.SNAPSHOTS, first), 100);
    cut(path(RepositoryFiles.TRANSACTIONS, first), 20);
    cut(manifest(tip), 60);

    List<Finding> findings = verify().findings();

    assertThat(findings.toString(), findings, hasSize(3));
    assertThat(findings.get(0).object(), equalTo(manifest(tip).value()));
    assertThat(findings.get(0).detail(), equalTo("zstd: Truncated source"));
    assertThat(findings.get(0).referrer(), equalTo("snapshot " + tip + ", array " + ARRAY));
    assertThat(findings.get(1).detail(), containsString("zstd: "));
    assertThat(findings.get(2).detail(), containsString("20 bytes, expected a header of 39"));
  }

  @Test
  void missingAndShortChunksAreFound() throws IOException {
    ObjectPath missing = chunk(first);
    ObjectPath cut = chunk(tip);
    store.delete(missing);
    cut(cut, 1999);

    List<Finding> findings = verify().findings();

    assertThat(findings, hasSize(2));
    Finding gone =
        findings.stream().filter(f -> f.object().equals(missing.value())).findFirst().get();
    Finding small = findings.stream().filter(f -> f.object().equals(cut.value())).findFirst().get();
    assertThat(gone.detail(), equalTo("there is no such object"));
    assertThat(
        gone.referrer(), equalTo("manifest " + manifest(first).name() + ", array /a, chunk 1"));
    assertThat(small.detail(), equalTo("it has 1999 bytes, expected at least 2000"));
  }

  @Test
  void missingManifestIsFound() throws IOException {
    store.delete(manifest(first));

    assertThat(only().object(), equalTo(manifest(first).value()));
  }

  @Test
  void fileOfAnotherNameIsFound() throws IOException {
    ObjectPath log = path(RepositoryFiles.TRANSACTIONS, tip);
    store.put(log, store.get(path(RepositoryFiles.TRANSACTIONS, first)).orElseThrow().bytes());

    assertThat(only().detail(), equalTo("it is that of " + first + ", expected " + tip));
  }

  @Test
  void chunkOutsideOfItsExtentsIsFound() throws IOException {
    rewriteTip(
        array ->
            array.withManifests(
                List.of(
                    new ManifestRef(array.manifests().get(0).id(), List.of(new ChunkRange(0, 2))))),
        List.of());

    assertThat(
        only().detail(),
        containsString("it has chunk 2, outside of the extents [ChunkRange[from=0, to=2]]"));
  }

  @Test
  void manifestsOfTheSameChunksAreFound() throws IOException {
    ManifestRef other = array(first).manifests().get(0);
    rewriteTip(array -> array.withManifests(List.of(array.manifests().get(0), other)), List.of());

    List<Finding> findings = verify().findings();

    assertThat(findings.toString(), findings, hasSize(2));
    assertThat(findings.get(0).detail(), containsString("uses manifest " + other.id() + ", which"));
    assertThat(findings.get(1).detail(), containsString("of array /a, manifests"));
  }

  @Test
  void twoNodesWithOneIdAreFound() throws IOException {
    ArrayNode array = array(tip);
    rewriteTip(UnaryOperator.identity(), List.of(array.withPath(new NodePath("/b"))));

    assertThat(only().detail(), equalTo("nodes /a and /b are both " + array.id()));
  }

  @Test
  void wrongManifestInfoIsFound() throws IOException {
    Snapshot snapshot = repository.files().snapshot(tip);
    ManifestInfo info = snapshot.manifests().get(0);
    ManifestInfo wrong = new ManifestInfo(info.id(), info.sizeBytes(), info.chunkRefs() + 1);
    rewrite(snapshot, snapshot.nodes(), List.of(wrong));

    assertThat(only().detail(), containsString("2 references, expected"));
    assertThat(only().referrer(), equalTo("snapshot " + tip));
  }

  @Test
  void virtualObjectsAreLookedUpWhereTheyMayBeRead() throws IOException {
    ObjectStore outside = new MemoryObjectStore();
    outside.put(new ObjectPath("whole"), new byte[10]);
    outside.put(new ObjectPath("short"), new byte[4]);
    repository.setConfig(
        RepositoryConfig.DEFAULT.with(
            "virtual_chunk_containers",
            new ObjectMapper().readTree("{\"v\":{\"url_prefix\":\"s3://bucket/a\"}}")));
    Session session = repository.writable("main");
    List<String> names = List.of("whole", "short", "missing");
    for (int i = 0; i < names.size(); i++) {
      VirtualChunk chunk =
          new VirtualChunk("s3://bucket/a/" + names.get(i), 2, 3, Optional.empty());
      session.setRef(ARRAY, ChunkIndex.of(i), chunk);
    }
    session.commit(CommitRequest.of("virtual"));

    VirtualStores stores = VirtualStores.of(Map.of("s3://bucket/a/", outside));
    Verified verified = new Verification(store, stores, Workers.ONE, Progress.NONE).run();

    assertThat(verify().findings(), is(empty()));
    assertThat(verify().refs().virtualChunks(), is(3L));
    assertThat(verified.virtualObjects(), is(3L));
    assertThat(
        verified.findings().stream().map(Finding::object).toList(),
        equalTo(List.of("s3://bucket/a/missing", "s3://bucket/a/short")));
    assertThat(verified.findings().get(0).referrer(), containsString("array /a, chunk 2"));
  }

  @Test
  void damagedRepoInfoIsTheOnlyFinding() throws IOException {
    cut(RepositoryFiles.REPO, 50);

    assertThat(only().object(), equalTo(RepositoryFiles.REPO.value()));
  }
}
