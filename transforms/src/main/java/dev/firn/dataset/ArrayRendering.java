package dev.firn.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.zarr.ArrayMetadata;
import dev.firn.io.zarr.CodecSpec;
import dev.firn.io.zarr.DataType;
import dev.firn.io.zarr.FillValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How variables and coordinates are stored: data variables as shards of Blosc-compressed chunks,
 * coordinates as compressed chunks, with the attributes by which xarray decodes times and missing
 * values.
 */
final class ArrayRendering {
  /** NaN as xarray writes the fill value of float arrays: base64 of the little-endian float64. */
  private static final String NAN_ATTRIBUTE = "AAAAAAAA+H8=";

  private final DatasetSpec spec;
  private final long extent;

  ArrayRendering(DatasetSpec spec, long extent) {
    this.spec = spec;
    this.extent = extent;
  }

  ArrayMetadata variable(VariableSpec variable) {
    List<String> names = new ArrayList<>(List.of(spec.append().name()));
    spec.dimensions().forEach(dimension -> names.add(dimension.name()));
    ObjectNode attributes = variable.attributes().deepCopy();
    attributes.put("coordinates", otherCoordinates());
    StoredType stored = variable.storedType();
    if (stored.isFloat()) {
      attributes.put("_FillValue", NAN_ATTRIBUTE);
    }
    return ArrayMetadata.builder(stored.dataType())
        .shape(names.stream().mapToLong(this::length).toArray())
        .chunkShape(ints(spec.chunkSizes().shard()))
        .fillValue(stored.fill())
        .codecs(sharding(stored.dataType()))
        .dimensionNames(names.toArray(String[]::new))
        .attributes(attributes)
        .build();
  }

  private CodecSpec sharding(DataType type) {
    return CodecSpec.ShardingCodec.of(
        spec.chunkSizes().chunk(),
        List.of(CodecSpec.BytesCodec.LITTLE_ENDIAN, CodecSpec.BloscCodec.zstd(type)));
  }

  /** The names of the coordinates that are no dimensions, as the CF conventions list them. */
  private String otherCoordinates() {
    return spec.coordinates().stream()
        .filter(coordinate -> !coordinate.dimensions().equals(List.of(coordinate.name())))
        .map(CoordinateSpec::name)
        .sorted()
        .collect(Collectors.joining(" "));
  }

  ArrayMetadata coordinate(CoordinateSpec coordinate) {
    DataType type = dataType(coordinate);
    boolean scalar = coordinate.dimensions().isEmpty();
    ArrayMetadata.Builder array =
        ArrayMetadata.builder(type)
            .shape(coordinate.dimensions().stream().mapToLong(this::length).toArray())
            .chunkShape(coordinate.dimensions().stream().mapToInt(this::chunkLength).toArray())
            .codecs(CodecSpec.BytesCodec.LITTLE_ENDIAN, compressor(coordinate, type))
            .attributes(attributes(coordinate, type));
    if (!scalar) {
      array.dimensionNames(coordinate.dimensions().toArray(String[]::new));
    }
    return array.fillValue(fill(coordinate, type)).build();
  }

  private static FillValue fill(CoordinateSpec coordinate, DataType type) {
    if (coordinate.values() == CoordinateSpec.Values.MEMBERS) {
      return FillValue.of(type, -1);
    }
    return isFloat(type) ? FillValue.nan(type) : FillValue.zero(type);
  }

  private static boolean isFloat(DataType type) {
    return type.kind() == DataType.Kind.FLOAT;
  }

  private static CodecSpec compressor(CoordinateSpec coordinate, DataType type) {
    CodecSpec.BloscCodec blosc = CodecSpec.BloscCodec.zstd(type);
    if (coordinate.bloscTypesize().isPresent()) {
      return new CodecSpec.BloscCodec(
          coordinate.bloscTypesize().getAsInt(),
          blosc.cname(),
          blosc.clevel(),
          blosc.shuffle(),
          blosc.blocksize());
    }
    return switch (coordinate.values()) {
      case GRID_MAPPING, MEMBERS -> new CodecSpec.ZstdCodec(0, false);
      default -> blosc;
    };
  }

  private static DataType dataType(CoordinateSpec coordinate) {
    return switch (coordinate.values()) {
      case APPEND_TIMES, VALID_TIMES, GRID_MAPPING -> DataType.INT64;
      case LEAD_TIMES, AXIS, EXPECTED_FORECAST_LENGTH, INGESTED_FORECAST_LENGTH -> DataType.FLOAT64;
      case LATITUDES, LONGITUDES -> DataType.FLOAT32;
      case MEMBERS -> DataType.INT16;
    };
  }

  private static ObjectNode attributes(CoordinateSpec coordinate, DataType type) {
    ObjectNode attributes = coordinate.attributes().deepCopy();
    switch (coordinate.values()) {
      case APPEND_TIMES, VALID_TIMES -> {
        attributes.put("units", "seconds since 1970-01-01");
        attributes.put("calendar", "proleptic_gregorian");
      }
      case LEAD_TIMES, EXPECTED_FORECAST_LENGTH, INGESTED_FORECAST_LENGTH -> {
        attributes.put("dtype", "timedelta64[us]");
        attributes.put("units", "seconds");
      }
      case AXIS, LATITUDES, LONGITUDES, MEMBERS, GRID_MAPPING -> {}
    }
    if (isFloat(type)) {
      attributes.put("_FillValue", NAN_ATTRIBUTE);
    }
    return attributes;
  }

  private long length(String dimension) {
    return dimension.equals(spec.append().name()) ? extent : fixedLength(dimension);
  }

  private int chunkLength(String dimension) {
    return dimension.equals(spec.append().name())
        ? spec.append().coordinateChunkLength()
        : fixedLength(dimension);
  }

  private int fixedLength(String dimension) {
    return spec.dimension(dimension)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "Invalid dataset " + spec.id() + ": it has no dimension " + dimension))
        .length();
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
