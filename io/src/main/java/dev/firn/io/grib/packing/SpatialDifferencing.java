package dev.firn.io.grib.packing;

import dev.firn.io.CorruptInputException;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.BitReader;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.bytes.OctetWriter;
import dev.firn.io.field.UnitConversion;

/**
 * Data representation template 5.3: complex packing of first or second differences between
 * neighbouring integers. Section 7 begins with the first integers themselves and the smallest
 * difference, which has been taken from all of them. Missing values take no part in differences.
 *
 * @param packing octets 12–47, as in template 5.2
 * @param order octet 48: 1 or 2
 * @param extraOctets octet 49: octets of each integer before the groups
 */
record SpatialDifferencing(ComplexPacking packing, int order, int extraOctets)
    implements WritableTemplate {
  static final int NUMBER = 3;

  private static final int MAX_EXTRA_OCTETS = 7;

  static SpatialDifferencing read(OctetReader section) {
    int order = section.uint8(48);
    if (order != 1 && order != 2) {
      throw new UnsupportedFeatureException(
          "spatial differencing of order " + order, section.origin(48));
    }
    int extraOctets = section.uint8(49);
    if (extraOctets > MAX_EXTRA_OCTETS) {
      throw new CorruptInputException(
          "read spatial differencing",
          section.origin(49),
          extraOctets + " octets for each first value, expected at most " + MAX_EXTRA_OCTETS);
    }
    return new SpatialDifferencing(ComplexPacking.read(section), order, extraOctets);
  }

  @Override
  public int number() {
    return NUMBER;
  }

  @Override
  public Scale scale() {
    return packing.scale();
  }

  @Override
  public int bitsPerValue() {
    return packing.bitsPerValue();
  }

  @Override
  public ValueReader open(OctetReader data, int count, UnitConversion conversion) {
    BitReader bits = data.bitsFrom(6);
    Differences differences =
        packing.groups().count() == 0
            ? Differences.NONE
            : Differences.read(bits, order, 8 * extraOctets, data.origin());
    return packing.open(bits, differences, data, count, conversion);
  }

  @Override
  public void write(OctetWriter section) {
    packing.write(section, NUMBER);
    section.uint8(order).uint8(extraOctets);
  }
}
