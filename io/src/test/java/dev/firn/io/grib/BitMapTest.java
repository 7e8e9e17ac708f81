package dev.firn.io.grib;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.bytes.OctetWriter;
import org.junit.jupiter.api.Test;

class BitMapTest {
  private static final float NAN = Float.NaN;

  private static BitMap bitMap(int... octets) {
    return BitMap.read(section(octets), 8 * octets.length);
  }

  private static OctetReader section(int... octets) {
    OctetWriter section = new OctetWriter().uint32(6L + octets.length).uint8(6).uint8(0);
    for (int octet : octets) {
      section.uint8(octet);
    }
    return OctetReader.of(section.toBytes(), Origin.of("made.grib2", 60));
  }

  private static String corrupt(BitMap bitMap, float[] values, int points) {
    return assertThrows(CorruptInputException.class, () -> bitMap.spread(values, points))
        .getMessage();
  }

  @Test
  void valuesGoWhereBitsAreSet() {
    float[] values = bitMap(0b0110_0000, 0b0100_0000).spread(new float[] {1, 2, 3}, 10);

    assertThat(values, is(new float[] {NAN, 1, 2, NAN, NAN, NAN, NAN, NAN, NAN, 3}));
  }

  @Test
  void fewerBitsThanPointsAreCorrupt() {
    OctetReader section = section(0xFF);

    CorruptInputException e =
        assertThrows(CorruptInputException.class, () -> BitMap.read(section, 9));

    assertThat(
        e.getMessage(),
        is("Cannot apply bit-map in made.grib2 at byte 66: it has 8 bits for 9 points"));
  }

  @Test
  void fewerOnesThanValuesAreCorrupt() {
    assertThat(
        corrupt(bitMap(0x80), new float[2], 8),
        is(
            "Cannot apply bit-map in made.grib2 at byte 66:"
                + " it has 1 ones for 2 values of section 7"));
  }

  @Test
  void moreOnesThanValuesAreCorrupt() {
    assertThat(
        corrupt(bitMap(0xE0), new float[2], 8),
        is(
            "Cannot apply bit-map in made.grib2 at byte 66:"
                + " it has more ones than the 2 values of section 7"));
  }

  @Test
  void bitMapOfValuesHasOnesWhereTheyArePresent() {
    float[] values = {NAN, 1, 2, NAN, NAN, NAN, NAN, NAN, NAN, 3};

    assertThat(BitMap.of(values), is(new byte[] {0b0110_0000, 0b0100_0000}));
    assertThat(BitMap.present(values), is(new float[] {1, 2, 3}));
  }
}
