package dev.firn.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;

/** Messages as they come to a queue; each test changes what matters to it. */
final class Messages {
  static final String TEST_EVENT =
      """
      {"Service": "Amazon S3", "Event": "s3:TestEvent", "Time": "2026-11-20T09:00:00.000Z", "Bucket": "noaa-gfs-bdp-pds",
       "RequestId": "5582815E1AEA5ADF", "HostId": "8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3eKxsPzbB9wrR+YstdA6Knx4Ip8EXAMPLE"}
      """;

  static final String SUBSCRIPTION_CONFIRMATION =
      """
      {"Type": "SubscriptionConfirmation", "MessageId": "165545c9-2a5c-472c-8df2-7ff2be2b3b1b", "Token": "2336412f37fb687f",
       "TopicArn": "arn:aws:sns:us-east-1:123901341784:NewGFSObject", "Message": "You have chosen to subscribe",
       "SubscribeURL": "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription", "Timestamp": "2026-11-20T08:00:00.000Z"}
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String RECORD =
      """
      {"eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": "us-east-1", "eventTime": "2026-11-20T09:41:07.123Z",
       "eventName": "ObjectCreated:CompleteMultipartUpload", "userIdentity": {"principalId": "AWS:AIDAEXAMPLE"},
       "requestParameters": {"sourceIPAddress": "203.0.113.7"},
       "responseElements": {"x-amz-request-id": "C3D13FE58DE4C810", "x-amz-id-2": "FMyUVURIY8"},
       "s3": {"s3SchemaVersion": "1.0", "configurationId": "NewObject",
              "bucket": {"name": "noaa-gfs-bdp-pds", "ownerIdentity": {"principalId": "A2OKUFEXAMPLE"},
                         "arn": "arn:aws:s3:::noaa-gfs-bdp-pds"},
              "object": {"key": "gfs.20261120/06/atmos/gfs.t06z.pgrb2.0p25.f003", "size": 553648128,
                         "eTag": "5d41402abc4b2a76b9719d911017c592-66", "versionId": "096fKKXTRTtl3on89fVO",
                         "sequencer": "0055AED6DCD90281E5"}}}
      """;

  private final ObjectNode record;

  private Messages(ObjectNode record) {
    this.record = record;
  }

  /** A lead time of GFS that was created. */
  static Messages created() {
    return new Messages(json(RECORD));
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  Messages version(String version) {
    record.put("eventVersion", version);
    return this;
  }

  Messages name(String name) {
    record.put("eventName", name);
    return this;
  }

  Messages key(String key) {
    ((ObjectNode) record.at("/s3/object")).put("key", key);
    return this;
  }

  Messages bucket(String bucket) {
    ((ObjectNode) record.at("/s3/bucket")).put("name", bucket);
    return this;
  }

  Messages without(String property) {
    ((ObjectNode) record.at("/s3/object")).remove(property);
    return this;
  }

  String record() {
    return record.toString();
  }

  String body() {
    return of(record());
  }

  static String of(String... records) {
    return "{\"Records\":[" + String.join(",", records) + "]}";
  }

  /** As a topic of SNS wraps it without raw delivery. */
  static String fromTopic(String message) {
    return JSON.createObjectNode()
        .put("Type", "Notification")
        .put("MessageId", "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324")
        .put("TopicArn", "arn:aws:sns:us-east-1:123901341784:NewGFSObject")
        .put("Subject", "Amazon S3 Notification")
        .put("Message", message)
        .put("Timestamp", "2026-11-20T09:41:08.001Z")
        .put("SignatureVersion", "1")
        .put("Signature", "EXAMPLEw6JRN")
        .put("SigningCertURL", "https://sns.us-east-1.amazonaws.com/SimpleNotificationService.pem")
        .put("UnsubscribeURL", "https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe")
        .toString();
  }

  /** The same creation, as EventBridge tells it. */
  static String fromBus(String detailType) {
    ObjectNode event =
        json(
            """
            {"version": "0", "id": "17793124-05d4-b198-2fde-7ededc63b103", "source": "aws.s3", "account": "123456789012",
             "time": "2026-11-20T09:41:07.123Z", "region": "us-east-1", "resources": ["arn:aws:s3:::noaa-gfs-bdp-pds"],
             "detail": {"version": "0", "bucket": {"name": "noaa-gfs-bdp-pds"},
                        "object": {"key": "gfs.20261120/06/atmos/gfs.t06z.pgrb2.0p25.f003", "size": 553648128,
                                   "etag": "5d41402abc4b2a76b9719d911017c592-66", "sequencer": "0055AED6DCD90281E5"},
                        "request-id": "N4N7GDK58NMKJ12R", "requester": "123456789012", "reason": "PutObject"}}
            """);
    return event.put("detail-type", detailType).toString();
  }
}
