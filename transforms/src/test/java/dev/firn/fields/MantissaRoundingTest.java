package dev.firn.fields;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MantissaRoundingTest {

  @ParameterizedTest(name = "{0} to {1} bits is {2}: {3}")
  @CsvSource({
    "3f808000, 7, 3f800000, tie to even",
    "3f818000, 7, 3f820000, tie up",
    "3dcccccd, 7, 3dcd0000, up",
    "c3889333, 7, c3890000, negative",
    "3fffffff, 6, 40000000, carry into the exponent",
    "7f7fffff, 6, 7f800000, overflow",
    "ff7fffff, 6, ff800000, negative overflow",
    "47c5e680, 10, 47c5e000, down",
    "37d1b717, 8, 37d18000, down",
    "000116c2, 7, 00010000, subnormal",
    "007fffff, 7, 00800000, subnormal becomes normal",
    "80000000, 7, 80000000, negative zero",
    "7f800000, 7, 7f800000, infinity",
    "3fa00000, 0, 3f800000, no bits down",
    "3fc00001, 0, 40000000, no bits up",
    "3dcccccd, 23, 3dcccccd, all bits",
  })
  void bitPatternRoundsHalfToEven(String input, int keptBits, String expected, String why) {
    float value = fromBits(input);
    float[] values = {value, 1f};

    new MantissaRounding(keptBits).apply(values);

    assertThat(why, bits(MantissaRounding.round(value, keptBits)), equalTo(expected));
    assertThat(why, bits(values[0]), equalTo(expected));
    assertThat(values[1], equalTo(1f));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7fc00000", "ffc00000", "7fffffff", "7f800001"})
  void nanStaysNanWhateverItsPayload(String payload) {
    float nan = fromBits(payload);

    for (int keptBits = 0; keptBits <= 23; keptBits++) {
      assertThat(Float.isNaN(MantissaRounding.round(nan, keptBits)), equalTo(true));
    }
  }

  @Test
  void randomBitPatternsRoundToTheNearestMultipleOfTheLastKeptBit() {
    Random random = new Random(7);

    for (int i = 0; i < 200_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      int keptBits = 1 + random.nextInt(23);
      assertThat(
          bits(value) + " to " + keptBits,
          MantissaRounding.round(value, keptBits),
          equalTo(nearestMultiple(value, keptBits)));
    }
  }

  @Test
  void roundingTwiceChangesNothingMore() {
    Random random = new Random(11);
    float[] once = new float[10_000];
    for (int i = 0; i < once.length; i++) {
      once[i] = Float.intBitsToFloat(random.nextInt());
    }
    MantissaRounding rounding = new MantissaRounding(7);
    rounding.apply(once);
    float[] twice = once.clone();

    rounding.apply(twice);

    assertThat(twice, equalTo(once));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 24})
  void bitCountsOutsideTheMantissaAreRefused(int keptBits) {
    String message = "Invalid number of mantissa bits to keep: " + keptBits + ", expected 0 to 23";

    assertThat(
        assertThrows(IllegalArgumentException.class, () -> new MantissaRounding(keptBits))
            .getMessage(),
        equalTo(message));
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> MantissaRounding.round(1f, keptBits))
            .getMessage(),
        equalTo(message));
  }

  /** Exact: the scaled value fits a double, and {@code rint} rounds half to even. */
  private static float nearestMultiple(float value, int keptBits) {
    if (!Float.isFinite(value)) {
      return value;
    }
    int exponent = Math.max(Math.getExponent(value), Float.MIN_EXPONENT);
    double lastKeptBit = Math.scalb(1.0, exponent - keptBits);
    return (float) (Math.rint(value / lastKeptBit) * lastKeptBit);
  }

  private static float fromBits(String hex) {
    return Float.intBitsToFloat(Integer.parseUnsignedInt(hex, 16));
  }

  private static String bits(float value) {
    return "%08x".formatted(Float.floatToRawIntBits(value));
  }
}
