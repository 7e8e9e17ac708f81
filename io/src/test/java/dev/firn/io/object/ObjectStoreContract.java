package dev.firn.io.object;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link ObjectStore} promises. */
abstract class ObjectStoreContract {
  private static final ObjectPath PATH = new ObjectPath("a/b.json");

  /** An empty store. */
  abstract ObjectStore store() throws IOException;

  @Test
  void getReturnsWhatWasPut() throws IOException {
    ObjectStore store = store();

    ObjectStat put = store.put(PATH, List.of(utf8("one "), utf8("two")));

    StoredObject found = store.get(PATH).orElseThrow();
    assertThat(new String(found.bytes(), StandardCharsets.UTF_8), equalTo("one two"));
    assertThat(found.stat(), equalTo(put));
    assertThat(store.stat(PATH), equalTo(Optional.of(put)));
    assertThat(put.sizeBytes(), equalTo(7L));
  }

  @Test
  void absentObjectIsEmptyNotAnError() throws IOException {
    ObjectStore store = store();

    assertThat(store.get(PATH).isPresent(), is(false));
    assertThat(store.getRange(PATH, new ByteRange(0, 1)).isPresent(), is(false));
    assertThat(store.stat(PATH).isPresent(), is(false));
    assertThat(store.list(ObjectPath.ROOT), empty());
    store.delete(PATH);
  }

  @Test
  void prefixOfAnObjectIsNotAnObject() throws IOException {
    ObjectStore store = store();
    store.put(PATH, new byte[] {1});

    store.delete(new ObjectPath("a"));

    assertThat(store.stat(new ObjectPath("a")).isPresent(), is(false));
    assertThat(store.stat(PATH).isPresent(), is(true));
  }

  @Test
  void rangeIsCutAtTheEndOfTheObject() throws IOException {
    ObjectStore store = store();
    store.put(PATH, new byte[] {0, 1, 2, 3});

    assertThat(store.getRange(PATH, new ByteRange(1, 2)).orElseThrow(), equalTo(new byte[] {1, 2}));
    assertThat(store.getRange(PATH, new ByteRange(3, 9)).orElseThrow(), equalTo(new byte[] {3}));
    assertThat(store.getRange(PATH, new ByteRange(7, 2)).orElseThrow(), equalTo(new byte[0]));
  }

  @Test
  void replacedObjectHasAnotherETag() throws IOException {
    ObjectStore store = store();

    ETag first = store.put(PATH, new byte[] {1}).etag();
    ETag second = store.put(PATH, new byte[] {2}).etag();

    assertThat(second, not(equalTo(first)));
  }

  @Test
  void putIfAbsentKeepsTheOldValue() throws IOException {
    ObjectStore store = store();

    boolean first = store.putIf(PATH, new byte[] {1}, PutCondition.absent()).isPresent();
    boolean second = store.putIf(PATH, new byte[] {2}, PutCondition.absent()).isPresent();

    assertThat(first, is(true));
    assertThat(second, is(false));
    assertThat(store.get(PATH).orElseThrow().bytes(), equalTo(new byte[] {1}));
  }

  @Test
  void putIfMatchesReplacesOnlyTheExpectedVersion() throws IOException {
    ObjectStore store = store();
    ETag first = store.put(PATH, new byte[] {1}).etag();

    Optional<ObjectStat> second = store.putIf(PATH, new byte[] {2}, PutCondition.matches(first));
    Optional<ObjectStat> third = store.putIf(PATH, new byte[] {3}, PutCondition.matches(first));
    Optional<ObjectStat> absent =
        store.putIf(new ObjectPath("other"), new byte[] {3}, PutCondition.matches(first));

    assertThat(second.isPresent(), is(true));
    assertThat(third.isPresent(), is(false));
    assertThat(absent.isPresent(), is(false));
    assertThat(store.get(PATH).orElseThrow().bytes(), equalTo(new byte[] {2}));
  }

  @Test
  void exactlyOneOfManyConcurrentConditionalPutsSucceeds() throws Exception {
    ObjectStore store = store();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 20; round++) {
        ObjectPath path = new ObjectPath("race/" + round);
        List<Callable<Boolean>> puts = new ArrayList<>();
        for (byte writer = 0; writer < 8; writer++) {
          byte[] bytes = {writer};
          puts.add(() -> store.putIf(path, bytes, PutCondition.absent()).isPresent());
        }

        int winners = 0;
        for (Future<Boolean> put : threads.invokeAll(puts)) {
          winners += put.get() ? 1 : 0;
        }

        assertThat("winners in round " + round, winners, equalTo(1));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void listIsOrderedAndRespectsWholeSegments() throws IOException {
    ObjectStore store = store();
    for (String path : List.of("a/c/1", "a/b", "ab/x", "a/c/0")) {
      store.put(new ObjectPath(path), new byte[] {1});
    }

    List<String> found =
        store.list(new ObjectPath("a")).stream().map(stat -> stat.path().value()).toList();

    assertThat(found, contains("a/b", "a/c/0", "a/c/1"));
    assertThat(store.list(ObjectPath.ROOT).size(), equalTo(4));
  }

  @Test
  void deletedObjectIsGone() throws IOException {
    ObjectStore store = store();
    store.put(PATH, new byte[] {1});

    store.delete(PATH);

    assertThat(store.get(PATH).isPresent(), is(false));
    assertThat(store.list(ObjectPath.ROOT), empty());
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
