package dev.firn.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A coordinate array.
 *
 * @param name its name in the store
 * @param dimensions the names of its dimensions, none for a scalar
 * @param values what it holds
 * @param attributes those the definition gives, in its order; encoding attributes are added when it
 *     is rendered
 */
public record CoordinateSpec(
    String name, List<String> dimensions, Values values, ObjectNode attributes) {

  /** What a coordinate holds, and so how it is encoded. */
  public enum Values {
    /** The times of the append dimension: int64 seconds since 1970. */
    APPEND_TIMES,
    /** The lead times: float64 seconds. */
    LEAD_TIMES,
    /** An evenly spaced axis: float64 degrees. */
    AXIS,
    /**
     * Start of the forecast plus lead time: int64 seconds since 1970, append dimension × lead
     * times.
     */
    VALID_TIMES,
    /** The longest lead time of a whole forecast: float64 seconds, append dimension. */
    EXPECTED_FORECAST_LENGTH,
    /**
     * The longest lead time that was ingested: float64 seconds, append dimension; NaN where nothing
     * was.
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
