package dev.firn.io.object;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.object.s3.S3Credentials;
import dev.firn.io.object.s3.S3ObjectStore;
import dev.firn.io.object.s3.S3Settings;
import dev.firn.testing.s3.Fault;
import dev.firn.testing.s3.FaultPlan;
import dev.firn.testing.s3.FaultProxy;
import dev.firn.testing.s3.S3Bucket;
import dev.firn.testing.s3.S3Extension;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(S3Extension.class)
class StoreProbeTest {
  private static S3Settings settings(FaultProxy proxy) {
    return S3Settings.at(proxy.endpoint(), new S3Credentials.Anonymous());
  }

  @Test
  void serverThatHonoursConditionsIsAskedOnceAndLeftAsItWas(S3Bucket bucket) throws IOException {
    FaultPlan plan = FaultPlan.of(1, 0, List.of(Fault.RESET));
    try (FaultProxy proxy = FaultProxy.start(bucket.endpoint(), plan)) {
      ObjectStore store = S3ObjectStore.open(bucket.url() + "/a", settings(proxy));

      StoreProbe.require(store, false);
      StoreProbe.require(store, false);

      assertThat(plan.requests(), equalTo(10));
      assertThat(store.list(ObjectPath.ROOT), empty());
    }
  }

  @Test
  void serverThatIgnoresConditionsIsRefusedWithTheReasonAndTheWaysOut(S3Bucket bucket)
      throws IOException {
    FaultPlan plan = FaultPlan.ignoringConditions();
    try (FaultProxy proxy = FaultProxy.start(bucket.endpoint(), plan)) {
      ObjectStore store = S3ObjectStore.open(bucket.url() + "/b", settings(proxy));

      UnfitStoreException unfit =
          assertThrows(UnfitStoreException.class, () -> StoreProbe.require(store, false));

      assertThat(
          unfit.getMessage(),
          equalTo(
              "Cannot write "
                  + store.url()
                  + ": the server does not honour 'If-None-Match: *', the condition that there is"
                  + " no such object yet. Two updates at once could both believe that they have"
                  + " won, and one overwrite the other. Use a server that honours conditional"
                  + " puts; or, if never more than one process writes there at a time, say so:"
                  + " FIRN_S3_SINGLE_WRITER names such buckets"));
      assertThat(store.list(ObjectPath.ROOT), empty());
    }
  }

  @Test
  void singleWriterNeedsNoConditions(S3Bucket bucket) throws IOException {
    FaultPlan plan = FaultPlan.ignoringConditions();
    try (FaultProxy proxy = FaultProxy.start(bucket.endpoint(), plan)) {
      S3ObjectStore store =
          S3ObjectStore.open(bucket.url() + "/c", settings(proxy).withSingleWriter());
      ObjectPath path = new ObjectPath("x");

      StoreProbe.require(store, store.hasSingleWriter());

      ETag first = store.putIf(path, new byte[] {1}, PutCondition.absent()).orElseThrow().etag();
      assertThat(store.putIf(path, new byte[1], PutCondition.absent()).isPresent(), equalTo(false));
      PutCondition unchanged = PutCondition.matches(first);
      assertThat(store.putIf(path, new byte[] {2}, unchanged).isPresent(), equalTo(true));
      assertThat(store.putIf(path, new byte[] {3}, unchanged).isPresent(), equalTo(false));
      assertThat(store.get(path).orElseThrow().bytes(), equalTo(new byte[] {2}));
    }
  }

  @Test
  void storeThatShowsOldStatesIsRefused() {
    ObjectStore cached = new StaleStore(new MemoryObjectStore());

    UnfitStoreException unfit =
        assertThrows(UnfitStoreException.class, () -> StoreProbe.require(cached, true));

    assertThat(
        unfit.getMessage(),
        startsWith(
            "Cannot write stale:: the server does not show an object as it was last written. Use"));
  }
}
