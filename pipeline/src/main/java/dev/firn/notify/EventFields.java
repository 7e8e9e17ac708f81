package dev.firn.notify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.io.object.ETag;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the fields of one event.
 *
 * @param event the JSON object
 * @param name what errors call it
 */
record EventFields(JsonNode event, String name) {
  private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,254}");
  private static final Pattern SEQUENCER = Pattern.compile("[0-9A-Fa-f]{0,64}");

  /** The text at {@code pointer}, a JSON Pointer. */
  String text(String pointer) throws MalformedEventException {
    JsonNode value = event.at(pointer);
    if (!value.isTextual() || value.textValue().isEmpty()) {
      throw wrong(pointer, value, "a text");
    }
    return value.textValue();
  }

  private Optional<String> optionalText(String pointer) throws MalformedEventException {
    JsonNode value = event.at(pointer);
    return value.isMissingNode() || value.isNull() || value.asText().isEmpty()
        ? Optional.empty()
        : Optional.of(text(pointer));
  }

  Instant time(String pointer) throws MalformedEventException {
    String text = text(pointer);
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException malformed) {
      throw wrong(pointer, event.at(pointer), "a time like 2026-01-02T03:04:05.678Z");
    }
  }

  String bucket(String pointer) throws MalformedEventException {
    String bucket = text(pointer);
    if (!BUCKET.matcher(bucket).matches()) {
      throw wrong(pointer, event.at(pointer), "the name of a bucket");
    }
    return bucket;
  }

  /** A number of bytes, 0 if there is none. */
  long size(String pointer) throws MalformedEventException {
    JsonNode value = event.at(pointer);
    if (value.isMissingNode() || value.isNull()) {
      return 0;
    }
    if (!value.canConvertToLong() || !value.isIntegralNumber() || value.longValue() < 0) {
      throw wrong(pointer, value, "a number of bytes");
    }
    return value.longValue();
  }

  /** Messages tell it without the quotation marks that belong to it. */
  Optional<ETag> version(String pointer) throws MalformedEventException {
    return optionalText(pointer)
        .map(text -> new ETag(text.startsWith("\"") ? text : "\"" + text + "\""));
  }

  String sequencer(String pointer) throws MalformedEventException {
    String sequencer = optionalText(pointer).orElse("");
    if (!SEQUENCER.matcher(sequencer).matches()) {
      throw wrong(pointer, event.at(pointer), "hexadecimal digits");
    }
    return sequencer;
  }

  MalformedEventException wrong(String pointer, JsonNode found, String expected) {
    String shown = found.isMissingNode() ? "missing" : found.toString();
    return new MalformedEventException(
        name
            + ": "
            + pointer.substring(1).replace('/', '.')
            + " is "
            + (shown.length() > 100 ? shown.substring(0, 100) + "…" : shown)
            + ", expected "
            + expected);
  }
}
