package dev.firn.io.grib.packing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.bytes.OctetWriter;
import dev.firn.io.field.UnitConversion;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/** Images by hand; whole messages of all sizes of pixels are in edge. */
class PngPackingTest {
  private static final PngPacking EIGHT_BITS = new PngPacking(new Scale(100, 0, 0), 8);
  private static final byte[] TWO_ROWS = {0, 1, 2, 0, 3, 4};

  private static OctetReader data(byte[] image) {
    OctetWriter section = new OctetWriter().uint32(5L + image.length).uint8(7);
    for (byte octet : image) {
      section.uint8(octet & 0xFF);
    }
    return OctetReader.of(section.toBytes(), Origin.of("made.grib2", 500));
  }

  private static byte[] header(int width, int height, int depth, int colour, int interlace) {
    OctetWriter header = new OctetWriter().uint32(width).uint32(height);
    header.uint8(depth).uint8(colour).uint8(0).uint8(0).uint8(interlace);
    return header.toBytes();
  }

  private static byte[] image(byte[] header, byte[]... rows) {
    OctetWriter image = new OctetWriter().uint32(0x8950_4E47L).uint32(0x0D0A_1A0AL);
    append(image, "IHDR", header);
    append(image, "tEXt", new byte[] {65, 0, 66});
    for (byte[] part : rows) {
      append(image, "IDAT", part);
    }
    append(image, "IEND", new byte[0]);
    return image.toBytes();
  }

  private static void append(OctetWriter image, String type, byte[] content) {
    byte[] chunk = new OctetWriter().ascii(type).toBytes();
    byte[] whole = Arrays.copyOf(chunk, 4 + content.length);
    System.arraycopy(content, 0, whole, 4, content.length);
    CRC32 checksum = new CRC32();
    checksum.update(whole);
    image.uint32(content.length);
    for (byte octet : whole) {
      image.uint8(octet & 0xFF);
    }
    image.uint32(checksum.getValue());
  }

  private static byte[] deflated(byte... rows) {
    Deflater deflater = new Deflater();
    deflater.setInput(rows);
    deflater.finish();
    byte[] deflated = new byte[100];
    int length = deflater.deflate(deflated);
    deflater.end();
    return Arrays.copyOf(deflated, length);
  }

  private static float[] decode(int count, byte[] image) {
    return EIGHT_BITS.decode(data(image), count, UnitConversion.NONE);
  }

  private static String corruption(int count, byte[] image) {
    return assertThrows(CorruptInputException.class, () -> decode(count, image)).getMessage();
  }

  @Test
  void imageDataMayBeInManyChunks() {
    byte[] deflated = deflated(TWO_ROWS);
    byte[] image =
        image(
            header(2, 2, 8, 0, 0),
            Arrays.copyOf(deflated, 3),
            new byte[0],
            Arrays.copyOfRange(deflated, 3, deflated.length));

    assertThat(decode(4, image), is(new float[] {101, 102, 103, 104}));
  }

  @Test
  void filtersAreUndone() {
    byte[] rows = {1, 5, 1, 2, 1, 1, 3, 1, 1, 4, 1, 1};

    assertThat(
        decode(8, image(header(2, 4, 8, 0, 0), deflated(rows))),
        is(new float[] {105, 106, 106, 107, 104, 106, 105, 107}));
  }

  @Test
  void unknownFilterIsCorrupt() {
    assertThat(
        corruption(2, image(header(2, 1, 8, 0, 0), deflated((byte) 5, (byte) 1, (byte) 2))),
        is("Cannot decode PNG image in made.grib2 at byte 576: filter type 5"));
  }

  @Test
  void interlacedImageIsRefused() {
    byte[] image = image(header(2, 2, 8, 0, 1), deflated(TWO_ROWS));

    UnsupportedFeatureException e =
        assertThrows(UnsupportedFeatureException.class, () -> decode(4, image));

    assertThat(e.getMessage(), is("Unsupported PNG interlace method 1 in made.grib2 at byte 533"));
  }

  @Test
  void paletteIsRefused() {
    byte[] image = image(header(2, 2, 8, 3, 0), deflated(TWO_ROWS));

    UnsupportedFeatureException e =
        assertThrows(UnsupportedFeatureException.class, () -> decode(4, image));

    assertThat(
        e.getMessage(), is("Unsupported PNG colour type 3 with 8 bits in made.grib2 at byte 529"));
  }

  @Test
  void pixelsMustHaveAsManyBitsAsValues() {
    assertThat(
        corruption(1, image(header(1, 1, 16, 0, 0), deflated(new byte[3]))),
        is("Cannot decode PNG image in made.grib2 at byte 505: pixels have 16 bits, values 8"));
    assertThat(
        corruption(2, image(header(2, 1, 4, 0, 0), deflated(new byte[2]))),
        is("Cannot decode PNG image in made.grib2 at byte 505: pixels have 4 bits, values 8"));
  }

  @Test
  void imageMustHaveAsManyPixelsAsThereAreValues() {
    assertThat(
        corruption(5, image(header(2, 2, 8, 0, 0), deflated(TWO_ROWS))),
        is("Cannot decode PNG image in made.grib2 at byte 505: 2 x 2 pixels, expected 5"));
  }

  @Test
  void morePixelsThanCanBeInflatedAreCorruptAtOnce() {
    assertThat(
        corruption(60_000_000, image(header(60_000_000, 1, 8, 0, 0), deflated(TWO_ROWS))),
        is(
            "Cannot decode PNG image in made.grib2 at byte 500:"
                + " 60000001 octets of pixels, section 7 can hold 93912"));
  }

  @Test
  void imageThatEndsEarlyIsCorrupt() {
    assertThat(
        corruption(6, image(header(2, 3, 8, 0, 0), deflated(TWO_ROWS))),
        is(
            "Cannot decode PNG image in made.grib2 at byte 579:"
                + " the image data end before the last row"));
    assertThat(
        corruption(4, image(header(2, 2, 8, 0, 0), Arrays.copyOf(deflated(TWO_ROWS), 4))),
        is("Cannot decode PNG image in made.grib2 at byte 569: there are no image data left"));
  }

  @Test
  void wrongChecksumIsCorrupt() {
    byte[] image = image(header(2, 2, 8, 0, 0), deflated(TWO_ROWS));
    image[60] ^= 1;

    assertThat(
        corruption(4, image),
        is(
            "Cannot decode PNG image in made.grib2 at byte 553:"
                + " the checksum of its image data is wrong"));
  }

  @Test
  void dataThatAreNoImageAreCorrupt() {
    assertThat(
        corruption(4, new byte[60]),
        is(
            "Cannot decode PNG image in made.grib2 at byte 505:"
                + " it does not begin as PNG images do"));
  }
}
