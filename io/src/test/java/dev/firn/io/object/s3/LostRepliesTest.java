package dev.firn.io.object.s3;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.object.ByteRange;
import dev.firn.io.object.ETag;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.PutCondition;
import dev.firn.io.object.s3.BrokenS3.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LostRepliesTest {
  private static final ObjectPath PATH = new ObjectPath("state.json");

  private BrokenS3 server;
  private S3ObjectStore store;

  @BeforeEach
  void startServer() throws IOException {
    server = new BrokenS3();
    store = server.store();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"LOST_REPLY", "LOST_REQUEST", "FALSE_ERROR", "CONFLICT", "SLOW_DOWN"})
  void creationThatWentWrongOnceIsWonAllTheSame(Fault fault) throws IOException {
    server.next(fault);

    Optional<ObjectStat> won = store.putIf(PATH, new byte[] {1}, PutCondition.absent());

    assertThat(won.map(ObjectStat::etag), equalTo(store.stat(PATH).map(ObjectStat::etag)));
    assertThat(store.get(PATH).orElseThrow().bytes(), equalTo(new byte[] {1}));
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"LOST_REPLY", "LOST_REQUEST", "FALSE_ERROR", "CONFLICT", "SLOW_DOWN"})
  void replacementThatWentWrongOnceIsWonAllTheSame(Fault fault) throws IOException {
    ETag found = store.put(PATH, new byte[] {1}).etag();
    server.next(fault);

    Optional<ObjectStat> won = store.putIf(PATH, new byte[] {2}, PutCondition.matches(found));

    assertThat(won.map(ObjectStat::etag), equalTo(store.stat(PATH).map(ObjectStat::etag)));
    assertThat(store.get(PATH).orElseThrow().bytes(), equalTo(new byte[] {2}));
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"LOST_REPLY", "LOST_REQUEST", "FALSE_ERROR", "CONFLICT"})
  void whoLosesDoesNotTakeEqualBytesOfAnotherForItsOwn(Fault fault) throws IOException {
    store.putIf(PATH, new byte[] {1}, PutCondition.absent());
    server.next(fault);

    Optional<ObjectStat> lost = store.putIf(PATH, new byte[] {1}, PutCondition.absent());

    assertThat(lost.isPresent(), is(false));
  }

  @Test
  void outcomeThatCannotBeFoundOutIsAnErrorThatSaysSo() {
    Fault[] always = new Fault[Attempts.MOST];
    Arrays.fill(always, Fault.LOST_REQUEST);
    server.next(always);

    IOException unknown =
        assertThrows(
            IOException.class, () -> store.putIf(PATH, new byte[1], PutCondition.absent()));

    assertThat(
        unknown.getMessage(),
        containsString("Cannot tell whether this wrote 'state.json' in s3://bucket/x: "));
  }

  @Test
  void refusedPutIsNotRepeated() {
    server.next(Fault.DENIED);

    IOException denied =
        assertThrows(
            IOException.class, () -> store.putIf(PATH, new byte[1], PutCondition.absent()));

    assertThat(
        denied.getMessage(),
        equalTo(
            "Cannot write 'state.json' in s3://bucket/x: access denied"
                + " (conditional PutObject answered 403 AccessDenied, request REQUEST7)"));
    assertThat(server.requests.size(), equalTo(1));
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"LOST_REPLY", "FALSE_ERROR", "SLOW_DOWN", "CUT_BODY"})
  void readThatWentWrongIsRepeated(Fault fault) throws IOException {
    byte[] bytes = {1, 2, 3, 4, 5, 6};
    store.put(PATH, bytes);
    server.next(fault, fault);

    assertThat(store.get(PATH).orElseThrow().bytes(), equalTo(bytes));
  }

  @Test
  void contentThatDoesNotHaveItsChecksumIsNotReturned() throws IOException {
    store.put(PATH, new byte[] {1, 2, 3});
    Fault[] always = new Fault[Attempts.MOST];
    Arrays.fill(always, Fault.FLIPPED_BYTE);
    server.next(always);

    IOException failed = assertThrows(IOException.class, () -> store.get(PATH));

    assertThat(failed.getMessage(), containsString("checksum"));
  }

  @Test
  void serverThatKnowsNoRangesIsNotTakenAtItsWord() throws IOException {
    store.put(PATH, new byte[] {1, 2, 3});

    IOException failed =
        assertThrows(IOException.class, () -> store.getRange(PATH, new ByteRange(1, 1)));

    assertThat(failed.getMessage(), containsString("answered a range with the whole object"));
  }

  @Test
  void whatIsPutOnConditionIsNotToBeCached() throws IOException {
    store.putIf(new ObjectPath("latitude/c/0"), new byte[1], PutCondition.absent());
    store.put(new ObjectPath("wind/c/0"), new byte[1]);

    assertThat(server.requests.get(0).getFirst("Cache-Control"), equalTo("no-cache"));
    assertThat(server.requests.get(1).containsKey("Cache-Control"), is(false));
  }

  @Test
  void putsSendTheBodyAsItIsWithItsChecksum() throws IOException {
    store.put(PATH, "123456789".getBytes(StandardCharsets.US_ASCII));

    var headers = server.requests.get(0);
    assertThat(headers.getFirst("x-amz-checksum-crc32c"), equalTo("4waSgw==")); // 0xe3069283
    assertThat(headers.getFirst("Content-Length"), equalTo("9"));
    assertThat(headers.containsKey("Content-Encoding"), is(false));
    assertThat(headers.getFirst("Cache-Control"), equalTo("no-cache"));
    assertThat(headers.getFirst("Content-Type"), equalTo("application/json"));
    assertThat(headers.containsKey("Authorization"), is(false));
  }
}
