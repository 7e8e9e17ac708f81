package dev.firn.notify;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.firn.io.object.ETag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3MessageParserTest {
  private static final Announcement GFS =
      new Announcement(
          "s3://noaa-gfs-bdp-pds/gfs.20261120/06/atmos/gfs.t06z.pgrb2.0p25.f003",
          Optional.of(new ETag("\"5d41402abc4b2a76b9719d911017c592-66\"")),
          553_648_128,
          Instant.parse("2026-11-20T09:41:07.123Z"),
          "0055AED6DCD90281E5");

  private static Announcement only(S3Message message) {
    assertThat(message.faults(), empty());
    assertThat(message.ignored(), equalTo(0));
    assertThat(message.announcements().size(), equalTo(1));
    return message.announcements().get(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.0", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.17"})
  void recordsOfAllVersions2AreUnderstood(String version) {
    assertThat(
        only(S3MessageParser.parse(Messages.created().version(version).body())), equalTo(GFS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ObjectCreated:Put",
        "ObjectCreated:Post",
        "ObjectCreated:Copy",
        "ObjectCreated:CompleteMultipartUpload",
        "s3:ObjectCreated:Put"
      })
  void everyWayOfCreationAnnounces(String name) {
    assertThat(only(S3MessageParser.parse(Messages.created().name(name).body())), equalTo(GFS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ObjectRemoved:Delete",
        "ObjectRemoved:DeleteMarkerCreated",
        "ObjectRestore:Completed",
        "LifecycleExpiration:Delete",
        "ObjectTagging:Put",
        "ReducedRedundancyLostObject"
      })
  void otherEventsAreIgnoredAndCounted(String name) {
    assertThat(
        S3MessageParser.parse(Messages.created().name(name).body()),
        equalTo(new S3Message(List.of(), 1, List.of())));
  }

  @Test
  void messageInAnSnsEnvelopeIsTheSame() {
    String body = Messages.created().body();

    assertThat(only(S3MessageParser.parse(Messages.fromTopic(body))), equalTo(GFS));
    assertThat(
        only(S3MessageParser.parse(Messages.fromTopic(Messages.fromTopic(body)))), equalTo(GFS));
  }

  @Test
  void eventOfEventBridgeIsTheSame() {
    assertThat(only(S3MessageParser.parse(Messages.fromBus("Object Created"))), equalTo(GFS));
    assertThat(S3MessageParser.parse(Messages.fromBus("Object Deleted")).ignored(), equalTo(1));
  }

  @Test
  void whatIsSaidOfSubscriptionsAndTestsIsIgnored() {
    for (String body :
        List.of(
            Messages.TEST_EVENT,
            Messages.fromTopic(Messages.TEST_EVENT),
            Messages.SUBSCRIPTION_CONFIRMATION)) {
      assertThat(body, S3MessageParser.parse(body), equalTo(S3Message.ofNoInterest()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a%2Bb+c.grib2, a+b c.grib2",
    "Days%3A1-10/tmp_2m_2019010100_c00.grib2, Days:1-10/tmp_2m_2019010100_c00.grib2",
    "Gr%C3%BC%c3%9fe%25.nc, Grüße%.nc",
    "%F0%9F%8C%A8/x, 🌨/x",
    "plain/ü, plain/ü"
  })
  void keysAreDecoded(String written, String key) {
    assertThat(
        only(S3MessageParser.parse(Messages.created().key(written).body())).url(),
        equalTo("s3://noaa-gfs-bdp-pds/" + key));
  }

  @Test
  void keysOfEventBridgeAreAsTheyAre() {
    String body = Messages.fromBus("Object Created").replace("gfs.t06z", "a+b%41");

    assertThat(only(S3MessageParser.parse(body)).url(), containsString("/a+b%41.pgrb2"));
  }

  @Test
  void whatIsNotToldIsLeftOpen() {
    String body =
        Messages.created()
            .without("eTag")
            .without("size")
            .without("sequencer")
            .without("versionId")
            .body();

    Announcement announcement = only(S3MessageParser.parse(body));

    assertThat(announcement.version(), equalTo(Optional.empty()));
    assertThat(announcement.sizeBytes(), equalTo(0L));
    assertThat(announcement.sequencer(), equalTo(""));
  }

  @Test
  void goodRecordsBesideBadOnesAreTaken() {
    String good = Messages.created().record();
    String removed = Messages.created().name("ObjectRemoved:Delete").record();
    String bad = Messages.created().key("100%").record();

    S3Message message = S3MessageParser.parse(Messages.of(good, removed, bad, good));

    assertThat(message.announcements(), contains(GFS, GFS));
    assertThat(message.ignored(), equalTo(1));
    assertThat(
        message.faults(),
        contains("Records[2]: s3.object.key is \"100%\", expected a URL-encoded key"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not JSON at all                       | it is not JSON: Unrecognized token",
        "{\"Records\": [                       | it is not JSON: Unexpected end-of-input",
        "''                                    | it is none of the messages about objects on S3",
        "null                                  | it is none of the messages about objects on S3",
        "[1, 2]                                | it is none of the messages about objects on S3",
        "{}                                    | it is none of the messages about objects on S3",
        "{\"Records\": {}}                     | it is none of the messages about objects on S3",
        "{\"Records\": []} {}                  | it is not JSON: Trailing token",
        "{\"Records\": [7]}                    | Records[0]: eventVersion is missing, expected a text",
        "{\"Records\": [{\"eventVersion\": 2}]}| Records[0]: eventVersion is 2, expected a text",
        "{\"Type\": \"Notification\"}          | it is an SNS message without a text as its Message",
        "{\"Type\": \"Notification\", \"Message\": {}} | it is an SNS message without a text as its Message",
        "{\"Type\": \"Notification\", \"Message\": \"x\"} | it is not JSON: Unrecognized token 'x'",
        "{\"detail-type\": 1}                  | the event: source is missing, expected a text"
      })
  void whatIsNoMessageOfS3IsMalformed(String body, String why) {
    S3Message message = S3MessageParser.parse(body == null ? "" : body);

    assertThat(message.announcements(), empty());
    assertThat(message.faults(), contains(startsWith(why)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"eventVersion\":\"2.1\"  | \"eventVersion\":\"3.0\" | eventVersion is \"3.0\", expected 2.x",
        "\"eventTime\":\"2026      | \"eventTime\":\"26       | eventTime is \"26-11-20T09:41:07.123Z\", expected a time like",
        "\"size\":553648128        | \"size\":\"553648128\"   | s3.object.size is \"553648128\", expected a number of bytes",
        "\"size\":553648128        | \"size\":-1              | s3.object.size is -1, expected a number of bytes",
        "\"size\":553648128        | \"size\":1e30            | s3.object.size is 1.0E30, expected a number of bytes",
        "\"size\":553648128        | \"size\":1.5             | s3.object.size is 1.5, expected a number of bytes",
        "\"name\":\"noaa-gfs-bdp-pds\" | \"name\":\"a/b\"     | s3.bucket.name is \"a/b\", expected the name of a bucket",
        "\"name\":\"noaa-gfs-bdp-pds\" | \"name\":null        | s3.bucket.name is null, expected a text",
        "\"bucket\":               | \"buckets\":             | s3.bucket.name is missing, expected a text",
        "\"object\":               | \"objects\":             | s3.object.key is missing, expected a text",
        "\"sequencer\":\"0055AED   | \"sequencer\":\"xyz     | expected hexadecimal digits",
        "\"eTag\":\"               | \"eTag\":5, \"x\":\"     | s3.object.eTag is 5, expected a text"
      })
  void wrongFieldsAreNamed(String right, String wrong, String why) {
    String body = Messages.created().body();
    assertThat(body, containsString(right));

    S3Message message = S3MessageParser.parse(body.replace(right, wrong));

    assertThat(message.announcements(), empty());
    assertThat(message.faults(), contains(containsString(why)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"50%", "50%2", "50%zz", "%+1", "%C3", "%FF", "a%C3%28"})
  void wronglyEncodedKeysAreMalformed(String key) {
    assertThat(
        S3MessageParser.parse(Messages.created().key(key).body()).faults(),
        contains(containsString("expected a URL-encoded key")));
  }

  @Test
  void everyPrefixOfAMessageIsMalformed() {
    String body = Messages.fromTopic(Messages.created().body());

    for (int length = 0; length < body.length(); length++) {
      S3Message message = S3MessageParser.parse(body.substring(0, length));
      assertThat(message.isMalformed(), equalTo(true));
      assertThat(message.announcements(), empty());
    }
  }

  @Test
  void deepNestingIsMalformed() {
    assertThat(
        S3MessageParser.parse("[".repeat(100_000)).faults(),
        contains(startsWith("it is not JSON")));
    String body = Messages.created().body();
    for (int envelope = 0; envelope < 4; envelope++) {
      body = Messages.fromTopic(body);
    }
    assertThat(S3MessageParser.parse(body).faults(), contains("it is in more than 3 SNS messages"));
  }
}
