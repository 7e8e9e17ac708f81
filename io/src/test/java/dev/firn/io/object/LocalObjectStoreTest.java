package dev.firn.io.object;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.UnsupportedFeatureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalObjectStoreTest extends ObjectStoreContract {
  @TempDir Path directory;

  @Override
  protected ObjectStore store() {
    return new LocalObjectStore(directory);
  }

  @Test
  void putsLeaveNoOtherFilesBehind() throws IOException {
    ObjectStore store = store();

    store.put(new ObjectPath("x"), new byte[] {1});
    store.putIf(new ObjectPath("y"), new byte[] {1}, PutCondition.absent());

    try (var files = Files.list(directory)) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      assertThat(names, equalTo(List.of("x", "y")));
    }
  }

  @Test
  void whatAPutLeftThatDiedLongAgoIsRemovedByTheNextOne() throws IOException {
    Path old = Files.write(directory.resolve(".firn-put-old"), new byte[] {1});
    Path young = Files.write(directory.resolve(".firn-put-young"), new byte[] {1});
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(25))));

    store().put(new ObjectPath("x"), new byte[] {1});

    assertThat(Files.exists(old), equalTo(false));
    assertThat(Files.exists(young), equalTo(true));
  }

  @Test
  void tagsOfAnObjectThatIsReplacedAtOnceNeverComeBack() throws IOException {
    ObjectStore store = store();
    ObjectPath path = new ObjectPath("x");
    ETag tag = store.putIf(path, new byte[] {0}, PutCondition.absent()).orElseThrow().etag();
    Set<ETag> tags = new HashSet<>(Set.of(tag));

    for (int i = 0; i < 500; i++) {
      tag = store.putIf(path, new byte[] {0}, PutCondition.matches(tag)).orElseThrow().etag();

      assertThat(tags.add(tag), equalTo(true));
    }
  }

  @Test
  void timesAreThoseOfTheFileSystem() throws IOException {
    ObjectStore store = store();
    Files.write(directory.resolve("before"), new byte[] {1});

    store.putIf(new ObjectPath("x"), new byte[] {1}, PutCondition.absent());

    Path after = Files.write(directory.resolve("after"), new byte[] {1});
    FileTime time = Files.getLastModifiedTime(directory.resolve("x"));
    assertThat(time, greaterThanOrEqualTo(Files.getLastModifiedTime(directory.resolve("before"))));
    assertThat(time, lessThanOrEqualTo(Files.getLastModifiedTime(after)));
  }

  @Test
  void contentsAreReadWithTheirOwnTag() throws Exception {
    ObjectPath path = new ObjectPath("x");
    ObjectStore store = store();
    Map<ETag, Integer> put = new ConcurrentHashMap<>();
    ETag first = store.putIf(path, numbered(0), PutCondition.absent()).orElseThrow().etag();
    put.put(first, 0);
    ExecutorService writer = Executors.newSingleThreadExecutor();
    Future<?> writing =
        writer.submit(
            () -> {
              ETag tag = first;
              for (int i = 1; i < 2000; i++) {
                PutCondition unchanged = PutCondition.matches(tag);
                tag = store.putIf(path, numbered(i), unchanged).orElseThrow().etag();
                put.put(tag, i);
              }
              return put;
            });

    List<StoredObject> read = new ArrayList<>();
    while (!writing.isDone()) {
      read.add(store.get(path).orElseThrow());
    }

    writing.get();
    writer.shutdown();
    for (StoredObject object : read) {
      assertThat(put.get(object.stat().etag()), equalTo(ByteBuffer.wrap(object.bytes()).getInt()));
    }
  }

  private static byte[] numbered(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }

  @Test
  void failureNamesStoreAndPath() throws IOException {
    Files.write(directory.resolve("file"), new byte[] {1});
    ObjectStore store = store();

    IOException failed =
        assertThrows(
            IOException.class, () -> store.put(new ObjectPath("file/below"), new byte[] {1}));

    assertThat(
        failed.getMessage(), containsString("Cannot write 'file/below' in file://" + directory));
  }

  @Test
  void urlOfAnUnknownSchemeIsRefusedByName() {
    var refused =
        assertThrows(UnsupportedFeatureException.class, () -> ObjectStores.open("gopher://host/x"));

    assertThat(
        refused.getMessage(), equalTo("Unsupported store scheme 'gopher:' in gopher://host/x"));
  }

  @Test
  void fileUrlOpensTheDirectory() throws IOException {
    ObjectStores.open("file://" + directory).put(new ObjectPath("x"), new byte[] {7});

    assertThat(store().get(new ObjectPath("x")).orElseThrow().bytes(), equalTo(new byte[] {7}));
  }

  @Test
  void directoryGoesWithItsLastObject(@TempDir Path directory) throws IOException {
    LocalObjectStore store = new LocalObjectStore(directory);
    store.put(new ObjectPath("a/b/c/one"), new byte[1]);
    store.put(new ObjectPath("a/two"), new byte[1]);

    store.delete(new ObjectPath("a/b/c/one"));

    assertThat(Files.exists(directory.resolve("a/b")), equalTo(false));
    assertThat(Files.exists(directory.resolve("a/two")), equalTo(true));
    store.delete(new ObjectPath("a/two"));
    assertThat(Files.exists(directory.resolve("a")), equalTo(false));
    assertThat(Files.exists(directory), equalTo(true));
  }

  @Test
  void putsSucceedWhileDeletesEmptyTheirDirectory(@TempDir Path directory) throws Exception {
    LocalObjectStore store = new LocalObjectStore(directory);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Callable<Integer> plain =
          () -> {
            for (int round = 0; round < 300; round++) {
              store.put(new ObjectPath("a/b/plain"), new byte[1]);
              store.delete(new ObjectPath("a/b/plain"));
            }
            return 0;
          };
      Callable<Integer> conditional =
          () -> {
            int put = 0;
            ObjectPath path = new ObjectPath("a/b/conditional");
            for (int round = 0; round < 300; round++) {
              put += store.putIf(path, new byte[1], PutCondition.absent()).isPresent() ? 1 : 0;
              store.delete(path);
            }
            return put;
          };
      List<Future<Integer>> done = threads.invokeAll(List.of(plain, conditional));
      assertThat(done.get(0).get(), equalTo(0));
      assertThat(done.get(1).get(), equalTo(300));
    } finally {
      threads.shutdownNow();
    }
  }
}
