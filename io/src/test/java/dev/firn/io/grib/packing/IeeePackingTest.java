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
import org.junit.jupiter.api.Test;

class IeeePackingTest {

  private static OctetReader section(int number, int... octets) {
    OctetWriter section = new OctetWriter().uint32(5L + octets.length).uint8(number);
    for (int octet : octets) {
      section.uint8(octet);
    }
    return OctetReader.of(section.toBytes(), Origin.of("made.grib2", 500));
  }

  @Test
  void numbersAreNotScaledButConverted() {
    OctetReader data = section(7, 0x43, 0x88, 0x93, 0x33, 0x80, 0, 0, 0);

    float[] values = new IeeePacking(4).decode(data, 2, UnitConversion.NONE);
    float[] celsius = new IeeePacking(4).decode(data, 2, UnitConversion.KELVIN_TO_CELSIUS);

    assertThat(values, is(new float[] {273.15f, -0.0f}));
    assertThat(celsius, is(new float[] {(float) (273.15f - 273.15), -273.15f}));
  }

  @Test
  void doublesAreRounded() {
    OctetReader data = section(7, 0x3F, 0xF0, 0, 0, 0x10, 0, 0, 1);

    float[] values = new IeeePacking(8).decode(data, 1, UnitConversion.NONE);

    assertThat(values, is(new float[] {Math.nextUp(1f)}));
  }

  @Test
  void ieeeNumbersOf128BitsAreRefused() {
    OctetReader section = section(5, 0, 0, 0, 9, 0, 4, 3);

    UnsupportedFeatureException e =
        assertThrows(UnsupportedFeatureException.class, () -> DataTemplate.read(section));

    assertThat(
        e.getMessage(), is("Unsupported IEEE numbers of 128 bits in made.grib2 at byte 511"));
  }

  @Test
  void tooFewOctetsForIeeeNumbersAreCorrupt() {
    CorruptInputException e =
        assertThrows(
            CorruptInputException.class,
            () ->
                new IeeePacking(8).decode(section(7, 1, 2, 3, 4), 60_000_000, UnitConversion.NONE));

    assertThat(
        e.getMessage(),
        is(
            "Cannot decode IEEE numbers in made.grib2 at byte 500:"
                + " section 7 has 9 octets, 60000000 values need 480000000"));
  }
}
