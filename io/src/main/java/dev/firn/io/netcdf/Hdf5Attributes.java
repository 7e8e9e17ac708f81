package dev.firn.io.netcdf;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import io.jhdf.api.Attribute;
import io.jhdf.api.Node;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the attributes of groups and variables.
 *
 * @param owner of them, as errors name it
 */
record Hdf5Attributes(String owner, Origin origin, Heap heap) {

  /** All but {@code REFERENCE_LIST}, which says of a dimension what variables say themselves. */
  Map<String, NetcdfAttribute> of(Node node) {
    Map<String, NetcdfAttribute> attributes = new LinkedHashMap<>();
    node.getAttributes()
        .forEach(
            (name, attribute) -> {
              if (!name.equals(Hdf5Dimensions.REFERENCES)) {
                attributes.put(name, read(name, attribute));
              }
            });
    return attributes;
  }

  private NetcdfAttribute read(String name, Attribute attribute) {
    String described = "attribute " + name + " of " + owner;
    return LibraryCall.ask(
        "read " + described,
        origin,
        () -> {
          NetcdfType type = new Hdf5Types(described, origin).type(attribute.getDataType());
          if (attribute.isEmpty()) {
            return new NetcdfAttribute(name, type, List.of(0), List.of());
          }
          List<Integer> shape = Arrays.stream(attribute.getDimensions()).boxed().toList();
          ByteBuffer stored = attribute.getBuffer();
          long size = Slab.size(shape);
          if (size * type.sizeBytes() > stored.remaining()) {
            throw new CorruptInputException(
                "read " + described, origin, "%d bytes are there".formatted(stored.remaining()));
          }
          ElementReader reader = new ElementReader(stored.slice(), heap);
          return new NetcdfAttribute(name, type, shape, reader.list(type, 0, (int) size));
        });
  }
}
