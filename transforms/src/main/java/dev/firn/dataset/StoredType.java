package dev.firn.dataset;

import dev.firn.io.zarr.DataType;
import dev.firn.io.zarr.FillValue;

/**
 * How a data variable's values are stored.
 *
 * @param dataType float32 or int16
 * @param fill what a value is that was never written. Missing values of a float variable are
 *     written as NaN, whatever this is
 */
public record StoredType(DataType dataType, FillValue fill) {
  /** What most variables are: float32, NaN where nothing was written. */
  public static final StoredType FLOAT32 =
      new StoredType(DataType.FLOAT32, FillValue.nan(DataType.FLOAT32));

  /** Checks that it is one of the types that are written. */
  public StoredType {
    if (!dataType.equals(DataType.FLOAT32) && !dataType.equals(DataType.INT16)) {
      throw new IllegalArgumentException(
          "data type is " + dataType + ", expected float32 or int16");
    }
  }

  /** Whether values are floating-point numbers. */
  public boolean isFloat() {
    return dataType.kind() == DataType.Kind.FLOAT;
  }
}
