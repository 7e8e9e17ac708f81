package dev.firn.io.bytes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitReaderTest {
  private static final Origin ORIGIN = Origin.of("made.grib2", 40);

  private static BitReader reader(int... octets) {
    byte[] bytes = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      bytes[i] = (byte) octets[i];
    }
    return OctetReader.of(bytes, ORIGIN).bitsFrom(1);
  }

  @Test
  void integersFollowEachOtherMostSignificantBitFirst() {
    BitReader bits = reader(0b101_00001, 0b1_0110011);

    assertThat(bits.unsigned(3), is(0b101L));
    assertThat(bits.unsigned(6), is(0b000011L));
    assertThat(bits.unsigned(7), is(0b0110011L));
    assertThat(bits.remaining(), is(0L));
  }

  @Test
  void signComesBeforeMagnitude() {
    BitReader bits = reader(0x80, 0x05, 0x00, 0x06);

    assertThat(bits.signAndMagnitude(16), is(-5L));
    assertThat(bits.signAndMagnitude(16), is(6L));
  }

  @Test
  void integersOfNoBitsAreTheBase() {
    int[] out = {9, 9, 9, 9};

    reader().unsignedInts(out, 1, 2, 0, 7);

    assertThat(out, is(new int[] {9, 7, 7, 9}));
  }

  @Test
  void baseIsAddedToEachInteger() {
    int[] out = new int[4];

    reader(0x12, 0x34).unsignedInts(out, 0, 4, 4, 100);

    assertThat(out, is(new int[] {101, 102, 103, 104}));
  }

  @Test
  void skippingEndsOnAnOctet() {
    BitReader bits = reader(0xFF, 0xE0, 0x42);

    bits.skipToOctet(3, 3);

    assertThat(bits.unsigned(8), is(0x42L));
  }

  @Test
  void forkReadsOnWithoutMovingTheOriginal() {
    BitReader bits = reader(0x12, 0x34);
    bits.unsigned(4);

    BitReader fork = bits.fork();

    assertThat(fork.unsigned(8), is(0x23L));
    assertThat(bits.unsigned(4), is(2L));
  }

  @Test
  void readingPastTheEndNamesOffsetAndWhatIsLeft() {
    BitReader bits = reader(1, 2, 3);
    bits.unsigned(11);

    CorruptInputException e =
        assertThrows(CorruptInputException.class, () -> bits.unsignedInts(new int[2], 0, 2, 7, 0));

    assertThat(
        e.getMessage(),
        is("Cannot read 2 integers of 7 bits in made.grib2 at byte 41: 13 bits are left"));
  }

  @Test
  void numbersOfIntegersThatOverflowAreRefused() {
    BitReader bits = reader(1, 2, 3);

    assertThrows(CorruptInputException.class, () -> bits.skipToOctet(Long.MAX_VALUE, 31));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 8, 11, 12, 13, 14, 15, 16, 17, 20, 24, 25, 31})
  void intsOfAnyWidthAtAnyBitAreThoseWritten(int width) {
    Random random = new Random(width);
    for (int lead = 0; lead < 16; lead++) {
      int[] written = random.ints(41, 0, 1 << Math.min(30, width)).toArray();
      BitWriter writer = new BitWriter().unsigned(0, lead);
      Arrays.stream(written).forEach(integer -> writer.unsigned(integer, width));
      BitReader bits = OctetReader.of(writer.toBytes(), ORIGIN).bitsFrom(1);
      bits.unsigned(lead);

      int[] read = new int[written.length];
      bits.unsignedInts(read, 0, read.length, width, 0);

      assertThat(read, is(written));
    }
  }

  @Test
  void peekingDoesNotGoOn() {
    BitReader bits = reader(0x12);

    assertThat(bits.peek(4), is(1L));
    assertThat(bits.unsigned(8), is(0x12L));
  }

  @Test
  void integersAreLoadableUpToEightOctetsBeforeTheEnd() {
    BitReader bits = reader(1, 2, 3, 4, 5, 6, 7, 8, 9);

    assertThat(bits.loadable(2, 8), is(2));
    assertThat(bits.loadable(9, 8), is(2));
    assertThat(bits.loadable(9, 3), is(6));
    assertThat(reader(1, 2, 3).loadable(2, 8), is(0));
  }

  @Test
  void longsBecomeDoublesExactly() {
    long largest = (1L << BitReader.MAX_DOUBLE_WIDTH) - 1;

    assertThat(BitReader.toDouble(largest), is((double) largest));
    assertThat(BitReader.toDouble(-7), is(-7.0));
  }

  @Test
  void bitWriterRefusesIntegersThatNeedMoreBits() {
    BitWriter writer = new BitWriter();

    assertThrows(IllegalArgumentException.class, () -> writer.unsigned(8, 3));
    assertThrows(IllegalArgumentException.class, () -> writer.unsigned(-1, 3));
  }
}
