package dev.firn.io.grib.packing.aec;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Coded samples by hand, bit for bit. */
class AecDecoderTest {
  private static final Origin ORIGIN = Origin.of("made.grib2", 500);

  private static AecOptions raw(int bits, int interval) {
    return new AecOptions(bits, 8, interval, false, false, false, false);
  }

  private static AecOptions preprocessed(int bits, boolean signed) {
    return new AecOptions(bits, 8, 2, signed, true, false, false);
  }

  /** Bits in groups parted by spaces, filled up to an octet. */
  private static ByteBuffer bits(String... groups) {
    String bits = String.join("", groups).replace(" ", "");
    String octets = bits + "0".repeat(-bits.length() & 7);
    byte[] bytes = new BigInteger("1" + octets, 2).toByteArray();
    return ByteBuffer.wrap(bytes, 1, octets.length() / 8);
  }

  private static int[] decode(AecOptions options, int count, ByteBuffer data) {
    AecDecoder decoder = AecDecoder.of(options, data, ORIGIN, count, int[]::new);
    int[] samples = new int[count];
    int filled = 0;
    for (int size = decoder.next(); size > 0; size = decoder.next()) {
      System.arraycopy(decoder.samples(), 0, samples, filled, size);
      filled += size;
    }
    assertThat(filled, is(count));
    return samples;
  }

  @Test
  void splitSamplesHaveTheirLastBitsAfterAllUnaryNumbers() {
    ByteBuffer data = bits("011", "1 01 001 1 1 1 1 1", "00 01 10 11 00 01 10 11");

    assertThat(decode(raw(8, 1), 8, data), is(new int[] {0, 5, 10, 3, 0, 1, 2, 3}));
  }

  @Test
  void samplesMayBeAsTheyAre() {
    ByteBuffer data = bits("111", "000 001 010 011 100 101 110 111");

    assertThat(decode(raw(3, 1), 8, data), is(new int[] {0, 1, 2, 3, 4, 5, 6, 7}));
  }

  @Test
  void secondExtensionHoldsPairs() {
    ByteBuffer data = bits("000 1", "1", "01", "001", "000001");

    assertThat(decode(raw(8, 1), 8, data), is(new int[] {0, 0, 1, 0, 0, 1, 0, 2}));
  }

  @Test
  void largestPairIsLongerThanAWindow() {
    ByteBuffer data = bits("000 1", "0".repeat(90) + "1", "111");

    assertThat(decode(raw(8, 1), 8, data), is(new int[] {0, 12, 0, 0, 0, 0, 0, 0}));
  }

  @Test
  void pairsAboveTheLargestAreCorrupt() {
    ByteBuffer data = bits("000 1", "0".repeat(91) + "1", "111");

    CorruptInputException e =
        assertThrows(CorruptInputException.class, () -> decode(raw(8, 1), 8, data));

    assertThat(
        e.getMessage(),
        is(
            "Cannot decode CCSDS samples in made.grib2 at byte 512:"
                + " pair of samples 91, expected at most 90"));
  }

  @Test
  void blocksOfZerosAreCounted() {
    ByteBuffer fourBlocks = bits("000 0 0001", "111", "1".repeat(64));
    ByteBuffer fiveBlocks = bits("000 0 000001", "111", "1".repeat(64));

    int[] afterFour = decode(raw(8, 6), 40, fourBlocks);
    int[] afterFive = decode(raw(8, 6), 48, fiveBlocks);

    assertThat(Arrays.copyOf(afterFour, 32), is(new int[32]));
    assertThat(afterFour[32], is(255));
    assertThat(Arrays.copyOf(afterFive, 40), is(new int[40]));
    assertThat(afterFive[40], is(255));
  }

  @Test
  void fifthCountOfZerosStandsForTheRestOfTheSegment() {
    ByteBuffer data = bits("000 0 00001", "111", "1".repeat(64));

    int[] samples = decode(raw(8, 70), 65 * 8, data);

    assertThat(Arrays.copyOf(samples, 64 * 8), is(new int[64 * 8]));
    assertThat(samples[64 * 8], is(255));
  }

