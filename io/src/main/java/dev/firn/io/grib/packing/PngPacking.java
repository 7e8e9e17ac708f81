package dev.firn.io.grib.packing;

import dev.firn.io.CorruptInputException;
import dev.firn.io.bytes.BitReader;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.field.UnitConversion;

/**
 * Data representation template 5.41: integers as the pixels of a PNG image. Integers have 1, 2, 4,
 * 8 or 16 bits as grey, 24 as red, green and blue, 32 with alpha; narrower ones fill pixels of the
 * next larger size, and some producers use whole octets only.
 *
 * @param scale octets 12–19
 * @param bitsPerValue octet 20, 0 for a constant field
 */
record PngPacking(Scale scale, int bitsPerValue) implements ScaledTemplate {
  static final int NUMBER = 41;

  static PngPacking read(OctetReader section) {
    return new PngPacking(Scale.read(section), section.uint8(20));
  }

  @Override
  public int number() {
    return NUMBER;
  }

  @Override
  public float[] decode(OctetReader data, int count, UnitConversion conversion) {
    if (bitsPerValue == 0 || count == 0) {
      return ScaledValues.constant(scale, conversion, count);
    }
    PngHeader header = PngHeader.read(data, 6);
    check(header, count, data);
    try (PngRows rows = PngRows.of(header, data)) {
      ScaledValues values = new ScaledValues(scale, conversion, count);
      for (int row = 0; row < header.height(); row++) {
        append(rows.next(), header, values);
      }
      return values.toArray();
    }
  }

  private static void append(BitReader row, PngHeader header, ScaledValues values) {
    for (int left = header.width(); left > 0; ) {
      int size = Math.min(left, ScaledValues.BLOCK);
      row.unsignedDoubles(values.block(), size, header.bitsPerPixel());
      values.append(size);
      left -= size;
    }
  }

  private void check(PngHeader header, int count, OctetReader data) {
    int bitsPerPixel = header.bitsPerPixel();
    if (bitsPerPixel < bitsPerValue || bitsPerPixel > ((bitsPerValue + 7) & ~7)) {
      throw new CorruptInputException(
          "decode PNG image",
          data.origin(6),
          "pixels have " + bitsPerPixel + " bits, values " + bitsPerValue);
    }
    if ((long) header.width() * header.height() != count) {
      throw new CorruptInputException(
          "decode PNG image",
          data.origin(6),
          header.width() + " x " + header.height() + " pixels, expected " + count);
    }
  }
}
