package dev.firn.io.grib.packing;

import dev.firn.io.bytes.OctetReader;
import dev.firn.io.field.UnitConversion;

/**
 * Data representation template 5.40: integers as the pixels of a grey JPEG 2000 image, without the
 * boxes of a file around it.
 *
 * @param scale octets 12–19
 * @param bitsPerValue octet 20, 0 for a constant field
 */
record JpegPacking(Scale scale, int bitsPerValue) implements ScaledTemplate {
  static final int NUMBER = 40;

  private static final int LAST_OCTET = 23;

  static JpegPacking read(OctetReader section) {
    section.uint8(LAST_OCTET); // octets 21 to 23 say what the image knows itself, but must be there
    return new JpegPacking(Scale.read(section), section.uint8(20));
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
    JpegSize size = JpegSize.read(data, 6);
    size.check(count, data.length(), data.origin(6));
    JpegTileParts.check(data, 6);
    int[] pixels = JpegDecoder.decode(data.bufferFrom(6), size, data.origin(6));
    ScaledValues values = new ScaledValues(scale, conversion, count);
    values.append(pixels, count);
    return values.toArray();
  }
}
