package dev.firn.io.bytes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import org.junit.jupiter.api.Test;

class OctetReaderTest {
  private static final Origin ORIGIN = Origin.of("made.grib2", 100);

  private static OctetReader reader(int... octets) {
    byte[] bytes = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      bytes[i] = (byte) octets[i];
    }
    return OctetReader.of(bytes, ORIGIN);
  }

  @Test
  void unsignedNumbersAreBigEndian() {
    OctetReader reader = reader(0xFE, 0xDC, 0xBA, 0x98, 0x01, 0x02, 0x03, 0x04, 0x05);

    assertThat(reader.uint8(1), is(0xFE));
    assertThat(reader.uint16(1), is(0xFEDC));
    assertThat(reader.uint32(1), is(0xFEDCBA98L));
    assertThat(reader.uint32(6), is(0x02030405L));
  }

  @Test
  void signedNumbersAreSignAndMagnitude() {
    assertThat(reader(0x81).int8(1), is(-1));
    assertThat(reader(0x7F).int8(1), is(127));
    assertThat(reader(0x80, 0x02).int16(1), is(-2));
    assertThat(reader(0xFF, 0xFF).int16(1), is(-32767));
    assertThat(reader(0x80, 0, 0, 0x03).int32(1), is(-3));
    assertThat(reader(0x7F, 0xFF, 0xFF, 0xFF).int32(1), is(Integer.MAX_VALUE));
    assertThat(reader(0x80, 0, 0, 0).int32(1), is(0));
  }

  @Test
  void floatsAreIeeeSingles() {
    assertThat(reader(0xC2, 0x48, 0, 0).float32(1), is(-50f));
  }

  @Test
  void missingMeansAllBitsSet() {
    assertThat(reader(0, 0xFF, 0xFF).isMissing(2, 2), is(true));
    assertThat(reader(0, 0xFF, 0xFE).isMissing(2, 2), is(false));
  }

  @Test
  void octetsAreCountedFromTheSectionsStart() {
    OctetReader section = new OctetReader(new byte[] {9, 8, 7, 6}, 1, 2, ORIGIN);

    assertThat(section.uint8(1), is(8));
    assertThat(section.uint8(2), is(7));
    assertThat(section.origin(2), is(Origin.of("made.grib2", 101)));
  }

  @Test
  void readingPastTheSectionsEndNamesOctetsAndOffset() {
    OctetReader section = new OctetReader(new byte[8], 0, 6, ORIGIN);

    CorruptInputException e = assertThrows(CorruptInputException.class, () -> section.uint32(4));

    assertThat(
        e.getMessage(),
        is("Cannot read octets 4 to 7 in made.grib2 at byte 100: the section has 6 octets"));
  }

  @Test
  void lengthsOf2To63AndMoreAreCorrupt() {
    OctetReader section = reader(0x80, 0, 0, 0, 0, 0, 0, 0x01);

    CorruptInputException e = assertThrows(CorruptInputException.class, () -> section.uint63(1));

    assertThat(
        e.getMessage(),
        is(
            "Cannot read a length in made.grib2 at byte 100:"
                + " found 9223372036854775809, expected less than 2^63"));
  }

  @Test
  void sectionLongerThanItsBytesIsCorrupt() {
    CorruptInputException e =
        assertThrows(CorruptInputException.class, () -> new OctetReader(new byte[8], 5, 4, ORIGIN));

    assertThat(e.getMessage(), is("Cannot read 4 octets in made.grib2 at byte 100: 3 are there"));
  }

  @Test
  void writerWritesWhatReaderReads() {
    byte[] bytes =
        new OctetWriter()
            .uint8(200)
            .uint16(60000)
            .uint32(4_000_000_000L)
            .uint63(1L << 40)
            .int8(-127)
            .int16(-1)
            .int32(-70000)
            .float32(1.5f)
            .missing(2)
            .ascii("GRIB")
            .toBytes();
    OctetReader reader = OctetReader.of(bytes, ORIGIN);

    assertThat(reader.uint8(1), is(200));
    assertThat(reader.uint16(2), is(60000));
    assertThat(reader.uint32(4), is(4_000_000_000L));
    assertThat(reader.uint63(8), is(1L << 40));
    assertThat(reader.int8(16), is(-127));
    assertThat(reader.int16(17), is(-1));
    assertThat(reader.int32(19), is(-70000));
    assertThat(reader.float32(23), is(1.5f));
    assertThat(reader.isMissing(27, 2), is(true));
    assertThat(reader.matches(29, "GRIB"), is(true));
    assertThat(reader.length(), is(32));
  }

  @Test
  void writerRefusesNumbersThatDoNotFit() {
    OctetWriter writer = new OctetWriter();

    assertThrows(IllegalArgumentException.class, () -> writer.uint8(256));
    assertThrows(IllegalArgumentException.class, () -> writer.uint16(-1));
    assertThrows(IllegalArgumentException.class, () -> writer.int8(128));
    assertThrows(IllegalArgumentException.class, () -> writer.int32(1L << 31));
  }
}
