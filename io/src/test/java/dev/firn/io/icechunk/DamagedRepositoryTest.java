package dev.firn.io.icechunk;

import static dev.firn.io.icechunk.TestRepositories.ARRAY;
import static dev.firn.io.icechunk.TestRepositories.put;
import static dev.firn.io.icechunk.TestRepositories.withArray;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.icechunk.format.IcechunkException;
import dev.firn.io.object.MemoryObjectStore;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every object of a repository, damaged everywhere: who needs it learns which object it is and why
 * it cannot be read.
 */
class DamagedRepositoryTest {
  private static final int FLIPS = 40;
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
  private List<Object> readAll() throws IOException {
    List<Object> all = new ArrayList<>();
    Repository repository = Repository.open(store).orElseThrow();
    var ancestry = repository.ancestry(Version.branch("main"));
    all.addAll(ancestry);
    for (var snapshot : ancestry) {
      Session session = repository.readOnly(Version.snapshot(snapshot.id()));
      all.addAll(session.nodes());
      if (session.node(ARRAY).isPresent()) {
        session.forEachChunk(ARRAY, (index, ref) -> all.add(ref));
      }
    }
    Version first = Version.snapshot(ancestry.get(ancestry.size() - 1).id());
    all.add(repository.diff(first, Version.branch("main")));
    return all;
  }

  private List<ObjectStat> readObjects() throws IOException {
    return store.list(ObjectPath.ROOT).stream()
        .filter(object -> !object.path().value().startsWith("overwritten/"))
        .filter(object -> !object.path().value().startsWith("chunks/"))
        .filter(object -> !object.path().value().equals("transactions/1CECHNKREP0F1RSTCMT0"))
        .toList();
  }

  @Test
  void flippedBitsAreNamedByObjectAndReasonOrChangeNothing() throws IOException {
    List<Object> expected = readAll();
    int refused = 0;
    for (ObjectStat object : readObjects()) {
      byte[] bytes = store.get(object.path()).orElseThrow().bytes();
      for (int i = 0; i < FLIPS; i++) {
        byte[] damaged = bytes.clone();
        damaged[(int) ((long) i * bytes.length / FLIPS)] ^= 0x10;
        store.put(object.path(), damaged);
        try {
          assertThat(readAll(), equalTo(expected));
        } catch (IcechunkException named) {
          assertThat(named.getMessage(), names(object));
          refused++;
        }
      }
      store.put(object.path(), bytes);
    }
    assertThat(refused, greaterThan(6 * FLIPS * 3 / 4));
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
  void objectUnderTheNameOfAnotherIsRefused() throws IOException {
    List<ObjectStat> snapshots = store.list(new ObjectPath("snapshots"));
    byte[] other = store.get(snapshots.get(0).path()).orElseThrow().bytes();

    requireRefused(snapshots.get(1), other, "another snapshot");
  }

  private void requireRefused(ObjectStat object, byte[] damaged, String how) throws IOException {
    store.put(object.path(), damaged);

    IcechunkException refused = assertThrows(IcechunkException.class, this::readAll, how);

    assertThat(how, refused.getMessage(), names(object));
  }

  private static Matcher<String> names(ObjectStat object) {
    String kind = KINDS.get(object.path().value().split("/")[0]);
    return allOf(startsWith("Cannot read " + kind + " in "), containsString(object.path() + ": "));
  }
}
