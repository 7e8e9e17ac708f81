package dev.firn.io.netcdf;

import io.jhdf.api.Dataset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The dimension scales of a file (HDF5 dimension scale specification; NetCDF-4 file format
 * specification, "Dimensions"): datasets that variables name as their dimensions.
 */
final class Hdf5Dimensions {
  static final String REFERENCES = "REFERENCE_LIST";
  private static final String DIMENSIONS = "DIMENSION_LIST";
  private static final String IDS = "_Netcdf4Coordinates";
  private static final String ID = "_Netcdf4Dimid";
  private static final String NO_VARIABLE = "This is a netCDF dimension but not a netCDF variable";
  private static final String RENAMED = "_nc4_non_coord_";
  private static final Set<String> BOOKKEEPING = Set.of(DIMENSIONS, IDS, ID, "DIMENSION_LABELS");
  private static final Set<String> OF_SCALES = Set.of("CLASS", "NAME");

  private final Map<Long, String> paths;
  private final Map<String, Scale> scales = new HashMap<>();

  private record Scale(String group, Optional<Integer> id, NetcdfDimension dimension) {
    Scale grownTo(int length) {
      return new Scale(
          group, id, new NetcdfDimension(dimension.name(), length, dimension.unlimited()));
    }
  }

  /** Dimension scales among objects whose paths, by address, are in {@code paths} in the end. */
  Hdf5Dimensions(Map<Long, String> paths) {
    this.paths = paths;
  }

  /** Notes a dataset, if it is a dimension scale. */
  void addScale(String group, String name, Map<String, NetcdfAttribute> attributes, Dataset data) {
    if (!isScale(attributes) || data.getDimensions().length == 0) {
      return;
    }
    boolean unlimited = data.getMaxSize()[0] < 0;
    NetcdfDimension dimension =
        new NetcdfDimension(Optional.of(variableName(name)), data.getDimensions()[0], unlimited);
    scales.put(pathOf(data), new Scale(group, id(attributes), dimension));
  }

  private String pathOf(Dataset data) {
    return String.valueOf(paths.get(data.getAddress()));
  }

  /** An unlimited dimension is as long as the longest variable along it. */
  void grow(Map<String, NetcdfAttribute> attributes, Dataset data) {
    int[] shape = data.getDimensions();
    List<Optional<String>> along = along(attributes, data, shape.length);
    for (int i = 0; i < shape.length; i++) {
      int length = shape[i];
      along
          .get(i)
          .ifPresent(
              path ->
                  scales.computeIfPresent(
                      path,
                      (same, scale) ->
                          scale.dimension().unlimited() && scale.dimension().length() < length
                              ? scale.grownTo(length)
                              : scale));
    }
  }

  private static boolean isScale(Map<String, NetcdfAttribute> attributes) {
    return text(attributes, "CLASS").filter("DIMENSION_SCALE"::equals).isPresent();
  }

  private static Optional<Integer> id(Map<String, NetcdfAttribute> attributes) {
    return Optional.ofNullable(attributes.get(ID))
        .filter(id -> id.numbers().length == 1)
        .map(id -> (int) id.numbers()[0]);
  }

  private static Optional<String> text(Map<String, NetcdfAttribute> attributes, String name) {
    return Optional.ofNullable(attributes.get(name)).flatMap(NetcdfAttribute::text);
  }

  /** Whether a dataset stands for a dimension alone. */
  static boolean isOnlyDimension(Map<String, NetcdfAttribute> attributes) {
    return isScale(attributes)
        && text(attributes, "NAME").filter(name -> name.startsWith(NO_VARIABLE)).isPresent();
  }

  /** The name of a variable that had to have another one, as a dimension has its own. */
  static String variableName(String datasetName) {
    return datasetName.startsWith(RENAMED) ? datasetName.substring(RENAMED.length()) : datasetName;
  }

  /** The attributes that are not there for dimensions or the library. */
  static Map<String, NetcdfAttribute> shown(Map<String, NetcdfAttribute> attributes) {
    Map<String, NetcdfAttribute> shown = new LinkedHashMap<>(attributes);
    shown.keySet().removeAll(BOOKKEEPING);
    if (isScale(attributes)) {
      shown.keySet().removeAll(OF_SCALES);
    }
    return shown;
  }

  /** The dimensions that are defined in a group, in the order they were defined. */
  List<NetcdfDimension> of(String group) {
    return scales.values().stream()
        .filter(scale -> scale.group().equals(group))
        .sorted(
            Comparator.comparing((Scale scale) -> scale.id().orElse(Integer.MAX_VALUE))
                .thenComparing(scale -> scale.dimension().name().orElse("")))
        .map(Scale::dimension)
        .toList();
  }

  /** The dimensions of a variable, without a name where the file gives none. */
  List<NetcdfDimension> of(
      Map<String, NetcdfAttribute> attributes, Dataset data, List<Integer> shape) {
    List<Optional<String>> along = along(attributes, data, shape.size());
    return IntStream.range(0, shape.size())
        .mapToObj(
            i ->
                along
                    .get(i)
                    .map(path -> scales.get(path).dimension())
                    .map(dimension -> withLength(dimension, shape.get(i)))
                    .orElse(new NetcdfDimension(Optional.empty(), shape.get(i), isOpen(data, i))))
        .toList();
  }

  private static NetcdfDimension withLength(NetcdfDimension dimension, int length) {
    return dimension.unlimited() ? dimension : new NetcdfDimension(dimension.name(), length, false);
  }

  private static boolean isOpen(Dataset data, int dimension) {
    return dimension < data.getMaxSize().length && data.getMaxSize()[dimension] < 0;
  }

  /** The paths of the scales along each dimension of a variable. */
  private List<Optional<String>> along(
      Map<String, NetcdfAttribute> attributes, Dataset data, int rank) {
    List<Optional<String>> along = new ArrayList<>();
    if (attributes.containsKey(DIMENSIONS)) {
      for (Object references : attributes.get(DIMENSIONS).values()) {
        along.add(
            references instanceof List<?> list && !list.isEmpty()
                ? Optional.of(String.valueOf(list.get(0))).filter(scales::containsKey)
                : Optional.empty());
      }
    } else if (attributes.containsKey(IDS)) {
      for (double id : attributes.get(IDS).numbers()) {
        along.add(
            scales.entrySet().stream()
                .filter(scale -> scale.getValue().id().filter(own -> own == (int) id).isPresent())
                .map(Map.Entry::getKey)
                .findFirst());
      }
    } else if (rank == 1) {
      along.add(Optional.of(pathOf(data)).filter(scales::containsKey));
    }
    return along.size() == rank
        ? along
        : IntStream.range(0, rank).mapToObj(i -> Optional.<String>empty()).toList();
  }
}
