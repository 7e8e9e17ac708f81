package dev.firn.io.grib;

import dev.firn.io.grib.packing.ComplexPacker;
import dev.firn.io.grib.packing.PackedValues;
import dev.firn.io.grib.packing.SimplePacker;

/**
 * How {@link GribWriter} packs values: integers of up to {@code bits} bits, in steps of a power of
 * two times 10^−{@code decimalScale}, as fine as the range of values allows.
 *
 * @param template data representation template: 0, 2 or 3
 * @param order of spatial differencing, 0 for none
 * @param bits 1 to 27
 * @param decimalScale D
 * @param missing whether missing values are marked among the integers, not in a bit-map
 */
public record Packing(int template, int order, int bits, int decimalScale, boolean missing) {

  /** Template 5.0. */
  public static Packing simple(int bits, int decimalScale) {
    return new Packing(0, 0, bits, decimalScale, false);
  }

  /** Template 5.2. */
  public static Packing complex(int bits, int decimalScale) {
    return new Packing(2, 0, bits, decimalScale, false);
  }

  /** Template 5.3, of order 1 or 2. */
  public static Packing spatialDifferencing(int order, int bits, int decimalScale) {
    if (order != 1 && order != 2) {
      throw new IllegalArgumentException("Invalid order of spatial differencing: " + order);
    }
    return new Packing(3, order, bits, decimalScale, false);
  }

  /** The same, but marking missing values among the integers; for templates 5.2 and 5.3. */
  public Packing withInlineMissing() {
    if (template == 0) {
      throw new IllegalArgumentException("Simple packing marks missing values in a bit-map only");
    }
    return new Packing(template, order, bits, decimalScale, true);
  }

  PackedValues pack(float[] values) {
    return template == 0
        ? SimplePacker.pack(values, bits, decimalScale)
        : ComplexPacker.pack(values, order, bits, decimalScale);
  }
}
