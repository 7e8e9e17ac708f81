package dev.firn.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalInt;

/**
 * A coordinate array.
 *
 * @param name its name in the store
 * @param dimensions the names of its dimensions, none for a scalar
 * @param values what it holds
 * @param attributes those of its kind and of the definition, in order; encoding attributes are
 *     added when it is rendered
 * @param bloscTypesize the element length that Blosc is told where it is not that of the values;
 *     for ensemble members, whether Blosc compresses them at all
 */
public record CoordinateSpec(
    String name,
    List<String> dimensions,
    Values values,
    ObjectNode attributes,
    OptionalInt bloscTypesize) {

  /** What a coordinate holds, and so how it is encoded. */
  public enum Values {
    /** The times of the append dimension: int64 seconds since 1970. */
    APPEND_TIMES,
    /** The lead times: float64 seconds. */
    LEAD_TIMES,
    /** The numbers of the ensemble's members: int16. */
    MEMBERS,
    /** An axis of the grid: float64 degrees or metres. */
    AXIS,
    /** The latitudes of a projected grid's points: float32 degrees, rows × columns. */
    LATITUDES,
    /** The longitudes of a projected grid's points: float32 degrees, rows × columns. */
    LONGITUDES,
    /**
     * Start of the forecast plus lead time: int64 seconds since 1970, append dimension × lead
     * times.
     */
    VALID_TIMES,
    /** The longest lead time of a whole forecast: float64 seconds, append dimension. */
    EXPECTED_FORECAST_LENGTH,
    /**
     * The longest lead time that was ingested: float64 seconds; NaN where nothing was. Along the
     * append dimension, and along the members where the definition says so.
     */
    INGESTED_FORECAST_LENGTH,
    /** The scalar 0 whose attributes describe the coordinate reference system: int64. */
    GRID_MAPPING
  }

  /** Copies the dimensions. */
  public CoordinateSpec {
    dimensions = List.copyOf(dimensions);
  }
}
