package dev.firn.dataset;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The coordinate reference systems that definitions may name, as the attributes of a grid mapping
 * variable: the CF conventions' own, and the same as well-known text the way GDAL writes it.
 */
final class ReferenceSystems {
  private static final String RESOURCE = "reference-systems.json";
  private static final ObjectNode SYSTEMS = load();

  private ReferenceSystems() {}

  private static ObjectNode load() {
    try (InputStream in = ReferenceSystems.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("Firn was built without " + RESOURCE);
      }
      return (ObjectNode) new ObjectMapper().readTree(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The attributes of the system with this name. */
  static Optional<ObjectNode> find(String name) {
    return SYSTEMS.get(name) instanceof ObjectNode system ? Optional.of(system) : Optional.empty();
  }

  /** The names there are. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    SYSTEMS.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /**
   * The attributes of a grid mapping variable: those of a system, its text a second time under the
   * name that GDAL looks for.
   */
  static ObjectNode gridMapping(ObjectNode system) {
    ObjectNode attributes = JsonNodeFactory.instance.objectNode();
    system
        .fields()
        .forEachRemaining(
            attribute -> {
              attributes.set(attribute.getKey(), attribute.getValue());
              if (attribute.getKey().equals("grid_mapping_name") && system.has("crs_wkt")) {
                attributes.set("spatial_ref", system.get("crs_wkt"));
              }
            });
    return attributes;
  }
}