  @Test
  void zerosBeyondTheIntervalAreCorrupt() {
    ByteBuffer data = bits("000 0 001", "0".repeat(20));

    CorruptInputException e =
        assertThrows(CorruptInputException.class, () -> decode(raw(8, 2), 32, data));

    assertThat(
        e.getMessage(),
        is(
            "Cannot decode CCSDS samples in made.grib2 at byte 500:"
                + " 3 blocks of zeros, 2 are left in the interval"));
  }

  @Test
  void differencesFollowTheReferenceSample() {
    ByteBuffer data = bits("001", "00001010", "1 01 001 0001 00001 1 1");

    assertThat(
        decode(preprocessed(8, false), 8, data), is(new int[] {10, 10, 9, 10, 8, 10, 10, 10}));
  }

  @Test
  void differencesBeyondTheNearerEndHaveOneSign() {
    ByteBuffer data = bits("111", "00000001 00000010 00000101 11111111 00000001", "0".repeat(24));

    assertThat(
        decode(preprocessed(8, false), 8, data), is(new int[] {1, 2, 5, 255, 254, 254, 254, 254}));
  }

  @Test
  void signedSamplesAreTwosComplementInWholeOctets() {
    ByteBuffer data = bits("111", "1111 0001 0010 0010 0010 0000 0000 0000");

    assertThat(
        decode(preprocessed(4, true), 8, data), is(new int[] {0xFF, 0xFE, 0xFF, 0, 1, 1, 1, 1}));
  }

  @Test
  void wideSamplesFillAllBits() {
    ByteBuffer data =
        bits("11111", "1".repeat(32), "0".repeat(31) + "1", "1".repeat(32), "0".repeat(160));

    assertThat(decode(preprocessed(32, false), 8, data), is(new int[] {-1, -2, 0, 0, 0, 0, 0, 0}));
  }

  @Test
  void paddedIntervalsBeginWithAnOctet() {
    AecOptions options = new AecOptions(8, 8, 1, false, false, false, true);
    ByteBuffer data = bits("001 11111111 00000", "001 11111111 00000");

    assertThat(decode(options, 16, data), is(new int[16]));
  }

  @Test
  void restrictedOptionsHaveShorterIdentifiers() {
    AecOptions options = new AecOptions(2, 8, 1, false, false, true, false);
    ByteBuffer data = bits("1", "00 01 10 11 00 01 10 11");

    assertThat(decode(options, 8, data), is(new int[] {0, 1, 2, 3, 0, 1, 2, 3}));
  }

  @Test
  void lastBlockMayHoldMoreSamplesThanAreWanted() {
    ByteBuffer data = bits("001", "11111111");

    assertThat(decode(raw(8, 4), 3, data), is(new int[3]));
  }

  @Test
  void dataThatEndWithinABlockAreCorrupt() {
    ByteBuffer data = bits("001", "11111");

    CorruptInputException e =
        assertThrows(CorruptInputException.class, () -> decode(raw(8, 1), 8, data));

    assertThat(
        e.getMessage(),
        is("Cannot decode CCSDS samples in made.grib2 at byte 501: the data end within a block"));
  }

  @Test
  void moreSamplesThanTheDataCanHoldAreCorruptAtOnce() {
    CorruptInputException e =
        assertThrows(
            CorruptInputException.class,
            () -> AecDecoder.of(raw(8, 64), bits("00000000"), ORIGIN, 60_000_000, int[]::new));

    assertThat(
        e.getMessage(),
        is(
            "Cannot decode CCSDS samples in made.grib2 at byte 500:"
                + " 60000000 samples in 1 octets"));
  }

  @Test
  void differencesOfTooManyBitsAreCorrupt() {
    ByteBuffer data = bits("110", "00000000", "0".repeat(20) + "1 111111", "0".repeat(35));

    CorruptInputException e =
        assertThrows(CorruptInputException.class, () -> decode(preprocessed(8, false), 8, data));

    assertThat(
        e.getMessage(),
        is(
            "Cannot decode CCSDS samples in made.grib2 at byte 509:"
                + " a difference of samples has more than 8 bits"));
  }

  @Test
  void optionsOutsideTheStandardAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> raw(33, 1));
    assertThrows(IllegalArgumentException.class, () -> raw(8, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new AecOptions(8, 24, 1, false, false, false, false));
    assertThrows(
        IllegalArgumentException.class, () -> new AecOptions(8, 8, 1, false, false, true, false));
  }
}
