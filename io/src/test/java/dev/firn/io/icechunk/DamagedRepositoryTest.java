package dev.firn.io.icechunk;

import static dev.firn.io.icechunk.TestRepositories.ARRAY;
import static dev.firn.io.icechunk.TestRepositories.put;
import static dev.firn.io.icechunk.TestRepositories.withArray;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.IntNode;
import com.github.luben.zstd.ZstdInputStream;
import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.IcechunkException;
import dev.firn.io.object.MemoryObjectStore;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every object of a repository, damaged everywhere: who needs it learns which object it is and why
 * it cannot be read.
 */
class DamagedRepositoryTest {
  private static final int FLIPS = 40;
  private static final int NAME_START = 12;
  private static final int NAME_END = 36;
  private static final int HEADER = 39;
  private static final Map<String, String> KINDS =
      Map.of(
          "repo", "repo info",
          "snapshots", "snapshot",
          "manifests", "manifest",
          "transactions", "transaction log");

  private final ObjectStore store = new MemoryObjectStore();
  private Repository whole;

  @BeforeEach
  void repository() throws IOException {
    whole = withArray(store, 8);
    Session session = whole.writable("main");
    put(session, "zero", 0);
    put(session, "one", 1);
    session.commit(CommitRequest.of("chunks"));
  }

  /** Reads all that there is, so every object that is not a copy of an older one. */
  private void readAll() throws IOException {
    Repository repository = Repository.open(store).orElseThrow();
    var ancestry = repository.ancestry(Version.branch("main"));
    for (var snapshot : ancestry) {
      Session session = repository.readOnly(Version.snapshot(snapshot.id()));
      if (!snapshot.parent().isEmpty()) {
        session.forEachChunk(ARRAY, (index, ref) -> {});
        session.chunkRef(ARRAY, ChunkIndex.of(1));
      }
    }
    Version first = Version.snapshot(ancestry.get(ancestry.size() - 1).id());
    repository.diff(first, Version.branch("main"));
  }

  private List<ObjectStat> readObjects() throws IOException {
    return store.list(ObjectPath.ROOT).stream()
        .filter(object -> !object.path().value().startsWith("overwritten/"))
        .filter(object -> !object.path().value().startsWith("chunks/"))
        .filter(object -> !object.path().value().equals("transactions/1CECHNKREP0F1RSTCMT0"))
        .toList();
  }

  @Test
  void flippedBitsAreNamedByObjectAndReason() throws IOException {
    int objects = 0;
    for (ObjectStat object : readObjects()) {
      byte[] bytes = store.get(object.path()).orElseThrow().bytes();
      for (int i = 0; i < FLIPS; i++) {
        byte[] damaged = bytes.clone();
        int at = (int) ((long) i * bytes.length / FLIPS);
        damaged[at] ^= 0x10;
        if (matters(bytes, damaged, at)) {
          requireRefused(object, damaged, "bit flipped at " + at);
        }
      }
      store.put(object.path(), bytes);
      objects++;
    }
    assertThat(objects, greaterThan(6));
  }

  /** The writer's name may be any, and zstd has bits that change nothing. */
  private static boolean matters(byte[] bytes, byte[] damaged, int at) {
    boolean isName = at >= NAME_START && at < NAME_END;
    return !isName && (at < HEADER || !unpacked(damaged).equals(unpacked(bytes)));
  }

  /** What the zstd frame after the header holds; empty when it is broken. */
  private static Optional<ByteBuffer> unpacked(byte[] bytes) {
    var frame = new ByteArrayInputStream(bytes, HEADER, bytes.length - HEADER);
    try (InputStream in = new ZstdInputStream(frame)) {
      return Optional.of(ByteBuffer.wrap(in.readAllBytes()));
    } catch (IOException broken) {
      return Optional.empty();
    }
  }

  @Test
  void truncatedObjectsAreNamedByObjectAndReason() throws IOException {
    for (ObjectStat object : readObjects()) {
      byte[] bytes = store.get(object.path()).orElseThrow().bytes();
      for (int length = 0; length < bytes.length; length += 1 + bytes.length / FLIPS) {
        requireRefused(object, Arrays.copyOf(bytes, length), "cut to " + length);
      }
      store.put(object.path(), bytes);
    }
    readAll();
  }

  @Test
  void missingObjectsAreNamed() throws IOException {
    for (ObjectStat object : readObjects()) {
      if (!object.path().value().equals("repo")) {
        byte[] bytes = store.get(object.path()).orElseThrow().bytes();
        store.delete(object.path());

        IcechunkException refused = assertThrows(IcechunkException.class, this::readAll);

        String name = object.path().value().substring(object.path().value().indexOf('/') + 1);
        assertThat(refused.getMessage(), containsString(name));
        store.put(object.path(), bytes);
      }
    }
  }

  @Test
  void shortChunkIsNamed() throws IOException {
    Session session = whole.writable("main");
    put(session, "x".repeat(2000), 2);
    session.commit(CommitRequest.of("large"));
    ObjectPath chunk = store.list(RepositoryFiles.CHUNKS).get(0).path();
    store.put(chunk, new byte[100]);

    IcechunkException refused =
        assertThrows(
            IcechunkException.class, () -> TestRepositories.chunk(whole.writable("main"), 2));

    assertThat(
        refused.getMessage(), containsString(chunk + ": it has 100 bytes there, expected 2000"));
  }

  @Test
  void damagedFormerRepoInfoIsNamedByTheOperationsLog() throws IOException {
    whole.setConfig(
        RepositoryConfig.DEFAULT.with("num_updates_per_repo_info_file", IntNode.valueOf(1)));
    whole.setMetadata(Map.of());
    for (ObjectStat former : store.list(RepositoryFiles.OVERWRITTEN)) {
      store.put(former.path(), new byte[50]);
    }

    IcechunkException refused = assertThrows(IcechunkException.class, whole::operations);

    assertThat(refused.getMessage(), startsWith("Cannot read repo info in memory:/overwritten/"));
  }

  @Test
  void objectUnderTheNameOfAnotherIsRefused() throws IOException {
    List<ObjectStat> snapshots = store.list(new ObjectPath("snapshots"));
    byte[] other = store.get(snapshots.get(0).path()).orElseThrow().bytes();

    requireRefused(snapshots.get(1), other, "another snapshot");
  }

  private void requireRefused(ObjectStat object, byte[] damaged, String how) throws IOException {
    store.put(object.path(), damaged);
    String kind = KINDS.get(object.path().value().split("/")[0]);

    IcechunkException refused = assertThrows(IcechunkException.class, this::readAll, how);

    assertThat(
        how,
        refused.getMessage(),
        allOf(startsWith("Cannot read " + kind + " in "), containsString(object.path() + ": ")));
  }
}
