package dev.firn.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads messages about objects on S3, in each of the forms in which they come to a queue:
 *
 * <ul>
 *   <li>S3's own: {@code {"Records": [{"eventVersion": "2.1", "eventName": "ObjectCreated:Put",
 *       "s3": {"bucket": …, "object": …}}, …]}}, of any version 2; keys are written as in a URL's
 *       query
 *   <li>the message that S3 sends when notifications are set up: {@code "Event": "s3:TestEvent"}
 *   <li>EventBridge's: {@code {"source": "aws.s3", "detail-type": "Object Created", "detail": …}};
 *       keys are as they are
 *   <li>SNS's: one of these as the text {@code "Message"} of {@code "Type": "Notification"}, or
 *       what SNS says of subscriptions
 * </ul>
 *
 * Events other than creation are counted and not looked into.
 */
final class S3MessageParser {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** One topic may pass on what another said. */
  private static final int MOST_ENVELOPES = 3;

  private static final Set<String> ABOUT_SUBSCRIPTIONS =
      Set.of("SubscriptionConfirmation", "UnsubscribeConfirmation");

  private S3MessageParser() {}

  /** What {@code body}, the whole text of a message, says. */
  static S3Message parse(String body) {
    return parse(body, 0);
  }

  private static S3Message parse(String body, int envelopes) {
    JsonNode message;
    try {
      message = JSON.readTree(body);
    } catch (JsonProcessingException malformed) {
      return S3Message.malformed("it is not JSON: " + malformed.getOriginalMessage());
    }
    if (message.path("Type").isTextual() && !message.has("Records")) {
      return ofTopic(message, envelopes);
    }
    if (message.path("Event").asText().equals("s3:TestEvent")) {
      return S3Message.ofNoInterest();
    }
    if (message.has("detail-type")) {
      return ofBus(message);
    }
    if (message.path("Records").isArray()) {
      return ofRecords(message.get("Records"));
    }
    return S3Message.malformed("it is none of the messages about objects on S3");
  }

  private static S3Message ofTopic(JsonNode message, int envelopes) {
    if (ABOUT_SUBSCRIPTIONS.contains(message.get("Type").textValue())) {
      return S3Message.ofNoInterest();
    }
    if (!message.path("Message").isTextual()) {
      return S3Message.malformed("it is an SNS message without a text as its Message");
    }
    return envelopes == MOST_ENVELOPES
        ? S3Message.malformed("it is in more than " + MOST_ENVELOPES + " SNS messages")
        : parse(message.get("Message").textValue(), envelopes + 1);
  }

  private static S3Message ofRecords(JsonNode records) {
    List<Announcement> announcements = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    int ignored = 0;
    for (int number = 0; number < records.size(); number++) {
      S3Message one = ofRecord(new EventFields(records.get(number), "Records[" + number + "]"));
      announcements.addAll(one.announcements());
      faults.addAll(one.faults());
      ignored += one.ignored();
    }
    return new S3Message(announcements, ignored, faults);
  }

  private static S3Message ofRecord(EventFields record) {
    try {
      if (!record.text("/eventVersion").matches("2\\.\\d+")) {
        throw record.wrong("/eventVersion", record.event().get("eventVersion"), "2.x");
      }
      String name = record.text("/eventName");
      boolean isOfS3 = record.text("/eventSource").endsWith(":s3");
      return isOfS3 && name.matches("(s3:)?ObjectCreated:.*")
          ? S3Message.announcing(created(record))
          : S3Message.ofNoInterest();
    } catch (MalformedEventException malformed) {
      return S3Message.malformed(malformed.getMessage());
    }
  }

  private static Announcement created(EventFields record) throws MalformedEventException {
    String key =
        FormText.decoded(record.text("/s3/object/key"))
            .orElseThrow(
                () ->
                    record.wrong(
                        "/s3/object/key",
                        record.event().at("/s3/object/key"),
                        "a URL-encoded key"));
    return new Announcement(
        "s3://" + record.bucket("/s3/bucket/name") + "/" + key,
        record.version("/s3/object/eTag"),
        record.size("/s3/object/size"),
        record.time("/eventTime"),
        record.sequencer("/s3/object/sequencer"));
  }

  private static S3Message ofBus(JsonNode message) {
    EventFields event = new EventFields(message, "the event");
    try {
      boolean isOfS3 = event.text("/source").equals("aws.s3");
      return isOfS3 && event.text("/detail-type").equals("Object Created")
          ? S3Message.announcing(
              new Announcement(
                  "s3://"
                      + event.bucket("/detail/bucket/name")
                      + "/"
                      + event.text("/detail/object/key"),
                  event.version("/detail/object/etag"),
                  event.size("/detail/object/size"),
                  event.time("/time"),
                  event.sequencer("/detail/object/sequencer")))
          : S3Message.ofNoInterest();
    } catch (MalformedEventException malformed) {
      return S3Message.malformed(malformed.getMessage());
    }
  }
}
