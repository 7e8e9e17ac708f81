package dev.firn.io.grib.packing;

import dev.firn.io.CorruptInputException;
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
  public ValueReader open(OctetReader data, int count, UnitConversion conversion) {
    Scaling scaling = new Scaling(scale, conversion);
    if (bitsPerValue == 0 || count == 0) {
      return ValueReader.constant(scaling.ofReference());
    }
    PngHeader header = PngHeader.read(data, 6);
    check(header, count, data);
    return new Reader(header, PngRows.of(header, data), scaling);
  }

  private static final class Reader implements ValueReader {
    private final PngHeader header;
    private final PngRows rows;
    private final Scaling scaling;
    private int rowLeft;

    Reader(PngHeader header, PngRows rows, Scaling scaling) {
      this.header = header;
      this.rows = rows;
      this.scaling = scaling;
    }

    @Override
    public void read(float[] out, int from, int count) {
      int end = from + count;
      for (int i = from; i < end; ) {
        int size = nextPart(end - i);
        scaling.unpack(rows.pixels(), header.bitsPerPixel(), out, i, size);
        i += size;
      }
    }

    @Override
    public void skip(int count) {
      for (int left = count; left > 0; ) {
        int size = nextPart(left);
        rows.pixels().take(size, header.bitsPerPixel());
        left -= size;
      }
    }

    private int nextPart(int most) {
      if (rowLeft == 0) {
        rows.next();
        rowLeft = header.width();
      }
      int size = Math.min(rowLeft, most);
      rowLeft -= size;
      return size;
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
