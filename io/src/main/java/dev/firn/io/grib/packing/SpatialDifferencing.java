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
  public float[] decode(OctetReader data, int count, UnitConversion conversion) {
    if (packing.groups().count() == 0) {
      return ScaledValues.constant(scale(), conversion, count);
    }
    BitReader bits = data.bitsFrom(6);
    int width = 8 * extraOctets;
    long first = bits.unsigned(width);
    long second = order == 2 ? bits.unsigned(width) : 0;
    long smallest = width == 0 ? 0 : bits.signAndMagnitude(width);
    int[] integers = packing.unpack(bits, count, data);
    integrate(integers, first, second, smallest, data);
    return packing.scaled(integers, conversion);
  }

  private void integrate(int[] integers, long first, long second, long smallest, OctetReader data) {
    try {
      if (order == 1) {
        integrateOnce(integers, first, smallest);
      } else {
        integrateTwice(integers, first, second, smallest);
      }
    } catch (ArithmeticException e) {
      throw new CorruptInputException(
          "undo spatial differencing", data.origin(), "the sums exceed 32 bits", e);
    }
  }

  private static void integrateOnce(int[] integers, long first, long smallest) {
    int start = present(integers, 0);
    if (start == integers.length) {
      return;
    }
    long sum = first;
    integers[start] = Math.toIntExact(sum);
    for (int i = start + 1; i < integers.length; i++) {
      if (integers[i] != ComplexPacking.MISSING) {
        sum += integers[i] + smallest;
        integers[i] = Math.toIntExact(sum);
      }
    }
  }

  private static void integrateTwice(int[] integers, long first, long second, long smallest) {
    int start = present(integers, 0);
    if (start == integers.length) {
      return;
    }
    integers[start] = Math.toIntExact(first);
    int next = present(integers, start + 1);
    if (next == integers.length) {
      return;
    }
    integers[next] = Math.toIntExact(second);
    long sum = second;
    long difference = second - first;
    for (int i = next + 1; i < integers.length; i++) {
      if (integers[i] != ComplexPacking.MISSING) {
        difference += integers[i] + smallest;
        sum += difference;
        integers[i] = Math.toIntExact(sum);
      }
    }
  }

  /**
   * The index of the first value not missing, from {@code from} on; the length if there is none.
   */
  private static int present(int[] integers, int from) {
    int i = from;
    while (i < integers.length && integers[i] == ComplexPacking.MISSING) {
      i++;
    }
    return i;
  }

  @Override
  public void write(OctetWriter section) {
    packing.write(section, NUMBER);
    section.uint8(order).uint8(extraOctets);
  }
}
