package dev.firn.io.grib.packing;

import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.field.UnitConversion;

/** Section 5: how section 7 holds the values of the points that have one. */
public sealed interface DataTemplate permits ScaledTemplate, IeeePacking, RunLengthPacking {

  /** The number of the data representation template (octets 10–11). */
  static int number(OctetReader section) {
    return section.uint16(10);
  }

  /** The number of points with values in section 7 (octets 6–9). */
  static long valueCount(OctetReader section) {
    return section.uint32(6);
  }

  /** Reads the section. */
  static DataTemplate read(OctetReader section) {
    int number = number(section);
    return switch (number) {
      case SimplePacking.NUMBER -> SimplePacking.read(section);
      case ComplexPacking.NUMBER -> ComplexPacking.read(section);
      case SpatialDifferencing.NUMBER -> SpatialDifferencing.read(section);
      case IeeePacking.NUMBER -> IeeePacking.read(section);
      case JpegPacking.NUMBER -> JpegPacking.read(section);
      case PngPacking.NUMBER -> PngPacking.read(section);
      case CcsdsPacking.NUMBER -> CcsdsPacking.read(section);
      case LogarithmicPacking.NUMBER -> LogarithmicPacking.read(section);
      case RunLengthPacking.NUMBER -> RunLengthPacking.read(section);
      default ->
          throw new UnsupportedFeatureException(
              "data template 5." + number + name(number), section.origin(10));
    };
  }

  /** What a template that is not read is called. */
  private static String name(int number) {
    return switch (number) {
      case 1 -> " (matrix values)";
      case 50 -> " (spectral simple packing)";
      case 51 -> " (spectral complex packing)";
      case 53 -> " (spectral packing of a limited area)";
      case 50001, 50002 -> " (second order packing)";
      default -> "";
    };
  }

  /** The number of this template. */
  int number();

  /** Bits of a packed value, or of a group's reference. */
  int bitsPerValue();

  /**
   * Begins to unpack section 7.
   *
   * @param data the section
   * @param count how many values it holds, at most {@code MAX_POINTS}
   * @param conversion applied before values are rounded to float32
   */
  ValueReader open(OctetReader data, int count, UnitConversion conversion);

  /** All values of section 7, as {@link #open} reads them. */
  default float[] decode(OctetReader data, int count, UnitConversion conversion) {
    ValueReader reader = open(data, count, conversion);
    float[] values = new float[count];
    reader.read(values, 0, count);
    return values;
  }
}
