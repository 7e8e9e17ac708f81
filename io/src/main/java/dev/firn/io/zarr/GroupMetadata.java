package dev.firn.io.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The metadata of a group (Zarr v3 core, section "Group metadata").
 *
 * @param attributes what users say of the group; copied in and out, in order
 * @param consolidated the metadata of all nodes below the group, however deep, by their path from
 *     it, if the group's document has them. As zarr-python flattens them, groups among them have
 *     empty consolidated metadata
 */
public record GroupMetadata(
    ObjectNode attributes, Optional<SortedMap<NodePath, NodeMetadata>> consolidated)
    implements NodeMetadata {

  /** Copies what is mutable. */
  public GroupMetadata {
    attributes = attributes.deepCopy();
    consolidated = consolidated.map(GroupMetadata::flattened);
  }

  /** A group without consolidated metadata. */
  public static GroupMetadata of(ObjectNode attributes) {
    return new GroupMetadata(attributes, Optional.empty());
  }

  private static SortedMap<NodePath, NodeMetadata> flattened(
      SortedMap<NodePath, NodeMetadata> members) {
    SortedMap<NodePath, NodeMetadata> flat = new TreeMap<>();
    for (Map.Entry<NodePath, NodeMetadata> member : members.entrySet()) {
      if (member.getKey().equals(NodePath.ROOT)) {
        throw new IllegalArgumentException(
            "Invalid consolidated metadata: it has the group itself");
      }
      flat.put(
          member.getKey(),
          member.getValue() instanceof GroupMetadata group
              ? new GroupMetadata(group.attributes, Optional.of(Collections.emptySortedMap()))
              : member.getValue());
    }
    return Collections.unmodifiableSortedMap(flat);
  }

  @Override
  public ObjectNode attributes() {
    return attributes.deepCopy();
  }

  /** The same group with the metadata of these nodes below it in its document. */
  public GroupMetadata withConsolidated(SortedMap<NodePath, NodeMetadata> members) {
    return new GroupMetadata(attributes, Optional.of(members));
  }

  /**
   * The content of a stored document.
   *
   * @throws CorruptInputException when it breaks the specification or is that of an array
   * @throws dev.firn.io.UnsupportedFeatureException when it uses something Firn does not know
   */
  public static GroupMetadata parse(byte[] document, Origin origin) {
    return parse(ZarrJson.parse(document, origin), origin);
  }

  /** As above, of parsed JSON. */
  public static GroupMetadata parse(JsonNode document, Origin origin) {
    if (NodeMetadata.parse(document, origin) instanceof GroupMetadata group) {
      return group;
    }
    throw new CorruptInputException(
        "read group metadata", origin, "it is an array, expected a group");
  }

  @Override
  public JsonNode toJson() {
    return GroupMetadataJson.toJson(this);
  }
}
