package dev.firn.io.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Group metadata documents with inline consolidated metadata, which is zarr-python's convention:
 * fields in the order in which it writes them.
 */
final class GroupMetadataJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String CONSOLIDATED = "consolidated_metadata";

  private GroupMetadataJson() {}

  static GroupMetadata parse(JsonFields fields) {
    fields.allowOnly(Set.of("attributes", "zarr_format", CONSOLIDATED, "node_type"));
    return new GroupMetadata(
        NodeMetadata.attributes(fields),
        fields
            .optional(CONSOLIDATED)
            .map(node -> JsonFields.of(node, CONSOLIDATED, fields.origin()))
            .map(GroupMetadataJson::consolidated));
  }

  private static SortedMap<NodePath, NodeMetadata> consolidated(JsonFields fields) {
    Origin origin = fields.origin();
    if (!fields.text("kind").equals("inline")) {
      throw new UnsupportedFeatureException(
          "consolidated metadata of kind '" + fields.text("kind") + "'", origin);
    }
    SortedMap<NodePath, NodeMetadata> members = new TreeMap<>();
    for (Map.Entry<String, JsonNode> member : fields.required("metadata").properties()) {
      Origin place = Origin.of(origin.name() + " (member '" + member.getKey() + "')");
      members.put(path(member.getKey(), place), NodeMetadata.parse(member.getValue(), place));
    }
    return members;
  }

  private static NodePath path(String name, Origin origin) {
    try {
      NodePath path = new NodePath(name);
      if (!path.equals(NodePath.ROOT)) {
        return path;
      }
      throw new IllegalArgumentException("the name is empty");
    } catch (IllegalArgumentException invalid) {
      throw new CorruptInputException("read metadata", origin, invalid.getMessage(), invalid);
    }
  }

  static JsonNode toJson(GroupMetadata group) {
    ObjectNode document = JSON.objectNode();
    document.set("attributes", group.attributes());
    document.put("zarr_format", 3);
    Optional<ObjectNode> consolidated = group.consolidated().map(GroupMetadataJson::toJson);
    consolidated.ifPresent(node -> document.set(CONSOLIDATED, node));
    document.put("node_type", "group");
    return document;
  }

  private static ObjectNode toJson(SortedMap<NodePath, NodeMetadata> members) {
    ObjectNode metadata = JSON.objectNode();
    members.forEach((path, member) -> metadata.set(path.value(), member.toJson()));
    ObjectNode consolidated = JSON.objectNode().put("kind", "inline").put("must_understand", false);
    return consolidated.set("metadata", metadata);
  }
}
