package dev.firn.io.object.s3;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.object.ByteRange;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.PutCondition;
import dev.firn.testing.s3.Fault;
import dev.firn.testing.s3.FaultPlan;
import dev.firn.testing.s3.FaultProxy;
import dev.firn.testing.s3.S3Bucket;
import dev.firn.testing.s3.S3Extension;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

@ExtendWith(S3Extension.class)
class DeadlinesTest {
  private static final ObjectPath PATH = new ObjectPath("a/b");
  private static final Deadlines SHORT =
      new Deadlines(Duration.ofMillis(250), Duration.ofMillis(1500));
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

  private static S3ObjectStore store(URI endpoint, String bucket) {
    S3Settings settings = S3Settings.at(endpoint, new S3Credentials.Anonymous()).within(SHORT);
    return S3ObjectStore.open("s3://" + bucket, settings);
  }

  private interface Request {
    void make(S3ObjectStore store) throws IOException;
  }

  /** What each request to a server that never answers says in the end. */
  private static Map<String, Request> requests() {
    return Map.of(
        "read 'a/b' .*GetObject",
        store -> store.get(PATH),
        "read .a/b. .*GetObject",
        store -> store.getRange(PATH, new ByteRange(0, 9)),
        "read 'a/b' .*HeadObject",
        store -> store.stat(PATH),
        "write 'a/b' .*PutObject",
        store -> store.put(PATH, new byte[5]),
        "tell whether this wrote 'a/b' .*conditional PutObject",
        store -> store.putIf(PATH, new byte[5], PutCondition.absent()),
        "list '' .*ListObjectsV2",
        store -> store.list(ObjectPath.ROOT),
        "delete 'a/b' .*DeleteObject",
        store -> store.delete(PATH),
        "delete 'a/b' .*DeleteObjects",
        store -> store.deleteAll(List.of(PATH)));
  }

  @Test
  void serverThatNeverAnswersIsGivenUpAtTheDeadline() throws Exception {
    FaultPlan plan = FaultPlan.of(1, 1, List.of(Fault.HANG));
    ExecutorService threads = Executors.newCachedThreadPool();
    try (FaultProxy proxy = FaultProxy.start(NOWHERE, plan)) {
      S3ObjectStore store = store(proxy.endpoint(), "bucket");

      Map<String, Future<IOException>> failures = new HashMap<>();
      requests()
          .forEach(
              (says, request) ->
                  failures.put(says, threads.submit(() -> failure(() -> request.make(store)))));

      for (Map.Entry<String, Future<IOException>> failure : failures.entrySet()) {
        assertThat(
            failure.getValue().get().getMessage(),
            matchesPattern("Cannot " + failure.getKey() + "; [2-8] attempts in \\d+\\.\\d s\\)"));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static IOException failure(Executable request) {
    Instant begun = Instant.now();
    IOException failed = assertThrows(IOException.class, request);
    Duration took = Duration.between(begun, Instant.now());
    assertThat(took, lessThan(SHORT.operation().plusSeconds(12)));
    assertThat("the thread is as it was", Thread.currentThread().isInterrupted(), is(false));
    return failed;
  }

  @Test
  void bodyThatStopsIsGivenUpAtTheDeadlineOfTheAttempt(S3Bucket bucket) throws IOException {
    S3Settings usual = S3Settings.at(bucket.endpoint(), new S3Credentials.Anonymous());
    S3ObjectStore.open(bucket.url(), usual).put(PATH, new byte[1000]);
    FaultPlan plan = FaultPlan.of(1, 1, List.of(Fault.STALLED_BODY));
    try (FaultProxy proxy = FaultProxy.start(bucket.endpoint(), plan)) {
      S3ObjectStore store = store(proxy.endpoint(), bucket.name());

      failure(() -> store.get(PATH));

      assertThat(plan.requests(), greaterThan(1));
    }
  }

  @Test
  void throttledRequestsShrinkTheConcurrencyWhichGrowsAgain(S3Bucket bucket) throws IOException {
    FaultPlan plan = FaultPlan.of(3, 1, List.of(Fault.SLOW_DOWN));
    try (FaultProxy proxy = FaultProxy.start(bucket.endpoint(), plan)) {
      S3Settings settings = S3Settings.at(proxy.endpoint(), new S3Credentials.Anonymous());
      AdaptiveConcurrency concurrency = S3Connection.to(bucket.name(), settings).concurrency();
      int most = concurrency.limit();

      failure(() -> store(proxy.endpoint(), bucket.name()).stat(PATH));

      assertThat(concurrency.limit(), lessThan(most / 2 + 1));
    }
  }

  @Test
  void eachMebibyteGivesASecondMore() {
    Deadlines large = Deadlines.USUAL.with(100 << 20);

    assertThat(large.attempt(), equalTo(Duration.ofMinutes(2)));
    assertThat(large.operation(), equalTo(Duration.ofSeconds(280)));
    assertThat(Deadlines.USUAL.with(10), equalTo(Deadlines.USUAL));
  }

  @Test
  void deadlinesThatLeaveNoTimeAreRefused() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Deadlines(Duration.ofSeconds(9), Duration.ofSeconds(8)));

    assertThat(
        refused.getMessage(),
        equalTo(
            "Invalid deadlines: PT9S for an attempt, PT8S for an operation; expected more than"
                + " nothing, and no less for the operation"));
  }
}
