package dev.firn.io.grib;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.field.Field;
import dev.firn.io.field.FixedSurface;
import dev.firn.io.field.FlatGrid;
import dev.firn.io.field.LatLonGrid;
import dev.firn.io.field.Level;
import dev.firn.io.field.RegularAxis;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GribMessageTest {
  private static final Origin ORIGIN = Origin.of("made.grib2", 1000);

  /** Offsets in {@link #message}: sections 0 and 1 have 16 and 21 octets, 3 has 72, 4 has 34. */
  private static final int SECTION_3 = 37;

  private static final int SECTION_4 = SECTION_3 + 72;
  private static final int SECTION_5 = SECTION_4 + 34;
  private static final int SECTION_6 = SECTION_5 + 21;

  private static byte[] message() {
    LatLonGrid grid = new LatLonGrid(RegularAxis.degrees(1, 0, 2), RegularAxis.degrees(0, 2, 3));
    return GribWriter.message()
        .centre(7)
        .referenceTime(Instant.parse("2026-01-31T06:00:00Z"))
        .leadTime(Duration.ofHours(2))
        .level(Level.at(FixedSurface.of(100, 10000)))
        .field(new Field(grid, new float[] {1, 2, 3, 4, 5, 6}))
        .toBytes();
  }

  private static byte[] changed(int offset, int... octets) {
    byte[] bytes = message();
    for (int i = 0; i < octets.length; i++) {
      bytes[offset + i] = (byte) octets[i];
    }
    return bytes;
  }

  private static GribField field(byte[] bytes) {
    return GribMessage.parse(bytes, ORIGIN).fields().get(0);
  }

  private static String corrupt(byte[] bytes) {
    return assertThrows(CorruptInputException.class, () -> field(bytes).decode()).getMessage();
  }

  private static String unsupported(byte[] bytes) {
    return assertThrows(UnsupportedFeatureException.class, () -> field(bytes).decode())
        .getMessage();
  }

  @Test
  void messageSaysWhoMadeItAndWhen() {
    GribMessage message = GribMessage.parse(message(), ORIGIN);

    assertThat(message.centre(), is(7));
    assertThat(message.subCentre(), is(0));
    assertThat(message.referenceTime(), is(Instant.parse("2026-01-31T06:00:00Z")));
    assertThat(message.origin(), is(ORIGIN));
    assertThat(message.lengthBytes(), is((long) message().length));
  }

  @Test
  void inputLongerThanTheMessageIsCorrupt() {
    byte[] longer = Arrays.copyOf(message(), message().length + 3);

    assertThat(
        corrupt(longer),
        is(
            "Cannot read message in made.grib2 at byte 1008 (message at byte 1000, section 0, octet 9):"
                + " its length is 191 bytes, but 194 were given"));
  }

  @Test
  void otherEditionsAreNamed() {
    assertThat(
        unsupported(changed(7, 3)),
        is(
            "Unsupported GRIB edition 3 in made.grib2 at byte 1007 (message at byte 1000, section 0, octet 8)"));
  }

  @Test
  void missingEndIsCorrupt() {
    assertThat(
        corrupt(changed(message().length - 1, '8')),
        is(
            "Cannot read message in made.grib2 at byte 1187 (message at byte 1000, section 8, octet 1): it does not end with 7777"));
  }

  @Test
  void otherStartIsCorrupt() {
    assertThat(
        corrupt(changed(0, 'B')),
        is(
            "Cannot read message in made.grib2 at byte 1000 (message at byte 1000, section 0, octet 1): it does not begin with GRIB"));
  }

  @Test
  void sectionOutOfPlaceIsCorrupt() {
    assertThat(
        corrupt(changed(SECTION_4 + 4, 5)),
        is(
            "Cannot read sections in made.grib2 at byte 1113 (message at byte 1000, section 4, octet 5): section 5 after section 3"));
  }

  @Test
  void sectionLongerThanTheMessageIsCorrupt() {
    assertThat(
        corrupt(changed(SECTION_6, 0, 0, 1)),
        is(
            "Cannot read section in made.grib2 at byte 1164 (message at byte 1000, section 6, octet 1):"
                + " it has 262 octets, 23 are left in the message"));
  }

  @Test
  void impossibleReferenceTimeIsCorrupt() {
    assertThat(
        corrupt(changed(16 + 14, 2, 31)),
        is(
            "Cannot read time in made.grib2 at byte 1028 (message at byte 1000, section 1, octet 13): found 2026-02-31 06:00:00"));
  }

  @Test
  void gridWithAnotherNumberOfPointsThanValuesIsCorrupt() {
    assertThat(
        corrupt(changed(SECTION_3 + 9, 7)),
        is(
            "Cannot decode field in made.grib2 at byte 1148 (message at byte 1000, section 5, octet 6):"
                + " section 5 has 6 values, the grid 7 points"));
  }

  @Test
  void absurdGridIsCorrupt() {
    assertThat(
        corrupt(changed(SECTION_3 + 30, 0x7F)),
        is(
            "Cannot read grid in made.grib2 at byte 1067 (message at byte 1000, section 3, octet 31):"
                + " 2130706435 points along a side, expected 1 to 67108864"));
  }

  @Test
  void latitudesAgainstTheScanningModeLeaveValuesWithoutPlaces() {
    Field field = field(changed(SECTION_3 + 71, 0x40)).decode();

    assertThat(field, is(new Field(new FlatGrid(2, 3), new float[] {1, 2, 3, 4, 5, 6})));
  }

  @Test
  void basicAngleDividedGivesTheUnitOfAngles() {
    byte[] bytes = changed(SECTION_3 + 38, 0, 0, 0, 1, 0, 7, 0xA1, 0x20);

    assertThat(
        field(bytes).grid(),
        is(new LatLonGrid(RegularAxis.degrees(2, 0, 2), RegularAxis.degrees(0, 4, 3))));
  }

  @Test
  void unknownTemplatesAreNamed() {
    assertThat(
        unsupported(changed(SECTION_3 + 13, 50)),
        is(
            "Unsupported grid template 3.50, of spectral coefficients"
                + " in made.grib2 at byte 1049 (message at byte 1000, section 3, octet 13)"));
    assertThat(
        unsupported(changed(SECTION_5 + 10, 201)),
        is(
            "Unsupported data template 5.201 in made.grib2 at byte 1152 (message at byte 1000, section 5, octet 10)"));
  }

  @Test
  void unknownProductTemplateLeavesParameterAndValuesReadable() {
    GribField field = field(changed(SECTION_4 + 8, 200));

    UnsupportedFeatureException e =
        assertThrows(UnsupportedFeatureException.class, () -> field.level());

    assertThat(
        e.getMessage(),
        is(
            "Unsupported product template 4.200 in made.grib2 at byte 1116 (message at byte 1000, section 4, octet 8)"));
    assertThat(field.productTemplate(), is(200));
    assertThat(field.parameter().toString(), is("0.0.0"));
    assertThat(field.decode().values().length, is(6));
  }

  @Test
  void predefinedBitMapIsUnsupported() {
    assertThat(
        unsupported(changed(SECTION_6 + 5, 12)),
        is(
            "Unsupported bit-map 12, predefined by the centre in made.grib2 at byte 1169 (message at byte 1000, section 6, octet 6)"));
  }

  @Test
  void earlierBitMapThatIsNotThereIsCorrupt() {
    assertThat(
        corrupt(changed(SECTION_6 + 5, 254)),
        is(
            "Cannot read bit-map in made.grib2 at byte 1169 (message at byte 1000, section 6, octet 6):"
                + " it refers to an earlier one, but there is none"));
  }

  @Test
  void fewerValuesThanPointsWithoutABitMapAreCorrupt() {
    assertThat(
        corrupt(changed(SECTION_5 + 8, 5)),
        is(
            "Cannot decode field in made.grib2 at byte 1148 (message at byte 1000, section 5, octet 6):"
                + " section 5 has 5 values, the grid 6 points"));
  }

  @Test
  void pointsOffsetByTheScanningModeHaveValuesWithoutPlaces() {
    Field field = field(changed(SECTION_3 + 71, 0x18)).decode();

    assertThat(field, is(new Field(new FlatGrid(2, 3), new float[] {1, 2, 3, 6, 5, 4})));
  }

  @Test
  void levelsStoredWithOtherScaleFactorsAreEqual() {
    byte[] hundredTimesHundred = changed(SECTION_4 + 23, 0x82, 0, 0, 0, 100);

    assertThat(field(hundredTimesHundred).level(), is(field(message()).level()));
  }

  @Test
  void monthsAreCalendarMonths() {
    byte[] oneMonth = changed(SECTION_4 + 17, 3, 0, 0, 0, 1);

    assertThat(field(oneMonth).leadTime(), is(Duration.ofDays(28)));
  }

  @Test
  void unknownUnitOfTimeIsNamed() {
    UnsupportedFeatureException e =
        assertThrows(
            UnsupportedFeatureException.class, () -> field(changed(SECTION_4 + 17, 99)).leadTime());

    assertThat(
        e.getMessage(),
        is(
            "Unsupported unit of time 99 (code table 4.4) in made.grib2 at byte 1126 (message at byte 1000, section 4, octet 18)"));
  }
}
