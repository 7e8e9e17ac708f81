package dev.firn.io.object;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ObjectStore} promises. */
public abstract class ObjectStoreContract {
  /** The tag of tests in which many put at once. */
  public static final String RACE = "race";

  private static final ObjectPath PATH = new ObjectPath("a/b.json");
  private static final int WRITERS = 16;

  /** An empty store. */
  protected abstract ObjectStore store() throws IOException;

  /** How often each race is run. */
  protected int races() {
    return 20;
  }

  @Test
  void getReturnsWhatWasPut() throws IOException {
    ObjectStore store = store();

    ObjectStat put = store.put(PATH, List.of(utf8("one "), utf8("two")));

    StoredObject found = store.get(PATH).orElseThrow();
    assertThat(new String(found.bytes(), StandardCharsets.UTF_8), equalTo("one two"));
    assertThat(found.stat().etag(), equalTo(put.etag()));
    assertThat(store.stat(PATH), equalTo(Optional.of(found.stat())));
    assertThat(store.list(PATH).get(0).etag(), equalTo(put.etag()));
    assertThat(put.path(), equalTo(PATH));
    assertThat(put.sizeBytes(), equalTo(7L));
  }

  @Test
  void timeOfAPutIsThatOfTheObjectButForWhatTheAnswerTook() throws IOException {
    ObjectStore store = store();

    ObjectStat put = store.put(PATH, new byte[] {1});

    Instant stored = store.stat(PATH).orElseThrow().lastModified();
    Duration apart = Duration.between(put.lastModified(), stored).abs();
    assertThat(apart, lessThan(Duration.ofSeconds(10)));
  }

