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

/** Section 7 by hand, octet for octet. */
class DataTemplateTest {
  private static final Scale UNSCALED = new Scale(100, 0, 0);
  private static final float NAN = Float.NaN;

  private static OctetReader data(int... octets) {
    OctetWriter section = new OctetWriter().uint32(5L + octets.length).uint8(7);
    for (int octet : octets) {
      section.uint8(octet);
    }
    return OctetReader.of(section.toBytes(), Origin.of("made.grib2", 500));
  }

  private static float[] decode(DataTemplate template, int count, OctetReader data) {
    return template.decode(data, count, UnitConversion.NONE);
  }

  /** Two groups: references 5 and 9, widths 2 and 3 (reference 1), lengths 3 and 2. */
  private static ComplexPacking twoGroups(MissingValues missing) {
    return new ComplexPacking(UNSCALED, 4, missing, new GroupLayout(2, 1, 2, 3, 1, 2, 0));
  }

  private static OctetReader twoGroupsData() {
    return data(0x59, 0b0110_0000, 0b00_10_11_11, 0b0_111_0000);
  }

  @Test
  void simplePackingScalesEachInteger() {
    DataTemplate packing = new SimplePacking(new Scale(-10, 1, 1), 4);

    assertThat(
        decode(packing, 3, data(0x0F, 0x70)),
        is(new float[] {-1, (float) ((-10 + 15 * 2.0) * 0.1), (float) ((-10 + 7 * 2.0) * 0.1)}));
  }

  @Test
  void zeroBitPackingGivesConstantFieldWithoutDecimalScale() {
    DataTemplate packing = new SimplePacking(new Scale(25, 3, 2), 0);

    assertThat(decode(packing, 2, data()), is(new float[] {25, 25}));
  }

  @Test
  void conversionComesBeforeRounding() {
    DataTemplate packing = new SimplePacking(new Scale(27315, 0, 2), 8);

    float[] celsius = packing.decode(data(1), 1, UnitConversion.KELVIN_TO_CELSIUS);

    assertThat(celsius, is(new float[] {(float) ((27315 + 1) * 0.01 - 273.15)}));
  }

  @Test
  void groupsAddTheirReferenceToIntegersOfTheirWidth() {
    float[] values = decode(twoGroups(MissingValues.NONE), 5, twoGroupsData());

    assertThat(values, is(new float[] {105, 107, 108, 115, 116}));
  }

  @Test
  void highestIntegerOfAWidthIsPrimaryMissing() {
    float[] values = decode(twoGroups(MissingValues.PRIMARY), 5, twoGroupsData());

    assertThat(values, is(new float[] {105, 107, NAN, 115, NAN}));
  }

  @Test
  void secondHighestIntegerOfAWidthIsSecondaryMissing() {
    float[] values = decode(twoGroups(MissingValues.PRIMARY_AND_SECONDARY), 5, twoGroupsData());

    assertThat(values, is(new float[] {105, NAN, NAN, NAN, NAN}));
  }

  @Test
  void groupWithoutWidthIsMissingWhenItsReferenceIsAllOnes() {
    GroupLayout layout = new GroupLayout(3, 0, 0, 1, 1, 1, 0);
    ComplexPacking primary = new ComplexPacking(UNSCALED, 4, MissingValues.PRIMARY, layout);
    ComplexPacking secondary =
        new ComplexPacking(UNSCALED, 4, MissingValues.PRIMARY_AND_SECONDARY, layout);

    assertThat(decode(primary, 3, data(0x3F, 0xE0)), is(new float[] {103, NAN, 114}));
    assertThat(decode(secondary, 3, data(0x3F, 0xE0)), is(new float[] {103, NAN, NAN}));
  }

  @Test
  void firstDifferencesAreSummedFromTheFirstValue() {
    GroupLayout layout = new GroupLayout(1, 4, 0, 0, 1, 4, 0);
    ComplexPacking groups = new ComplexPacking(UNSCALED, 0, MissingValues.NONE, layout);
    DataTemplate packing = new SpatialDifferencing(groups, 1, 1);

    float[] values = decode(packing, 4, data(20, 0x82, 0x03, 0x05));

    assertThat(values, is(new float[] {120, 121, 119, 122}));
  }

