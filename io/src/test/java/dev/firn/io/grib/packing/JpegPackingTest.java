package dev.firn.io.grib.packing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.bytes.OctetWriter;
import dev.firn.io.field.UnitConversion;
import org.junit.jupiter.api.Test;

/** Images that are not decoded; those that are, are in edge. */
class JpegPackingTest {
  private static final JpegPacking PACKING = new JpegPacking(new Scale(0, 0, 0), 12);
  private static final int TWO_GUARD_BITS = 0x40;

  private static OctetWriter size(long width, long height, long tileWidth, int bits) {
    OctetWriter stream = new OctetWriter().uint32(0).uint8(7).uint32(0xFF4F_FF51L).uint16(41);
    stream.uint16(0).uint32(width).uint32(height).uint32(0).uint32(0);
    stream.uint32(tileWidth).uint32(height).uint32(0).uint32(0);
    return stream.uint16(1).uint8(bits - 1).uint8(1).uint8(1);
  }

  /** COD, QCD and SOT: no layers of wavelets, reversible. */
  private static OctetWriter withHeader(OctetWriter stream, int guardBits) {
    return withHeader(stream, guardBits, 14);
  }

  private static OctetWriter withHeader(OctetWriter stream, int guardBits, int tilePart) {
    return withHeader(stream, guardBits, tilePart, 1, 64);
  }

  private static OctetWriter withHeader(
      OctetWriter stream, int guardBits, int tilePart, int layers, int codeBlock) {
    int exponent = Integer.numberOfTrailingZeros(codeBlock) - 2;
    stream.uint16(0xFF52).uint16(12).uint8(0).uint8(0).uint16(layers).uint8(0);
    stream.uint8(0).uint8(exponent).uint8(exponent).uint8(0).uint8(1);
    stream.uint16(0xFF5C).uint16(4).uint8(guardBits).uint8(8);
    return stream
        .uint16(0xFF90)
        .uint16(10)
        .uint16(0)
        .uint32(tilePart)
        .uint8(0)
        .uint8(1)
        .uint16(0xFF93);
  }

  private static float[] decode(int count, OctetWriter stream) {
    OctetReader data = OctetReader.of(stream.toBytes(), Origin.of("made.grib2", 500));
    return PACKING.decode(data, count, UnitConversion.NONE);
  }

  private static String corruption(int count, OctetWriter stream) {
    return assertThrows(CorruptInputException.class, () -> decode(count, stream)).getMessage();
  }

  private static String unsupported(int count, OctetWriter stream) {
    return assertThrows(UnsupportedFeatureException.class, () -> decode(count, stream))
        .getMessage();
  }

  @Test
  void dataThatAreNoCodestreamAreCorrupt() {
    assertThat(
        corruption(4, new OctetWriter().uint32(0).uint8(7).missing(60)),
        is(
            "Cannot decode JPEG 2000 image in made.grib2 at byte 505:"
                + " it does not begin with SOC and SIZ"));
  }

  @Test
  void imageMustHaveAsManyPixelsAsThereAreValues() {
    assertThat(
        corruption(5, size(2, 2, 2, 12)),
        is(
            "Cannot decode JPEG 2000 image in made.grib2 at byte 505:"
                + " 2 x 2 pixels in 1 tiles, expected 5 pixels"));
    assertThat(
        corruption(5, size(0xFFFF_FFFFL, 0xFFFF_FFFFL, 0xFFFF_FFFFL, 12)),
        is(
            "Cannot decode JPEG 2000 image in made.grib2 at byte 505:"
                + " 4294967295 x 4294967295 pixels in 1 tiles, expected 5 pixels"));
  }

  @Test
  void tooManyTilesAreCorrupt() {
    assertThat(
        corruption(70_000, size(70_000, 1, 1, 12)),
        is(
            "Cannot decode JPEG 2000 image in made.grib2 at byte 505:"
                + " 70000 x 1 pixels in 70000 tiles, expected 70000 pixels"));
  }

  @Test
  void moreTilesThanOctetsHoldAreCorrupt() {
    assertThat(
        corruption(4, size(4, 1, 1, 12)),
        is(
            "Cannot decode JPEG 2000 image in made.grib2 at byte 505:"
                + " 4 x 1 pixels in 4 tiles, expected 4 pixels"));
  }

  @Test
  void morePacketsThanOctetsAreCorrupt() {
    assertThat(
        corruption(4, withHeader(size(2, 2, 2, 12), TWO_GUARD_BITS, 14, 90, 64)),
        is(
            "Cannot decode JPEG 2000 image in made.grib2 at byte 505:"
                + " 90 packets in 79 octets"));
  }

  @Test
  void moreCodeBlocksThanAnyImageHasAreRefused() {
    OctetWriter stream = size(2048, 2048, 2048, 12);

    assertThat(
        unsupported(2048 * 2048, withHeader(stream, TWO_GUARD_BITS, 14, 5, 4)),
        is("Unsupported JPEG 2000 image of 1310720 code-blocks in made.grib2 at byte 505"));
  }

  @Test
  void signedPixelsAreRefused() {
    assertThat(
        unsupported(4, size(2, 2, 2, 12 + 128)),
        is(
            "Unsupported JPEG 2000 image other than grey of up to 31 bits in made.grib2 at byte 545"));
  }

  @Test
  void pixelsWiderThanTheLibraryDecodesAreRefused() {
    assertThat(
        unsupported(4, withHeader(size(2, 2, 2, 29), TWO_GUARD_BITS)),
        is("Unsupported JPEG 2000 image of 29 bits with 2 guard bits in made.grib2 at byte 505"));
  }

  @Test
  void whatTheLibraryReportsIsCorrupt() {
    assertThat(
        corruption(4, size(2, 2, 2, 12)),
        startsWith(
            "Cannot decode JPEG 2000 image in made.grib2 at byte 505: the decoder reports java.io"));
    assertThat(
        corruption(4, withHeader(size(2, 2, 2, 12), TWO_GUARD_BITS)),
        startsWith(
            "Cannot decode JPEG 2000 image in made.grib2 at byte 505: the decoder reports java."));
  }

  @Test
  void onesWithoutEndAreCorrupt() {
    OctetWriter stream = withHeader(size(2, 2, 2, 12), TWO_GUARD_BITS, 16);

    assertThat(
        corruption(4, stream.missing(2)),
        is(
            "Cannot decode JPEG 2000 image in made.grib2 at byte 584:"
                + " sixteen ones within packets"));
  }

  @Test
  void sectionShorterThanItsTemplateIsCorrupt() {
    OctetReader section = OctetReader.of(new byte[21], Origin.of("made.grib2", 100));

    CorruptInputException e =
        assertThrows(CorruptInputException.class, () -> JpegPacking.read(section));

    assertThat(
        e.getMessage(),
        is("Cannot read octets 23 to 23 in made.grib2 at byte 100: the section has 21 octets"));
  }
}
