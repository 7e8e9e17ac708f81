package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.icechunk.ConflictException;
import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.RepositoryConfig;
import dev.firn.io.icechunk.RepositorySettings;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.ObjectStores;
import dev.firn.testing.s3.S3Bucket;
import dev.firn.testing.s3.S3Extension;
import dev.firn.update.UpdateOutcome.Status;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which objects of an existing archive a step leaves as they are, and that none deletes any. */
@ExtendWith(S3Extension.class)
class UntouchedObjectsTest {
  private static final String FIRST_AGAIN = "[a-z]+/c/0/[0-9/]+";
  private static final String SECOND = "[a-z]+/c/1/[0-9/]+";

  @TempDir Path directory;

  private TinyModel model;

  private UpdateHarness archive(String base, String format) throws IOException {
    model = new TinyModel(directory.resolve("model"));
    UpdateHarness archive = new UpdateHarness(model, base);
    archive.primaryFormat = format;
    model.publish(0, 0);
    return archive;
  }

  private String base(String where, S3Bucket bucket) {
    return where.equals("s3") ? bucket.url() + "/archives" : "file://" + directory + "/archives";
  }

  /** Path, ETag, size and time of every object of a store. */
  private static Map<String, ObjectStat> objects(String base, String store) throws IOException {
    Map<String, ObjectStat> objects = new TreeMap<>();
    try (ObjectStore opened = ObjectStores.open(base + "/" + store)) {
      opened.list(ObjectPath.ROOT).forEach(stat -> objects.put(stat.path().value(), stat));
    }
    return objects;
  }

  private static Set<String> changed(Map<String, ObjectStat> before, Map<String, ObjectStat> now) {
    Set<String> changed = new TreeSet<>(before.keySet());
    changed.addAll(now.keySet());
    changed.removeIf(path -> before.containsKey(path) && before.get(path).equals(now.get(path)));
    return changed;
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3", "local"})
  void setUpLeavesEveryObjectOfAZarrStoreAndJobsAllButTheirShards(String where, S3Bucket bucket)
      throws IOException {
    String base = base(where, bucket);
    UpdateHarness archive = archive(base, "zarr");
    archive.backfill("first", 1);
    model.publish(0, 1);
    model.publish(1, 0);
    Map<String, ObjectStat> before = objects(base, "tiny.zarr");
    UpdateRequest request = model.update(archive.id("second"), 2);

    List<RegionJob> jobs = archive.jobs(request);

    assertThat(before.size(), greaterThan(16));
    assertThat(objects(base, "tiny.zarr"), equalTo(before));
    for (RegionJob job : jobs) {
      archive.run(request.id(), job);
    }
    Set<String> changed = changed(before, objects(base, "tiny.zarr"));
    assertThat(changed.size(), equalTo(2 * 16));
    assertThat(changed, everyItem(matchesPattern(FIRST_AGAIN + "|" + SECOND)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3", "local"})
  void setUpAndJobsLeaveEveryObjectOfARepositoryButTheOneWithItsBranches(
      String where, S3Bucket bucket) throws IOException {
    String base = base(where, bucket);
    UpdateHarness archive = archive(base, "icechunk");
    archive.backfill("first", 1);
    model.publish(0, 1);
    model.publish(1, 0);
    Map<String, ObjectStat> before = objects(base, "tiny.icechunk");
    UpdateRequest request = model.update(archive.id("second"), 2);

    for (RegionJob job : archive.jobs(request)) {
      archive.run(request.id(), job);
    }

    Set<String> changed = changed(before, objects(base, "tiny.icechunk"));
    changed.retainAll(before.keySet());
    assertThat(changed.toString(), equalTo("[repo]"));
  }

  @Test
  void askingForANewRepositoryWhereThereIsOneThrowsAndTouchesNothing(S3Bucket bucket)
      throws IOException {
    String base = base("s3", bucket);
    archive(base, "icechunk").backfill("first", 1);
    Map<String, ObjectStat> before = objects(base, "tiny.icechunk");

    try (ObjectStore store = ObjectStores.open(base + "/tiny.icechunk")) {
      var failed =
          assertThrows(
              ConflictException.class,
              () -> Repository.create(store, RepositoryConfig.DEFAULT, RepositorySettings.DEFAULT));

      assertThat(failed.getMessage(), containsString(base + "/tiny.icechunk"));
    }
    assertThat(objects(base, "tiny.icechunk"), equalTo(before));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zarr", "icechunk"})
  void askingForANewArchiveWhereThereIsOneIsRefusedAndTouchesNothing(String format, S3Bucket bucket)
      throws IOException {
    String base = base("s3", bucket);
    UpdateHarness archive = archive(base, format);
    archive.backfill("first", 1);
    Map<String, ObjectStat> before = objects(base, archive.primary());

    UpdateOutcome again = archive.backfill("again", 1);

    assertThat(again.status(), equalTo(Status.REFUSED));
    assertThat(objects(base, archive.primary()), equalTo(before));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zarr", "icechunk"})
  void noUpdateOrBackfillDeletesAnyObjectOfAnArchive(String format) throws IOException {
    MemoryStores stores = new MemoryStores();
    Set<String> deleted = new ConcurrentSkipListSet<>();
    UpdateHarness archive = archive(MemoryStores.BASE, format);
    archive.replicas = List.of(format);
    archive.opener = url -> withDeletions(stores.apply(url), url, deleted);
    archive.backfill("first", 1);
    model.publish(0, 1);
    model.publish(1, 0);
    archive.update("second", 2);
    UpdateRequest overwrite = archive.replicated(model.backfill(archive.id("third"), 2));

    UpdateOutcome outcome =
        archive.run(
            new UpdateRequest(
                overwrite.id(),
                overwrite.replicas(),
                overwrite.kind(),
                overwrite.filter(),
                true,
                true,
                List.of()));

    assertThat(outcome.status(), equalTo(Status.PUBLISHED));
    assertThat(deleted.size(), greaterThan(10));
    assertThat(deleted, everyItem(startsWith(MemoryStores.BASE + "/_internal/")));
  }

  /** The same store, whose deletions are noted by URL. */
  private static ObjectStore withDeletions(ObjectStore store, String url, Set<String> deleted) {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("delete")) {
                deleted.add(url + "/" + arguments[0]);
              }
              if (method.getName().equals("deleteAll")) {
                ((Collection<?>) arguments[0]).forEach(path -> deleted.add(url + "/" + path));
              }
              return called(store, method, arguments);
            });
  }

  private static Object called(ObjectStore store, Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
