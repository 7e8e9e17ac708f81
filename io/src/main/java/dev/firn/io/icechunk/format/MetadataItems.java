package dev.firn.io.icechunk.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Vectors of {@code MetadataItem}: JSON values by name, in MessagePack in version 1 and in
 * FlexBuffers in version 2.
 */
final class MetadataItems {
  private static final int NAME = 0;
  private static final int VALUE = 1;

  private MetadataItems() {}

  static SortedMap<String, JsonNode> read(FlatVector items, int specVersion) {
    SortedMap<String, JsonNode> metadata = new TreeMap<>(Utf8Order.COMPARATOR);
    for (FlatTable item : items.tables()) {
      Bytes value = item.byteVector(VALUE);
      JsonNode json =
          specVersion == 1
              ? MessagePackReader.read(value, item.bytes())
              : FlexReader.read(value, item.bytes());
      String name = item.string(NAME);
      if (metadata.put(name, json) != null) {
        throw item.bytes().corrupt("two metadata items named " + name);
      }
    }
    return metadata;
  }

  static int write(FlatWriter out, SortedMap<String, JsonNode> metadata) {
    Positions items = new Positions();
    for (Map.Entry<String, JsonNode> item : metadata.entrySet()) {
      int key = out.string(item.getKey());
      int value = out.bytes(FlexWriter.write(item.getValue()));
      items.add(out.table(2).pointer(NAME, key).pointer(VALUE, value).end());
    }
    return out.pointers(items);
  }
}
