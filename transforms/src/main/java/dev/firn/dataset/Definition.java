package dev.firn.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One mapping of a dataset's definition, read strictly: what is missing, of the wrong kind or never
 * asked for is an error that names the place.
 */
final class Definition {
  private static final Pattern DURATION = Pattern.compile("(\\d+)(s|m|h|d)");

  private final String place;
  private final ObjectNode node;
  private final Set<String> unread = new LinkedHashSet<>();

  private Definition(String place, ObjectNode node) {
    this.place = place;
    this.node = node;
    node.fieldNames().forEachRemaining(unread::add);
  }

  static Definition of(String place, JsonNode node) {
    if (node instanceof ObjectNode object) {
      return new Definition(place, object);
    }
    throw new ConfigurationException("Invalid " + place + ": expected a mapping, found " + node);
  }

  /** Ends the reading: a key that nobody asked for is a mistake. */
  <T> T complete(T value) {
    if (!unread.isEmpty()) {
      throw new ConfigurationException(
          "Invalid " + place + ": unknown key '" + unread.iterator().next() + "'");
    }
    return value;
  }

  boolean has(String key) {
    return node.hasNonNull(key);
  }

  boolean isText(String key) {
    return node.path(key).isTextual();
  }

  private JsonNode required(String key) {
    unread.remove(key);
    JsonNode value = node.get(key);
    if (value == null || value.isNull()) {
      throw new ConfigurationException("Invalid " + place + ": '" + key + "' is missing");
    }
    return value;
  }

  ConfigurationException invalid(String key, String expected) {
    return new ConfigurationException(
        "Invalid " + place + ": '" + key + "' is " + node.get(key) + ", expected " + expected);
  }

  /** What cannot be built from it, because {@code cause} says so, is invalid here. */
  ConfigurationException invalid(RuntimeException cause) {
    return new ConfigurationException("Invalid " + place + ": " + cause.getMessage(), cause);
  }

  <T> Optional<T> optional(String key, Function<String, T> read) {
    return has(key) ? Optional.of(read.apply(key)) : Optional.empty();
  }

  Definition child(String key) {
    return of(place + ", " + key, required(key));
  }

  /** The children of a mapping, in its order. */
  Map<String, Definition> children(String key) {
    Map<String, Definition> children = new LinkedHashMap<>();
    Definition parent = child(key);
    parent
        .node
        .fields()
        .forEachRemaining(
            e -> children.put(e.getKey(), of(parent.place + "." + e.getKey(), e.getValue())));
    return children;
  }

  /** A sequence of mappings. */
  List<Definition> sequence(String key) {
    List<Definition> children = new ArrayList<>();
    JsonNode value = required(key);
    if (!value.isArray()) {
      throw invalid(key, "a sequence");
    }
    for (JsonNode child : value) {
      children.add(of(place + ", " + key + "[" + children.size() + "]", child));
    }
    return children;
  }

  /** The keys, in their order. */
  List<String> keys() {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /** A mapping of texts, whole. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    keys().forEach(key -> texts.put(key, text(key)));
    return complete(texts);
  }

  /**
   * One text, or a sequence of them.
   *
   * @return at least one
   */
  List<String> texts(String key) {
    JsonNode value = required(key);
    List<String> texts = new ArrayList<>();
    for (JsonNode text : value.isArray() ? value : List.of(value)) {
      if (!text.isTextual()) {
        throw invalid(key, "text, or a sequence of texts");
      }
      texts.add(text.textValue());
    }
    if (texts.isEmpty()) {
      throw invalid(key, "at least one text");
    }
    return texts;
  }

  /**
   * The rules under a key: a sequence of mappings. Where no conditions are needed, text or a
   * sequence of texts stands for a rule with that under {@code is}.
   */
  List<Definition> rules(String key) {
    JsonNode value = required(key);
    if (value.isTextual() || value.path(0).isTextual()) {
      ObjectNode rule = node.objectNode();
      rule.set("is", value);
      return List.of(new Definition(place + ", " + key, rule));
    }
    return sequence(key);
  }

  /** A copy with the keys of {@code more}, which win over its own, in the place of that. */
  Definition with(Definition more) {
    ObjectNode both = node.deepCopy();
    both.setAll(more.node);
    return new Definition(more.place, both);
  }

  /** A copy without some keys. */
  Definition without(String... keys) {
    ObjectNode rest = node.deepCopy();
    rest.remove(List.of(keys));
    return new Definition(place, rest);
  }

  ObjectNode attributes(String key) {
    if (required(key) instanceof ObjectNode attributes) {
      return attributes.deepCopy();
    }
    throw invalid(key, "a mapping");
  }

  String text(String key) {
    JsonNode value = required(key);
    if (!value.isTextual()) {
      throw invalid(key, "text");
    }
    return value.textValue();
  }

  int integer(String key) {
    JsonNode value = required(key);
    if (!value.canConvertToInt() || !value.isIntegralNumber()) {
      throw invalid(key, "a whole number");
    }
    return value.intValue();
  }

  double number(String key) {
    JsonNode value = required(key);
    if (!value.isNumber()) {
      throw invalid(key, "a number");
    }
    return value.doubleValue();
  }

  boolean flag(String key) {
    JsonNode value = required(key);
    if (!value.isBoolean()) {
      throw invalid(key, "true or false");
    }
    return value.booleanValue();
  }

  List<Integer> integers(String key) {
    List<Integer> integers = new ArrayList<>();
    for (JsonNode value : required(key)) {
      if (!value.isIntegralNumber()) {
        throw invalid(key, "a sequence of whole numbers");
      }
      integers.add(value.intValue());
    }
    return integers;
  }

  Instant instant(String key) {
    try {
      return Instant.parse(text(key));
    } catch (DateTimeParseException malformed) {
      throw new ConfigurationException(
          invalid(key, "a time like 2021-05-01T00:00:00Z").getMessage(), malformed);
    }
  }

  Duration duration(String key) {
    Matcher matcher = DURATION.matcher(required(key).asText());
    if (!matcher.matches()) {
      throw invalid(key, "a duration like 30m, 6h or 1d");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  /** One of an enum's constants, written in lower case. */
  <E extends Enum<E>> E choice(String key, Class<E> type) {
    String text = text(key);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(text)) {
        return constant;
      }
    }
    throw invalid(
        key,
        "one of " + List.of(type.getEnumConstants()).toString().toLowerCase(java.util.Locale.ROOT));
  }
}