  @Test
  void secondDifferencesPassOverMissingValues() {
    GroupLayout layout = new GroupLayout(1, 4, 0, 0, 1, 6, 0);
    ComplexPacking groups = new ComplexPacking(UNSCALED, 0, MissingValues.PRIMARY, layout);
    DataTemplate packing = new SpatialDifferencing(groups, 2, 1);

    float[] values = decode(packing, 6, data(10, 12, 0x81, 0xF0, 0x0F, 0x14));

    assertThat(values, is(new float[] {NAN, 110, 112, NAN, 114, 119}));
  }

  @Test
  void sumsBeyond32BitsAreCorruptNotWrong() {
    GroupLayout layout = new GroupLayout(1, 0, 0, 0, 1, 3, 0);
    ComplexPacking groups = new ComplexPacking(UNSCALED, 0, MissingValues.NONE, layout);
    DataTemplate packing = new SpatialDifferencing(groups, 1, 4);

    CorruptInputException e =
        assertThrows(
            CorruptInputException.class,
            () -> decode(packing, 3, data(0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 1)));

    assertThat(
        e.getMessage(),
        is(
            "Cannot undo spatial differencing in made.grib2 at byte 500:"
                + " the sums exceed 32 bits"));
  }

  @Test
  void groupsThatHoldTooFewValuesAreCorrupt() {
    CorruptInputException e =
        assertThrows(
            CorruptInputException.class,
            () -> decode(twoGroups(MissingValues.NONE), 6, twoGroupsData()));

    assertThat(
        e.getMessage(),
        is("Cannot unpack groups in made.grib2 at byte 500: they hold 5 values, expected 6"));
  }

  @Test
  void groupsWithMoreBitsThanSection7AreCorrupt() {
    CorruptInputException e =
        assertThrows(
            CorruptInputException.class,
            () -> decode(twoGroups(MissingValues.NONE), 5, data(0x59, 0b0110_0000, 0b00_10_11_11)));

    assertThat(
        e.getMessage(),
        is(
            "Cannot unpack groups in made.grib2 at byte 500:"
                + " they have 12 bits, but only 8 are left"));
  }

  @Test
  void groupsThatHoldTooManyValuesAreCorrupt() {
    CorruptInputException e =
        assertThrows(
            CorruptInputException.class,
            () -> decode(twoGroups(MissingValues.NONE), 4, twoGroupsData()));

    assertThat(
        e.getMessage(),
        is(
            "Cannot unpack group 2 in made.grib2 at byte 500:"
                + " it has 2 values, but only 1 are left"));
  }

  @Test
  void moreGroupsThanValuesAreCorrupt() {
    GroupLayout layout = new GroupLayout(4_000_000_000L, 0, 0, 0, 0, 3, 0);
    DataTemplate packing = new ComplexPacking(UNSCALED, 0, MissingValues.NONE, layout);

    CorruptInputException e =
        assertThrows(CorruptInputException.class, () -> decode(packing, 3, data()));

    assertThat(
        e.getMessage(),
        is("Cannot unpack groups in made.grib2 at byte 500: 4000000000 groups for 3 values"));
  }

  @Test
  void tooFewOctetsForThePackedValuesAreCorrupt() {
    DataTemplate packing = new SimplePacking(UNSCALED, 12);

    CorruptInputException e =
        assertThrows(CorruptInputException.class, () -> decode(packing, 2, data(1, 2)));

    assertThat(
        e.getMessage(),
        is("Cannot read 2 integers of 12 bits in made.grib2 at byte 505: 16 bits are left"));
  }

  @Test
  void unknownTemplateIsNamed() {
    byte[] section = new OctetWriter().uint32(11).uint8(5).uint32(1).uint16(50).toBytes();

    UnsupportedFeatureException e =
        assertThrows(
            UnsupportedFeatureException.class,
            () -> DataTemplate.read(OctetReader.of(section, Origin.of("made.grib2", 300))));

    assertThat(
        e.getMessage(),
        is("Unsupported data template 5.50 (spectral simple packing) in made.grib2 at byte 309"));
  }

  @Test
  void integersOfMoreThan31BitsAreRefusedNotWrapped() {
    GroupLayout layout = new GroupLayout(1, 31, 0, 0, 1, 1, 0);
    DataTemplate packing = new ComplexPacking(UNSCALED, 31, MissingValues.NONE, layout);
    OctetReader data = data(0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0xFF, 0xFF, 0xFE);

    assertThrows(UnsupportedFeatureException.class, () -> decode(packing, 1, data));
  }
}
