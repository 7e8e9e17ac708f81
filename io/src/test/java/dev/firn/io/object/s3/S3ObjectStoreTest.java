package dev.firn.io.object.s3;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.ObjectStoreContract;
import dev.firn.io.object.ObjectStores;
import dev.firn.io.object.PutCondition;
import dev.firn.testing.s3.S3Bucket;
import dev.firn.testing.s3.S3Extension;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(S3Extension.class)
class S3ObjectStoreTest extends ObjectStoreContract {
  private S3Bucket bucket;

  @BeforeEach
  void takeBucket(S3Bucket empty) {
    bucket = empty;
  }

  @Override
  protected ObjectStore store() {
    return ObjectStores.open(bucket.url() + "/archives/deep");
  }

  @Test
  void listingGoesOnAfterAThousandKeys() throws Exception {
    ObjectStore store = store();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Callable<ObjectStat>> puts = new ArrayList<>();
    for (int i = 0; i < 1005; i++) {
      ObjectPath path = new ObjectPath("many/%04d".formatted(i));
      puts.add(() -> store.put(path, new byte[] {1}));
    }
    threads.invokeAll(puts);
    threads.shutdown();

    List<ObjectStat> found = store.list(new ObjectPath("many"));

    assertThat(found.size(), equalTo(1005));
    assertThat(found.get(1004).path(), equalTo(new ObjectPath("many/1004")));
  }

  @Test
  void storeSeesOnlyWhatIsBelowItsPrefix() throws IOException {
    ObjectStore whole = ObjectStores.open(bucket.url());
    for (String path : List.of("archives/deep/a", "archives/deeper/b", "archives/deep.json", "c")) {
      whole.put(new ObjectPath(path), new byte[] {1});
    }

    List<ObjectStat> found = store().list(ObjectPath.ROOT);

    assertThat(found.stream().map(ObjectStat::path).toList(), contains(new ObjectPath("a")));
    assertThat(whole.list(ObjectPath.ROOT).size(), equalTo(4));
  }

  @Test
  void largeObjectOfManyPartsComesBackWhole() throws IOException {
    ObjectStore store = store();
    byte[] bytes = new byte[12 << 20];
    new Random(1).nextBytes(bytes);
    ByteBuffer direct = ByteBuffer.allocateDirect(5 << 20).put(bytes, 0, 5 << 20).flip();
    ByteBuffer rest = ByteBuffer.wrap(bytes, 5 << 20, 7 << 20);

    store.put(new ObjectPath("shard"), List.of(ByteBuffer.allocate(0), direct, rest));

    assertThat(
        Arrays.equals(store.get(new ObjectPath("shard")).orElseThrow().bytes(), bytes),
        equalTo(true));
    assertThat(direct.remaining() + rest.remaining(), equalTo(12 << 20));
  }

  @Test
  void missingBucketIsNamed() {
    ObjectStore store = ObjectStores.open("s3://no-such-bucket/x");

    IOException read = assertThrows(IOException.class, () -> store.get(new ObjectPath("a/b")));
    IOException written =
        assertThrows(
            IOException.class,
            () -> store.putIf(new ObjectPath("a"), new byte[1], PutCondition.absent()));
    IOException listed = assertThrows(IOException.class, () -> store.list(ObjectPath.ROOT));

    assertThat(
        read.getMessage(),
        matchesPattern(
            "Cannot read 'a/b' in s3://no-such-bucket/x: there is no such bucket"
                + " \\(GetObject answered 404 NoSuchBucket, request \\S+\\)"));
    assertThat(
        written.getMessage(), startsWith("Cannot write 'a' in s3://no-such-bucket/x: there"));
    assertThat(
        listed.getMessage(), startsWith("Cannot list '' in s3://no-such-bucket/x: there is"));
  }

  @Test
  void serverThatIsNotThereIsNamedAsTheCause() {
    S3Settings settings =
        S3Settings.at(URI.create("http://127.0.0.1:1"), new S3Credentials.Anonymous())
            .within(new Deadlines(Duration.ofMillis(200), Duration.ofMillis(300)));
    ObjectStore store = S3ObjectStore.open("s3://bucket", settings);

    IOException failed = assertThrows(IOException.class, () -> store.stat(new ObjectPath("a")));

    assertThat(
        failed.getMessage(), matchesPattern("(?s)Cannot read 'a' in s3://bucket: .*refused.*"));
  }
}
