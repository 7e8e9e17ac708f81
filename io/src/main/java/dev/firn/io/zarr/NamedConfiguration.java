package dev.firn.io.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.Origin;

/**
 * An extension point of a metadata document (Zarr v3 core, section "Extension points"): an object
 * with a name and, if there is something to configure, a configuration, or the name alone.
 *
 * @param name what is used
 * @param configuration how
 */
record NamedConfiguration(String name, JsonFields configuration) {

  static NamedConfiguration parse(JsonNode node, String where, Origin origin) {
    if (node.isTextual()) {
      return new NamedConfiguration(node.textValue(), JsonFields.empty(where, origin));
    }
    JsonFields fields = JsonFields.of(node, where, origin);
    String place = fields.path("configuration");
    return new NamedConfiguration(
        fields.text("name"),
        fields
            .optional("configuration")
            .map(configuration -> JsonFields.of(configuration, place, origin))
            .orElseGet(() -> JsonFields.empty(place, origin)));
  }

  static ObjectNode toJson(String name, ObjectNode configuration) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("name", name);
    return configuration.isEmpty() ? node : node.set("configuration", configuration);
  }
}
