package dev.firn.io.grib.packing;

import dev.firn.io.bytes.BitReader;
import dev.firn.io.field.UnitConversion;

/**
 * Makes values of packed integers: {@code (R + X · 2^E) · 10^−D} and the unit conversion in double,
 * then the one rounding, to float32. The order of operations is that of ecCodes, whose doubles
 * round to the same floats.
 *
 * <p>Each loop does the whole way from an integer to a float. Unpacking a block first and scaling
 * it then takes half as long again.
 */
final class Scaling {
  private static final int FOUR_PER_LOAD = 16;
  private static final int THREE_OCTETS = 24;

  private final double reference;
  private final double step;
  private final double unit;
  private final boolean converts;
  private final double factor;
  private final double addend;

  Scaling(Scale scale, UnitConversion conversion) {
    this.reference = scale.reference();
    this.step = scale.step();
    this.unit = scale.unit();
    this.converts = !conversion.equals(UnitConversion.NONE);
    this.factor = conversion.factor();
    this.addend = conversion.addend();
  }

  /**
   * Of a constant field without packed integers: the reference value itself, whatever the decimal
   * scale factor. This is how ecCodes and the NCEP library write and read such fields.
   */
  float ofReference() {
    return ofValue(reference);
  }

  /** The value packed integer {@code integer} stands for, in GRIB's unit. */
  double unpacked(long integer) {
    return (reference + BitReader.toDouble(integer) * step) * unit;
  }

  /** A value in GRIB's unit, converted. */
  float ofValue(double value) {
    // Not for NONE: −0.0 + 0.0 is 0.0.
    return (float) (converts ? value * factor + addend : value);
  }

  private float of(long integer) {
    return ofValue(unpacked(integer));
  }

  /** Makes values of {@code count} integers of {@code width} bits. */
  void unpack(BitReader bits, int width, float[] out, int from, int count) {
    int done = 0;
    if (width <= FOUR_PER_LOAD && width % 2 == 0 && bits.isAtOctet()) {
      done = unpackFours(bits, width, out, from, count);
    } else if (width == THREE_OCTETS && bits.isAtOctet()) {
      done = unpackPairs(bits, out, from, count);
    }
    unpackEach(bits, width, out, from + done, count - done);
  }

  /**
   * Unpacks four at once, of which the first begins on an octet, with one load: in three quarters
   * of the time. Stops where a load would go past the array.
   */
  private int unpackFours(BitReader bits, int width, float[] out, int from, int count) {
    int size = bits.loadable(count, width) & ~3;
    int octet = (int) (bits.take(size, width) / Byte.SIZE);
    int shift = 64 - width;
    for (int i = from; i < from + size; i += 4, octet += width / 2) {
      long four = bits.loadOctets(octet);
      out[i] = of(four >>> shift);
      out[i + 1] = of(four << width >>> shift);
      out[i + 2] = of(four << (2 * width) >>> shift);
      out[i + 3] = of(four << (3 * width) >>> shift);
    }
    return size;
  }

  /** The same for 24 bits, two at once. */
  private int unpackPairs(BitReader bits, float[] out, int from, int count) {
    int size = bits.loadable(count, THREE_OCTETS) & ~1;
    int octet = (int) (bits.take(size, THREE_OCTETS) / Byte.SIZE);
    for (int i = from; i < from + size; i += 2, octet += 6) {
      long two = bits.loadOctets(octet);
      out[i] = of(two >>> 40);
      out[i + 1] = of(two >>> 16 & 0xFF_FFFF);
    }
    return size;
  }

  private void unpackEach(BitReader bits, int width, float[] out, int from, int count) {
    int loaded = from + bits.loadable(count, width);
    int end = from + count;
    long at = bits.take(count, width);
    int shift = 64 - width;
    int i = from;
    for (; i < loaded; i++, at += width) {
      out[i] = of(bits.load(at) >>> shift);
    }
    for (; i < end; i++, at += width) {
      out[i] = of(bits.integer(at, width));
    }
  }

  /** Makes values of {@code count} of {@code integers}, from index {@code first} on. */
  void scale(int[] integers, int first, float[] out, int from, int count) {
    for (int i = 0; i < count; i++) {
      out[from + i] = of(integers[first + i]);
    }
  }

  /** The same from the first on, with {@link ComplexPacking#MISSING} among them. */
  void scaleMarked(int[] integers, float[] out, int from, int count) {
    for (int i = 0; i < count; i++) {
      out[from + i] = integers[i] == ComplexPacking.MISSING ? Float.NaN : of(integers[i]);
    }
  }

  /** The same with integers of 32 bits without a sign. */
  void scaleUnsigned(int[] integers, int first, float[] out, int from, int count) {
    for (int i = 0; i < count; i++) {
      out[from + i] = of(Integer.toUnsignedLong(integers[first + i]));
    }
  }
}
