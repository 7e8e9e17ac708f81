package dev.firn.io.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The fields of one object of a metadata document: what is wrong with them names both. */
final class JsonFields {
  private final ObjectNode object;
  private final String where;
  private final Origin origin;

  private JsonFields(ObjectNode object, String where, Origin origin) {
    this.object = object;
    this.where = where;
    this.origin = origin;
  }

  /**
   * The fields of {@code node}, which lies at {@code where} of the document, empty for its root.
   */
  static JsonFields of(JsonNode node, String where, Origin origin) {
    if (node instanceof ObjectNode object) {
      return new JsonFields(object, where, origin);
    }
    throw invalid(where.isEmpty() ? "document" : where, node, "an object", origin);
  }

  static JsonFields empty(String where, Origin origin) {
    return new JsonFields(JsonNodeFactory.instance.objectNode(), where, origin);
  }

  Origin origin() {
    return origin;
  }

  /** The field's name with the place of this object before it. */
  String path(String field) {
    return where.isEmpty() ? field : where + "." + field;
  }

  /** The field, unless it is missing or null. */
  Optional<JsonNode> optional(String field) {
    return Optional.ofNullable(object.get(field)).filter(node -> !node.isNull());
  }

  JsonNode required(String field) {
    return optional(field)
        .orElseThrow(
            () ->
                new CorruptInputException(
                    "read metadata", origin, "'" + path(field) + "' is missing"));
  }

  String text(String field) {
    JsonNode node = required(field);
    require(node.isTextual(), field, node, "a string");
    return node.textValue();
  }

  boolean bool(String field) {
    JsonNode node = required(field);
    require(node.isBoolean(), field, node, "true or false");
    return node.booleanValue();
  }

  int integer(String field) {
    JsonNode node = required(field);
    require(node.isIntegralNumber() && node.canConvertToInt(), field, node, "an integer");
    return node.intValue();
  }

  List<Integer> integers(String field) {
    String expected = "a list of integers below 2147483648";
    return list(
        field,
        element -> {
          require(
              element.isIntegralNumber() && element.canConvertToInt(), field, element, expected);
          return element.intValue();
        });
  }

  List<Long> longs(String field) {
    return list(
        field,
        element -> {
          require(
              element.isIntegralNumber() && element.canConvertToLong(),
              field,
              element,
              "a list of integers");
          return element.longValue();
        });
  }

  <T> List<T> list(String field, Function<JsonNode, T> parser) {
    JsonNode node = required(field);
    require(node.isArray(), field, node, "a list");
    List<T> list = new ArrayList<>();
    node.forEach(element -> list.add(parser.apply(element)));
    return List.copyOf(list);
  }

  /** The value of {@code candidates} that {@code name} calls as the field does. */
  <T> T choice(String field, List<T> candidates, Function<T, String> name) {
    JsonNode node = required(field);
    List<String> names = candidates.stream().map(name).toList();
    int index = names.indexOf(node.textValue());
    require(index >= 0, field, node, "one of " + names);
    return candidates.get(index);
  }

  private void require(boolean condition, String field, JsonNode found, String expected) {
    if (!condition) {
      throw invalid(path(field), found, expected, origin);
    }
  }

  private static CorruptInputException invalid(
      String path, JsonNode found, String expected, Origin origin) {
    return new CorruptInputException(
        "read metadata", origin, "'" + path + "' is " + found + ", expected " + expected);
  }

  /** Refuses fields of other names, unless they say themselves that readers may ignore them. */
  void allowOnly(Set<String> known) {
    for (Iterator<Map.Entry<String, JsonNode>> fields = object.fields(); fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      boolean ignorable =
          field.getValue().path("must_understand").isBoolean()
              && !field.getValue().path("must_understand").booleanValue();
      if (!known.contains(field.getKey()) && !ignorable) {
        throw new UnsupportedFeatureException(
            "metadata field '" + path(field.getKey()) + "'", origin);
      }
    }
  }
}