  @Test
  void emptyObjectIsAnObject() throws IOException {
    ObjectStore store = store();

    store.put(PATH, new byte[0]);

    assertThat(store.get(PATH).orElseThrow().bytes().length, equalTo(0));
    assertThat(store.getRange(PATH, new ByteRange(0, 4)).orElseThrow().length, equalTo(0));
    assertThat(store.stat(PATH).orElseThrow().sizeBytes(), equalTo(0L));
    assertThat(store.list(ObjectPath.ROOT).size(), equalTo(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b/c  d",
        "100%/%41%2F",
        "plus+equals=/&and;semi",
        "what?/#hash",
        "'quoted'/\"twice\"",
        "<x>/&amp;",
        "grüße/雪/❄\uD83C\uDF28",
        ".hidden/..twice/...",
        "a:b@c/,d!e$f(g)*h",
      })
  void pathMayHoldAnyCharacters(String value) throws IOException {
    ObjectStore store = store();
    ObjectPath path = new ObjectPath(value);

    store.put(path, new byte[] {1, 2, 3});

    ETag replaced = store.stat(path).orElseThrow().etag();
    assertThat(store.getRange(path, new ByteRange(1, 1)).orElseThrow(), equalTo(new byte[] {2}));
    assertThat(paths(store.list(ObjectPath.ROOT)), contains(value));
    assertThat(
        paths(store.list(new ObjectPath(value.substring(0, value.indexOf('/'))))), contains(value));
    assertThat(
        store.putIf(path, new byte[] {4}, PutCondition.matches(replaced)).isPresent(), is(true));
    store.delete(path);
    assertThat(store.list(ObjectPath.ROOT), empty());
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
  void rangeIsOfTheVersionThatIsAskedFor() throws IOException {
    ObjectStore store = store();
    ETag first = store.put(PATH, new byte[] {0, 1, 2, 3}).etag();
    assertThat(
        store.getRange(PATH, new ByteRange(1, 2), first).orElseThrow(), equalTo(new byte[] {1, 2}));
    assertThat(
        store.getRange(PATH, new ByteRange(4, 2), first).orElseThrow(), equalTo(new byte[0]));

    ETag second = store.put(PATH, new byte[] {4, 5, 6, 7, 8}).etag();

    assertThat(store.getRange(PATH, new ByteRange(1, 2), first).isPresent(), is(false));
    assertThat(store.getRange(PATH, new ByteRange(1, 0), first).isPresent(), is(false));
    assertThat(
        store.getRange(PATH, new ByteRange(1, 1), second).orElseThrow(), equalTo(new byte[] {5}));
    store.delete(PATH);
    assertThat(store.getRange(PATH, new ByteRange(1, 1), second).isPresent(), is(false));
  }

  @Test
  void rangeIsCutAtTheEndOfTheObject() throws IOException {
    ObjectStore store = store();
    store.put(PATH, new byte[] {0, 1, 2, 3});

    assertThat(store.getRange(PATH, new ByteRange(1, 2)).orElseThrow(), equalTo(new byte[] {1, 2}));
    assertThat(store.getRange(PATH, new ByteRange(3, 9)).orElseThrow(), equalTo(new byte[] {3}));
    assertThat(store.getRange(PATH, new ByteRange(4, 1)).orElseThrow(), equalTo(new byte[0]));
    assertThat(store.getRange(PATH, new ByteRange(7, 2)).orElseThrow(), equalTo(new byte[0]));
    assertThat(store.getRange(PATH, new ByteRange(2, 0)).orElseThrow(), equalTo(new byte[0]));
    assertThat(store.getRange(new ObjectPath("none"), new ByteRange(2, 0)).isPresent(), is(false));
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
  @Tag(RACE)
  void exactlyOneOfManyConcurrentCreationsSucceeds() throws Exception {
    ObjectStore store = store();

    for (int round = 0; round < races(); round++) {
      assertExactlyOneWins(store, new ObjectPath("race/" + round), PutCondition.absent());
    }
  }

  @Test
  @Tag(RACE)
  void exactlyOneOfManyConcurrentReplacementsSucceeds() throws Exception {
    ObjectStore store = store();

    for (int round = 0; round < races(); round++) {
      ObjectPath path = new ObjectPath("race/" + round);
      ETag found = store.put(path, new byte[] {-1}).etag();
      assertExactlyOneWins(store, path, PutCondition.matches(found));
    }
  }

  /** Sixteen threads put at once; what is stored is what the one winner put. */
  private static void assertExactlyOneWins(
      ObjectStore store, ObjectPath path, PutCondition condition) throws Exception {
    CyclicBarrier start = new CyclicBarrier(WRITERS);
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Callable<Boolean>> puts = new ArrayList<>();
      for (byte writer = 0; writer < WRITERS; writer++) {
        byte[] bytes = {writer};
        puts.add(
            () -> {
              start.await();
              return store.putIf(path, bytes, condition).isPresent();
            });
      }
      List<Byte> winners = new ArrayList<>();
      List<Future<Boolean>> ended = threads.invokeAll(puts);
      for (byte writer = 0; writer < WRITERS; writer++) {
        if (ended.get(writer).get()) {
          winners.add(writer);
        }
      }

      assertThat("winners at " + path, winners.size(), equalTo(1));
      byte[] stored = store.get(path).orElseThrow().bytes();
      assertThat(stored, equalTo(new byte[] {winners.get(0)}));
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

    assertThat(paths(store.list(new ObjectPath("a"))), contains("a/b", "a/c/0", "a/c/1"));
    assertThat(paths(store.list(new ObjectPath("a/b"))), contains("a/b"));
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

  @Test
  void manyObjectsAreDeletedTogether() throws IOException {
    ObjectStore store = store();
    for (String path : List.of("a/1", "a/2", "a/ü &<3>", "b")) {
      store.put(new ObjectPath(path), new byte[] {1});
    }

    store.deleteAll(List.of());
    store.deleteAll(Stream.of("a/1", "a/ü &<3>", "none", "a/1").map(ObjectPath::new).toList());

    assertThat(paths(store.list(ObjectPath.ROOT)), contains("a/2", "b"));
  }

  private static List<String> paths(List<ObjectStat> found) {
    return found.stream().map(stat -> stat.path().value()).toList();
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
