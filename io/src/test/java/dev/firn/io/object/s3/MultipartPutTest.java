package dev.firn.io.object.s3;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.StoredObject;
import dev.firn.testing.s3.Fault;
import dev.firn.testing.s3.FaultPlan;
import dev.firn.testing.s3.FaultProxy;
import dev.firn.testing.s3.S3Bucket;
import dev.firn.testing.s3.S3Extension;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.S3Client;

@ExtendWith(S3Extension.class)
class MultipartPutTest {
  private static final ObjectPath PATH = new ObjectPath("shard");
  private static final int PART = 5 << 20; // S3 takes no smaller ones
  private static final MultipartSizes SIZES = new MultipartSizes(2 * PART, PART);

  private final byte[] bytes = new byte[2 * PART + 1234];

  MultipartPutTest() {
    new Random(5).nextBytes(bytes);
  }

  private static S3Settings settings(URI endpoint) {
    return S3Settings.at(endpoint, new S3Credentials.Anonymous());
  }

  private static S3ObjectStore store(URI endpoint, S3Bucket bucket) {
    return S3ObjectStore.open(bucket.url() + "/a", settings(endpoint), SIZES);
  }

  private static S3Client client(S3Bucket bucket) {
    return S3Connection.to(bucket.name(), settings(bucket.endpoint())).client();
  }

  private List<ByteBuffer> inPieces() {
    ByteBuffer first = ByteBuffer.wrap(bytes, 0, 7_000_000);
    ByteBuffer rest = ByteBuffer.wrap(bytes, 7_000_000, bytes.length - 7_000_000);
    return List.of(first, ByteBuffer.allocate(0), rest);
  }

  @Test
  void largeObjectIsPutInPartsAndReadWhole(S3Bucket bucket) throws IOException {
    S3ObjectStore store = store(bucket.endpoint(), bucket);

    ObjectStat put = store.put(PATH, inPieces());

    StoredObject found = store.get(PATH).orElseThrow();
    assertThat(Arrays.equals(found.bytes(), bytes), is(true));
    assertThat(found.stat().etag(), equalTo(put.etag()));
    assertThat(put.etag().value().endsWith("-3\""), is(true));
    assertThat(put.sizeBytes(), equalTo((long) bytes.length));
  }

  @Test
  void everyRequestOfItMayGoWrong(S3Bucket bucket) throws IOException {
    List<Fault> faults =
        List.of(Fault.SLOW_DOWN, Fault.LOST_REPLY, Fault.FALSE_ERROR, Fault.RESET, Fault.CUT_BODY);
    FaultPlan plan = FaultPlan.of(11, 0.3, faults);
    try (FaultProxy proxy = FaultProxy.start(bucket.endpoint(), plan)) {
      S3ObjectStore store = store(proxy.endpoint(), bucket);

      for (int round = 0; round < 4; round++) {
        store.put(PATH, inPieces());
        assertThat(Arrays.equals(store.get(PATH).orElseThrow().bytes(), bytes), is(true));
      }

      assertThat(plan.counts().size(), greaterThan(2));
    }
  }

  @Test
  void whatCannotBePutLeavesNothingBehind(S3Bucket bucket) throws IOException {
    FaultPlan plan = FaultPlan.of(1, 1, List.of(Fault.INTERNAL_ERROR)).on("partNumber=2&");
    try (FaultProxy proxy = FaultProxy.start(bucket.endpoint(), plan)) {
      Deadlines soon = new Deadlines(Duration.ofSeconds(1), Duration.ofSeconds(1));
      S3Settings settings = settings(proxy.endpoint()).within(soon);
      MultipartSizes sizes = new MultipartSizes(1 << 20, 1 << 20);
      S3ObjectStore failing = S3ObjectStore.open(bucket.url() + "/a", settings, sizes);

      IOException failed = assertThrows(IOException.class, () -> failing.put(PATH, inPieces()));

      assertThat(
          failed.getMessage(),
          matchesPattern(
              "Cannot write 'shard' in .*: InternalError it is \\(UploadPart 2 answered 500"
                  + " InternalError, request PROXY; [2-8] attempts in \\d+\\.\\d s\\)"));
    }
    S3ObjectStore store = store(bucket.endpoint(), bucket);
    assertThat(store.get(PATH).isPresent(), is(false));
    assertThat(
        client(bucket).listMultipartUploads(list -> list.bucket(bucket.name())).uploads().size(),
        equalTo(0));
  }

  @Test
  void partsAreLargerWhereThereWouldBeTooMany() {
    assertThat(MultipartSizes.USUAL.partBytes(1L << 30), equalTo(16L << 20));
    assertThat(MultipartSizes.USUAL.partBytes(5L << 40), lessThan(600L << 20));
    assertThat(MultipartSizes.USUAL.partBytes(5L << 40) * 10_000, greaterThan((5L << 40) - 1));
  }
}
