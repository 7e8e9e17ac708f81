package dev.firn.io.netcdf;

import io.jhdf.api.Attribute;
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
  private static final String NO_VARIABLE =
      "This is a netCDF dimension but not a netCDF variable";
  private static final String RENAMED = "_nc4_non_coord_";
  private static final Set<String> BOOKKEEPING = Set.of(DIMENSIONS, IDS, ID, "DIMENSION_LABELS");
  private static final Set<String> OF_SCALES = Set.of("CLASS", "NAME");

  private final Map<Long, Scale> scales = new HashMap<>();

  private record Scale(String group, Optional<Integer> id, NetcdfDimension dimension) {}

  /** Notes a dataset, if it is a dimension scale. */
  void addScale(String group, String name, Map<String, NetcdfAttribute> attributes, Dataset data) {
    if (!isScale(attributes) || data.getDimensions().length == 0) {
      return;
    }
    boolean unlimited = data.getMaxSize()[0] < 0;
    NetcdfDimension dimension =
        new NetcdfDimension(Optional.of(variableName(name)), data.getDimensions()[0], unlimited);
    scales.put(data.getAddress(), new Scale(group, id(attributes), dimension));
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
    List<Optional<Scale>> named = named(attributes, data, shape.size());
    return IntStream.range(0, shape.size())
        .mapToObj(
            i ->
                new NetcdfDimension(
                    named.get(i).flatMap(scale -> scale.dimension().name()),
                    shape.get(i),
                    i < data.getMaxSize().length && data.getMaxSize()[i] < 0))
        .toList();
  }

  private List<Optional<Scale>> named(
      Map<String, NetcdfAttribute> attributes, Dataset data, int rank) {
    Attribute references = data.getAttribute(DIMENSIONS);
    List<Optional<Scale>> named = new ArrayList<>();
    if (references != null && references.getData() instanceof Object[] lists) {
      for (Object list : lists) {
        named.add(
            list instanceof long[] addresses && addresses.length > 0
                ? Optional.ofNullable(scales.get(addresses[0]))
                : Optional.empty());
      }
    } else if (attributes.containsKey(IDS)) {
      for (double id : attributes.get(IDS).numbers()) {
        named.add(
            scales.values().stream()
                .filter(scale -> scale.id().filter(own -> own == (int) id).isPresent())
                .findFirst());
      }
    } else if (rank == 1) {
      named.add(Optional.ofNullable(scales.get(data.getAddress())));
    }
    return named.size() == rank
        ? named
        : IntStream.range(0, rank).mapToObj(i -> Optional.<Scale>empty()).toList();
  }
}
