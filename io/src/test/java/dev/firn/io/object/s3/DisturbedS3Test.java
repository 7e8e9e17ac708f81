package dev.firn.io.object.s3;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;

import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.ObjectStoreContract;
import dev.firn.testing.s3.Fault;
import dev.firn.testing.s3.FaultPlan;
import dev.firn.testing.s3.FaultProxy;
import dev.firn.testing.s3.S3Bucket;
import dev.firn.testing.s3.S3Extension;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The contract of stores, where every tenth request goes wrong in one way or another. */
@ExtendWith(S3Extension.class)
class DisturbedS3Test extends ObjectStoreContract {
  private static final Logger LOG = LoggerFactory.getLogger(DisturbedS3Test.class);
  private static final Deadlines SHORT =
      new Deadlines(Duration.ofSeconds(1), Duration.ofMinutes(1));
  private static final FaultPlan PLAN = FaultPlan.of(7, 0.1, List.of(Fault.values()));

  private FaultProxy proxy;
  private S3Bucket bucket;

  @BeforeEach
  void startProxy(S3Bucket empty) throws IOException {
    bucket = empty;
    proxy = FaultProxy.start(empty.endpoint(), PLAN);
  }

  @AfterEach
  void stopProxy() throws IOException {
    proxy.close();
  }

  @AfterAll
  static void everyFaultOccurred() {
    LOG.info("{} requests, {}", PLAN.requests(), PLAN.counts());
    for (Fault fault : Fault.values()) {
      assertThat(fault + " occurred", PLAN.counts().getOrDefault(fault, 0), greaterThan(0));
    }
  }

  @Override
  protected ObjectStore store() {
    S3Settings settings =
        S3Settings.at(proxy.endpoint(), new S3Credentials.Anonymous()).within(SHORT);
    return S3ObjectStore.open(bucket.url() + "/disturbed", settings);
  }

  @Override
  protected int races() {
    return 4;
  }
}
