package dev.firn.dataset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.projection.Projection;
import dev.firn.io.zarr.ArrayEncoder;
import dev.firn.io.zarr.ArrayMetadata;
import dev.firn.io.zarr.ArrayValues;
import dev.firn.io.zarr.GroupMetadata;
import dev.firn.io.zarr.NodeMetadata;
import dev.firn.io.zarr.NodePath;
import dev.firn.io.zarr.ZarrJson;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** An archive's Zarr metadata and coordinates, rendered for any length of its append dimension. */
public final class Template {
  private final DatasetSpec spec;
  private Optional<ProjectedPoints> points = Optional.empty();

  /** The template of a dataset. */
  public Template(DatasetSpec spec) {
    this.spec = spec;
  }

  /** The dataset. */
  public DatasetSpec spec() {
    return spec;
  }

  /** The metadata of a data variable. */
  public ArrayMetadata variable(VariableSpec variable, long extent) {
    return new ArrayRendering(spec, extent).variable(variable);
  }

  /** The metadata of all arrays, coordinates included. */
  public SortedMap<NodePath, ArrayMetadata> arrays(long extent) {
    ArrayRendering rendering = new ArrayRendering(spec, extent);
    SortedMap<NodePath, ArrayMetadata> arrays = new TreeMap<>();
    for (CoordinateSpec coordinate : spec.coordinates()) {
      arrays.put(new NodePath(coordinate.name()), rendering.coordinate(coordinate));
    }
    for (VariableSpec variable : spec.variables()) {
      arrays.put(variable.path(), rendering.variable(variable));
    }
    return arrays;
  }

  /** The root group with the metadata of all arrays inline. */
  public GroupMetadata root(long extent) {
    ObjectNode attributes = JsonNodeFactory.instance.objectNode();
    attributes.put("dataset_id", spec.id());
    attributes.put("dataset_version", spec.version());
    attributes.setAll(spec.attributes());
    SortedMap<NodePath, NodeMetadata> members = new TreeMap<>();
    members.putAll(arrays(extent));
    return new GroupMetadata(attributes, Optional.of(members));
  }

  /** The coordinates whose values do not depend on the length of the append dimension. */
  public List<CoordinateSpec> fixedCoordinates() {
    return spec.coordinates().stream()
        .filter(coordinate -> !coordinate.dimensions().contains(spec.append().name()))
        .toList();
  }

  /** The coordinate with these values, if the dataset has one. */
  public Optional<CoordinateSpec> coordinate(CoordinateSpec.Values values) {
    return spec.coordinates().stream()
        .filter(coordinate -> coordinate.values() == values)
        .findFirst();
  }

  /**
   * The values of a coordinate.
   *
   * @param extent the length of the append dimension
   * @param ingestedSeconds the ingested forecast lengths, as many as {@link
   *     #unknownIngestedLengths}
   */
  public ArrayValues values(CoordinateSpec coordinate, long extent, double[] ingestedSeconds) {
    return new CoordinateValues(
            spec, Math.toIntExact(extent), ingestedSeconds, this::projectedPoints)
        .of(coordinate);
  }

  /**
   * The ingested forecast lengths of an archive of which nothing is known: NaN for every position,
   * or for every member of every position where the coordinate runs along both.
   */
  public double[] unknownIngestedLengths(long extent) {
    boolean perMember =
        coordinate(CoordinateSpec.Values.INGESTED_FORECAST_LENGTH)
            .filter(coordinate -> coordinate.dimensions().size() > 1)
            .isPresent();
    int each = perMember ? spec.members().map(DimensionSpec::length).orElse(1) : 1;
    double[] seconds = new double[Math.toIntExact(Math.multiplyExact(extent, each))];
    Arrays.fill(seconds, Double.NaN);
    return seconds;
  }

  private synchronized ProjectedPoints projectedPoints() {
    if (points.isEmpty()) {
      Projection projection =
          coordinate(CoordinateSpec.Values.GRID_MAPPING)
              .flatMap(mapping -> new GridMapping(mapping.attributes()).projection())
              .orElseThrow(
                  () ->
                      new ConfigurationException(
                          "Invalid dataset " + spec.id() + ": its grid is not that of a map"));
      points =
          Optional.of(
              ProjectedPoints.of(projection, spec.rows().values(), spec.columns().values()));
    }
    return points.get();
  }

  /** The stored chunks of all coordinates, under keys relative to the store's root. */
  public SortedMap<ObjectPath, byte[]> coordinateChunks(long extent, double[] ingestedSeconds) {
    SortedMap<ObjectPath, byte[]> chunks = new TreeMap<>();
    for (CoordinateSpec coordinate : spec.coordinates()) {
      ArrayMetadata metadata = new ArrayRendering(spec, extent).coordinate(coordinate);
      Map<ObjectPath, byte[]> encoded =
          ArrayEncoder.encode(metadata, values(coordinate, extent, ingestedSeconds));
      encoded.forEach(
          (key, bytes) ->
              chunks.put(new ObjectPath(coordinate.name()).resolve(key.value()), bytes));
    }
    return chunks;
  }

  /** A hash of the rendered metadata: equal for datasets of equal structure and attributes. */
  public String hash() {
    try {
      byte[] rendered = ZarrJson.write(root(1).toJson());
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(rendered));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
