package dev.firn.io.grib.packing;

import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.BitReader;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.bytes.OctetWriter;
import dev.firn.io.field.UnitConversion;

/**
 * Data representation template 5.2: groups of integers, each group with its own reference and
 * width.
 *
 * @param scale octets 12–19
 * @param bitsPerValue octet 20: bits of a group's reference
 * @param missing octet 23
 * @param groups octets 32–47
 */
record ComplexPacking(Scale scale, int bitsPerValue, MissingValues missing, GroupLayout groups)
    implements WritableTemplate {
  static final int NUMBER = 2;

  /** Stands for a missing value among unpacked integers, which are never that small. */
  static final int MISSING = Integer.MIN_VALUE;

  private static final int FLOATING_POINT = 0;
  private static final int GENERAL_GROUP_SPLITTING = 1;
  private static final float PRIMARY_SUBSTITUTE = 9.999e20f;

  static ComplexPacking read(OctetReader section) {
    int bitsPerValue = section.uint8(20);
    if (bitsPerValue > GroupLayout.MAX_WIDTH) {
      throw new UnsupportedFeatureException(
          "complex packing with " + bitsPerValue + " bits per reference", section.origin(20));
    }
    return new ComplexPacking(
        Scale.read(section),
        bitsPerValue,
        MissingValues.read(section, 23),
        GroupLayout.read(section));
  }

  @Override
  public int number() {
    return NUMBER;
  }

  @Override
  public float[] decode(OctetReader data, int count, UnitConversion conversion) {
    return groups.count() == 0
        ? ScaledValues.constant(scale, conversion, count)
        : scaled(unpack(data.bitsFrom(6), count, data), conversion);
  }

  /** The integers of all groups, {@link #MISSING} where a value is missing. */
  int[] unpack(BitReader bits, int count, OctetReader data) {
    groups.check(count, data);
    GroupReader reader = new GroupReader(this, bits, data);
    reader.check(count);
    int[] integers = new int[count];
    int filled = 0;
    while (reader.next()) {
      reader.read(integers, filled);
      filled += reader.length();
    }
    return integers;
  }

  /** Values of unpacked integers. */
  float[] scaled(int[] integers, UnitConversion conversion) {
    ScaledValues scaled = new ScaledValues(scale, conversion, integers.length);
    scaled.append(integers, integers.length);
    float[] values = scaled.toArray();
    if (missing != MissingValues.NONE) {
      markMissing(integers, values);
    }
    return values;
  }

  private static void markMissing(int[] integers, float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (integers[i] == MISSING) {
        values[i] = Float.NaN;
      }
    }
  }

  @Override
  public void write(OctetWriter section) {
    write(section, NUMBER);
  }

  /** Octets 10–47, which template 5.3 shares. */
  void write(OctetWriter section, int number) {
    section.uint16(number);
    scale.write(section);
    section.uint8(bitsPerValue).uint8(FLOATING_POINT).uint8(GENERAL_GROUP_SPLITTING);
    section.uint8(missing.code()).float32(PRIMARY_SUBSTITUTE).missing(4);
    groups.write(section);
  }
}
