package dev.firn.plot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.dataset.ConfigurationException;
import dev.firn.io.zarr.ArrayMetadata;
import dev.firn.io.zarr.NodePath;
import dev.firn.io.zarr.ZarrArray;
import dev.firn.io.zarr.ZarrGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A variable of a Zarr store whose last two dimensions are latitude and longitude, to be read map
 * by map. Every dimension has a coordinate array of its own name, beside the variable or in the
 * root.
 */
public final class StoredMap {
  private final ZarrGroup group;
  private final NodePath path;
  private final ZarrArray array;
  private final List<ZarrArray> coordinates;

  private StoredMap(ZarrGroup group, NodePath path, List<ZarrArray> coordinates) {
    this.group = group;
    this.path = path;
    this.array = group.array(path);
    this.coordinates = coordinates;
  }

  /**
   * A variable of {@code group}.
   *
   * @throws ConfigurationException when there is none, or it has no latitudes and longitudes
   */
  public static StoredMap of(ZarrGroup group, NodePath path) {
    if (!(group.members().get(path) instanceof ArrayMetadata variable)) {
      throw new ConfigurationException(
          "Unknown variable '" + path + "': the store has " + arrayNames(group));
    }
    List<String> names = names(variable);
    List<ZarrArray> coordinates = new ArrayList<>();
    for (String name : names) {
      coordinates.add(coordinate(group, path, name));
    }
    int rank = coordinates.size();
    if (rank < 2
        || !hasUnits(coordinates.get(rank - 2), "degrees?_?N(orth)?")
        || !hasUnits(coordinates.get(rank - 1), "degrees?_?E(ast)?")) {
      throw new ConfigurationException(
          "Cannot plot '"
              + path
              + "': its dimensions are "
              + names
              + ", expected latitudes and longitudes last");
    }
    return new StoredMap(group, path, coordinates);
  }

  private static String arrayNames(ZarrGroup group) {
    return group.members().entrySet().stream()
        .filter(node -> node.getValue() instanceof ArrayMetadata)
        .map(node -> node.getKey().value())
        .collect(Collectors.joining(", "));
  }

  private static List<String> names(ArrayMetadata array) {
    return array.dimensionNames().orElse(List.of()).stream()
        .map(name -> name.orElse("without name"))
        .toList();
  }

  private static ZarrArray coordinate(ZarrGroup group, NodePath path, String dimension) {
    String parent = path.value().substring(0, path.value().lastIndexOf('/') + 1);
    return Stream.of(parent + dimension, dimension)
        .map(NodePath::new)
        .filter(candidate -> group.members().get(candidate) instanceof ArrayMetadata)
        .findFirst()
        .map(group::array)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "Cannot plot '" + path + "': dimension " + dimension + " has no coordinate"));
  }

  private static boolean hasUnits(ZarrArray coordinate, String units) {
    String found = coordinate.metadata().attributes().path("units").asText();
    return found.matches("(?i)" + units);
  }

  /**
   * Reads the map that {@code at} chooses, or the first with data if it leaves a choice: along the
   * first dimension the newest, along the others in their order.
   *
   * @param at from names of dimensions to indices or values
   * @throws IOException when there is no data in what was chosen
   */
  public GeoMap read(Map<String, String> at) throws IOException {
    int rank = coordinates.size();
    List<Coordinate> outer = new ArrayList<>();
    for (int d = 0; d < rank - 2; d++) {
      ZarrArray along = coordinates.get(d);
      outer.add(
          Coordinate.of(
              names(array.metadata()).get(d),
              along.read().toDoubles(),
              along.metadata().attributes()));
    }
    for (Iterator<Slice> slices = Slice.of(outer, at).iterator(); slices.hasNext(); ) {
      Slice slice = slices.next();
      float[] values = values(slice);
      if (hasData(values)) {
        return new GeoMap(
            labels(slice),
            coordinates.get(rank - 2).read().toDoubles(),
            coordinates.get(rank - 1).read().toDoubles(),
            values);
      }
    }
    throw new IOException(
        "Cannot plot '" + path + "': it has no values" + (at.isEmpty() ? "" : " at " + at));
  }

  private float[] values(Slice slice) throws IOException {
    int rank = coordinates.size();
    long[] start = new long[rank];
    int[] shape = new int[rank];
    Arrays.fill(shape, 1);
    for (int d = 0; d < rank - 2; d++) {
      start[d] = slice.index(d);
    }
    for (int d = rank - 2; d < rank; d++) {
      shape[d] = Math.toIntExact(array.metadata().shape().get(d));
    }
    return array.read(start, shape).toFloats();
  }

  private static boolean hasData(float[] values) {
    for (float value : values) {
      if (!Float.isNaN(value)) {
        return true;
      }
    }
    return false;
  }

  private GeoMap.Labels labels(Slice slice) {
    ObjectNode attributes = array.metadata().attributes();
    String archive = group.metadata().attributes().path("name").asText();
    return new GeoMap.Labels(
        attributes.path("long_name").asText(path.value()),
        Stream.of(archive, slice.label())
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(": ")),
        UnitText.of(attributes.path("units").asText()));
  }
}
