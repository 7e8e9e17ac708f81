package dev.firn.io.grib;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.bytes.OctetWriter;
import dev.firn.io.grib.packing.ValueReader;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitMapTest {
  private static final float NAN = Float.NaN;

  private static BitMap bitMap(int... octets) {
    OctetWriter section = new OctetWriter().uint32(6L + octets.length).uint8(6).uint8(0);
    for (int octet : octets) {
      section.uint8(octet);
    }
    return new BitMap(OctetReader.of(section.toBytes(), Origin.of("made.grib2", 60)));
  }

  /** Values that are 1, 2, 3. */
  private static final class Counting implements ValueReader {
    private int last;

    @Override
    public void read(float[] out, int from, int count) {
      for (int i = 0; i < count; i++) {
        out[from + i] = ++last;
      }
    }

    @Override
    public void skip(int count) {
      last += count;
    }
  }

  private static String corrupt(BitMap bitMap, int count, int points) {
    return assertThrows(
            CorruptInputException.class, () -> bitMap.spread(new Counting(), count, points))
        .getMessage();
  }

  @Test
  void valuesGoWhereBitsAreSet() {
    float[] values = new float[10];

    bitMap(0b0110_0000, 0b0100_0000).spread(new Counting(), 3, 10).read(values, 0, 10);

    assertThat(values, is(new float[] {NAN, 1, 2, NAN, NAN, NAN, NAN, NAN, NAN, 3}));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.02, 0.5, 0.98, 1})
  void valuesReadInPartsAreThoseReadAtOnce(double presence) {
    Random random = new Random(1);
    int points = 3001;
    int[] octets =
        random.ints(376, 0, 256).map(o -> random.nextDouble() < presence ? 255 : 0).toArray();
    IntStream.range(0, 40).forEach(i -> octets[random.nextInt(376)] ^= random.nextInt(256));
    int count = (int) IntStream.range(0, points).filter(i -> isSet(octets, i)).count();
    float[] expected = new float[points];
    int last = 0;
    for (int i = 0; i < points; i++) {
      expected[i] = isSet(octets, i) ? ++last : NAN;
    }

    ValueReader reader = bitMap(octets).spread(new Counting(), count, points);
    for (int at = 0; at < points; ) {
      int size = Math.min(points - at, random.nextInt(300));
      float[] part = new float[size];
      if (random.nextBoolean()) {
        reader.skip(size);
      } else {
        reader.read(part, 0, size);
        assertThat(part, is(Arrays.copyOfRange(expected, at, at + size)));
      }
      at += size;
    }
    float[] whole = new float[points];
    bitMap(octets).spread(new Counting(), count, points).read(whole, 0, points);
    assertThat(whole, is(expected));
  }

  private static boolean isSet(int[] octets, int bit) {
    return (octets[bit / 8] & (0x80 >>> (bit % 8))) != 0;
  }

  @Test
  void fewerBitsThanPointsAreCorrupt() {
    assertThat(
        corrupt(bitMap(0xFF), 8, 9),
        is("Cannot apply bit-map in made.grib2 at byte 66: it has 8 bits for 9 points"));
  }

  @Test
  void fewerOnesThanValuesAreCorrupt() {
    assertThat(
        corrupt(bitMap(0x80), 2, 8),
        is(
            "Cannot apply bit-map in made.grib2 at byte 66:"
                + " it has 1 ones for 2 values of section 7"));
  }

  @Test
  void moreOnesThanValuesAreCorrupt() {
    assertThat(
        corrupt(bitMap(0xE0), 2, 8),
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
