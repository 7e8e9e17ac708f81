package dev.firn.io.grib.packing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.bytes.OctetWriter;
import dev.firn.io.field.UnitConversion;
import org.junit.jupiter.api.Test;

class RunLengthPackingTest {
  private static final float NAN = Float.NaN;

  /** Levels 1 to 3 are 0.5, 1 and 20; digits begin at 4, their base is 2^4 − 1 − 3 = 12. */
  private static final RunLengthPacking PACKING =
      new RunLengthPacking(4, 3, 1, new int[] {5, 10, 200});

  private static OctetReader section(int number, int... octets) {
    OctetWriter section = new OctetWriter().uint32(5L + octets.length).uint8(number);
    for (int octet : octets) {
      section.uint8(octet);
    }
    return OctetReader.of(section.toBytes(), Origin.of("made.grib2", 500));
  }

  private static float[] decode(int count, int... octets) {
    return PACKING.decode(section(7, octets), count, UnitConversion.NONE);
  }

  @Test
  void levelsWithoutDigitsAreSingleValues() {
    assertThat(decode(4, 0x12, 0x03), is(new float[] {0.5f, 1, NAN, 20}));
  }

  @Test
  void digitsAreTheLengthLessOneFromTheLowest() {
    float[] values = decode(1 + 14 + 2, 0x12, 0x55, 0x35, 0x40);

    assertThat(values[0], is(0.5f));
    assertThat(values[1], is(1f));
    assertThat(values[14], is(1f));
    assertThat(values[15], is(20f));
    assertThat(values[16], is(20f));
  }

  @Test
  void lastOctetMayBeFilledWithZeros() {
    assertThat(decode(3, 0x12, 0x30), is(new float[] {0.5f, 1, 20}));
  }

  @Test
  void fieldWithoutLevelsIsMissing() {
    RunLengthPacking packing = new RunLengthPacking(0, 0, 0, new int[0]);

    assertThat(packing.decode(section(7), 2, UnitConversion.NONE), is(new float[] {NAN, NAN}));
  }

  @Test
  void conversionAppliesToLevels() {
    float[] celsius = PACKING.decode(section(7, 0x31), 2, UnitConversion.KELVIN_TO_CELSIUS);

    assertThat(celsius, is(new float[] {(float) (20 - 273.15), (float) (0.5 - 273.15)}));
  }

  @Test
  void runsBeyondTheFieldAreCorrupt() {
    CorruptInputException e =
        assertThrows(CorruptInputException.class, () -> decode(3, 0x1F, 0xFF, 0xFF, 0xFF));

    assertThat(
        e.getMessage(),
        is("Cannot decode runs in made.grib2 at byte 500: a run of 12 values, 3 are left"));
  }

  @Test
  void runsAfterTheFieldAreCorrupt() {
    CorruptInputException e =
        assertThrows(CorruptInputException.class, () -> decode(2, 0x12, 0x11));

    assertThat(
        e.getMessage(),
        is("Cannot decode runs in made.grib2 at byte 500: 8 bits are left after 2 values"));
  }

  @Test
  void runThatBeginsWithADigitIsCorrupt() {
    CorruptInputException e = assertThrows(CorruptInputException.class, () -> decode(2, 0x51));

    assertThat(
        e.getMessage(),
        is("Cannot decode runs in made.grib2 at byte 500: level 5, expected at most 3"));
  }

  @Test
  void tooFewRunsAreCorrupt() {
    CorruptInputException e = assertThrows(CorruptInputException.class, () -> decode(3, 0x12));

    assertThat(
        e.getMessage(),
        is("Cannot read 1 integers of 4 bits in made.grib2 at byte 506: 0 bits are left"));
  }

  @Test
  void tableIsReadFromSection5() {
    OctetReader section = section(5, 0, 0, 0, 9, 0, 200, 8, 0, 1, 0, 2, 0x81, 1, 0, 0, 7);

    DataTemplate packing = DataTemplate.read(section);

    assertThat(packing.number(), is(200));
    assertThat(packing.bitsPerValue(), is(8));
    assertThat(
        packing.decode(section(7, 1, 0), 2, UnitConversion.NONE), is(new float[] {2560, NAN}));
  }

  @Test
  void highestLevelMustBeInTheTable() {
    OctetReader section = section(5, 0, 0, 0, 9, 0, 200, 8, 0, 3, 0, 2, 0, 0, 1, 0, 2);

    CorruptInputException e =
        assertThrows(CorruptInputException.class, () -> DataTemplate.read(section));

    assertThat(
        e.getMessage(),
        is(
            "Cannot read run length packing in made.grib2 at byte 512:"
                + " the highest level is 3, the table has 2"));
  }

  @Test
  void levelsMustLeaveRoomForDigits() {
    OctetReader section = section(5, 0, 0, 0, 9, 0, 200, 1, 0, 1, 0, 1, 0, 0, 1);

    CorruptInputException e =
        assertThrows(CorruptInputException.class, () -> DataTemplate.read(section));

    assertThat(
        e.getMessage(),
        is(
            "Cannot read run length packing in made.grib2 at byte 511:"
                + " 1 bits leave no digits above level 1"));
  }
}
