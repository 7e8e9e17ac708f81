package dev.firn.io.zarr;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GroupMetadataTest {
  private static final Origin ORIGIN = Origin.of("zarr.json");
  private static final GroupMetadata EMPTY =
      GroupMetadata.of(JsonNodeFactory.instance.objectNode());

  private static GroupMetadata parse(String document) {
    return GroupMetadata.parse(document.getBytes(StandardCharsets.UTF_8), ORIGIN);
  }

  @Test
  void documentsAreThoseOfZarrPython() {
    ObjectNode attributes = JsonNodeFactory.instance.objectNode().put("x", 1);
    SortedMap<NodePath, NodeMetadata> members = new TreeMap<>();
    members.put(new NodePath("g"), GroupMetadata.of(attributes));

    byte[] document = EMPTY.withConsolidated(members).toBytes();

    assertThat(
        new String(document, StandardCharsets.UTF_8),
        equalTo(
            """
            {
              "attributes": {},
              "zarr_format": 3,
              "consolidated_metadata": {
                "kind": "inline",
                "must_understand": false,
                "metadata": {
                  "g": {
                    "attributes": {
                      "x": 1
                    },
                    "zarr_format": 3,
                    "consolidated_metadata": {
                      "kind": "inline",
                      "must_understand": false,
                      "metadata": {}
                    },
                    "node_type": "group"
                  }
                }
              },
              "node_type": "group"
            }"""));
    assertThat(GroupMetadata.parse(document, ORIGIN), equalTo(EMPTY.withConsolidated(members)));
  }

  @Test
  void nullConsolidatedMetadataAreNone() {
    GroupMetadata group =
        parse("{\"zarr_format\": 3, \"node_type\": \"group\", \"consolidated_metadata\": null}");

    assertThat(group, equalTo(EMPTY));
  }

  @Test
  void errorsInConsolidatedMetadataNameTheMember() {
    String start = "{\"zarr_format\": 3, \"node_type\": \"group\", \"consolidated_metadata\": ";
    String member =
        start + "{\"kind\": \"inline\", \"metadata\": {\"a/b\": {\"zarr_format\": 3}}}}";
    String name = start + "{\"kind\": \"inline\", \"metadata\": {\"a//b\": {}}}}";
    String kind = start + "{\"kind\": \"other\", \"metadata\": {}}}";

    assertThat(
        assertThrows(CorruptInputException.class, () -> parse(member)).getMessage(),
        equalTo("Cannot read metadata in zarr.json (member 'a/b'): 'node_type' is missing"));
    assertThat(
        assertThrows(CorruptInputException.class, () -> parse(name)).getMessage(),
        equalTo(
            "Cannot read metadata in zarr.json (member 'a//b'): Invalid object path 'a//b': expected"
                + " segments joined by '/', none of them empty, '.' or '..'"));
    assertThat(
        assertThrows(UnsupportedFeatureException.class, () -> parse(kind)).getMessage(),
        equalTo("Unsupported consolidated metadata of kind 'other' in zarr.json"));
  }

  @Test
  void aGroupIsNotItsOwnMember() {
    SortedMap<NodePath, NodeMetadata> members = new TreeMap<>();
    members.put(NodePath.ROOT, EMPTY);

    assertThrows(IllegalArgumentException.class, () -> EMPTY.withConsolidated(members));
    assertThat(
        EMPTY.withConsolidated(new TreeMap<>()).consolidated().orElseThrow().size(), equalTo(0));
  }
}
