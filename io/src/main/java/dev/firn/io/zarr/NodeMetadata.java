package dev.firn.io.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.util.Optional;

/** The metadata document of a node, {@code zarr.json} (Zarr v3 core, section "Metadata"). */
public sealed interface NodeMetadata permits ArrayMetadata, GroupMetadata {

  /** What users say of the node. */
  ObjectNode attributes();

  /** The document, in the order of fields in which zarr-python writes them. */
  JsonNode toJson();

  /** The document as it is stored. */
  default byte[] toBytes() {
    return ZarrJson.write(toJson());
  }

  /**
   * The content of a stored document.
   *
   * @throws CorruptInputException when it breaks the specification
   * @throws dev.firn.io.UnsupportedFeatureException when it uses something Firn does not know
   */
  static NodeMetadata parse(byte[] document, Origin origin) {
    return parse(ZarrJson.parse(document, origin), origin);
  }

  /** As above, of parsed JSON. */
  static NodeMetadata parse(JsonNode document, Origin origin) {
    JsonFields fields = JsonFields.of(document, "", origin);
    int format = fields.integer("zarr_format");
    if (format != 3) {
      throw new CorruptInputException(
          "read metadata", origin, "'zarr_format' is " + format + ", expected 3");
    }
    String type = fields.text("node_type");
    return switch (type) {
      case "array" -> ArrayMetadataJson.parse(fields);
      case "group" -> GroupMetadataJson.parse(fields);
      default ->
          throw new CorruptInputException(
              "read metadata",
              origin,
              "'node_type' is \"" + type + "\", expected \"array\" or \"group\"");
    };
  }

  /** The attributes of a parsed document, none where it states none. */
  static ObjectNode attributes(JsonFields fields) {
    Optional<JsonNode> node = fields.optional("attributes");
    if (node.isEmpty()) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (node.get() instanceof ObjectNode attributes) {
      return attributes;
    }
    throw new CorruptInputException(
        "read metadata", fields.origin(), "'attributes' is " + node.get() + ", expected an object");
  }
}
