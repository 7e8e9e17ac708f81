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
 * How variables and coordinates are stored: data variables as float32 shards of Blosc-compressed
 * chunks, coordinates as Blosc-compressed chunks, with the attributes by which xarray decodes times
 * and missing values.
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
    attributes.put("_FillValue", NAN_ATTRIBUTE);
    return ArrayMetadata.builder(DataType.FLOAT32)
        .shape(names.stream().mapToLong(this::length).toArray())
        .chunkShape(ints(spec.chunkSizes().shard()))
        .fillValue(FillValue.nan(DataType.FLOAT32))
        .codecs(sharding())
        .dimensionNames(names.toArray(String[]::new))
        .attributes(attributes)
        .build();
  }

  private CodecSpec sharding() {
    return CodecSpec.ShardingCodec.of(
        spec.chunkSizes().chunk(),
        List.of(CodecSpec.BytesCodec.LITTLE_ENDIAN, CodecSpec.BloscCodec.zstd(DataType.FLOAT32)));
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
            .codecs(
                CodecSpec.BytesCodec.LITTLE_ENDIAN,
                scalar ? new CodecSpec.ZstdCodec(0, false) : CodecSpec.BloscCodec.zstd(type))
            .attributes(attributes(coordinate, type));
    if (!scalar) {
      array.dimensionNames(coordinate.dimensions().toArray(String[]::new));
    }
    return (type.equals(DataType.FLOAT64) ? array.fillValue(FillValue.nan(type)) : array).build();
  }

  private static DataType dataType(CoordinateSpec coordinate) {
    return switch (coordinate.values()) {
      case APPEND_TIMES, VALID_TIMES, GRID_MAPPING -> DataType.INT64;
      case LEAD_TIMES, AXIS, EXPECTED_FORECAST_LENGTH, INGESTED_FORECAST_LENGTH -> DataType.FLOAT64;
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
      case AXIS, GRID_MAPPING -> {}
    }
    if (type.equals(DataType.FLOAT64)) {
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
