package dev.firn.io.grib.packing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.firn.io.Origin;
import dev.firn.io.bytes.BitReader;
import dev.firn.io.bytes.BitWriter;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.field.UnitConversion;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalingTest {
  private static final Scale SCALE = new Scale(210.3f, -7, 2);

  private static float value(long integer, UnitConversion conversion) {
    double value = (210.3f + integer * SCALE.step()) * SCALE.unit();
    return (float) (value * conversion.factor() + conversion.addend());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 7, 8, 12, 14, 15, 16, 17, 24, 31, 32, 33, 48, 50})
  void integersOfAnyWidthAtAnyBitBecomeValues(int width) {
    Random random = new Random(width);
    Scaling scaling = new Scaling(SCALE, UnitConversion.KELVIN_TO_CELSIUS);
    for (int lead = 0; lead < 16; lead++) {
      long[] written = random.longs(41, 0, 1L << width).toArray();
      written[0] = (1L << width) - 1;
      BitWriter writer = new BitWriter().unsigned(0, lead);
      Arrays.stream(written).forEach(integer -> writer.unsigned(integer, width));
      BitReader bits = OctetReader.of(writer.toBytes(), Origin.of("made")).bitsFrom(1);
      bits.unsigned(lead);

      float[] values = new float[written.length + 1];
      scaling.unpack(bits, width, values, 1, written.length);

      float[] expected = new float[values.length];
      for (int i = 0; i < written.length; i++) {
        expected[i + 1] = value(written[i], UnitConversion.KELVIN_TO_CELSIUS);
      }
      assertThat(values, is(expected));
    }
  }

  /** So rounding them to their decimals, as other decoders' values need, would change nothing. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void whatIsPackedAsDecimalsIsTheFloatNearestToThem(int decimals) {
    Scaling scaling = new Scaling(new Scale(-30f, 0, decimals), UnitConversion.NONE);

    for (int integer = 0; integer < 1 << 24; integer += 13) {
      float nearest = BigDecimal.valueOf(integer - 30, decimals).floatValue();
      assertThat((float) scaling.unpacked(integer), is(nearest));
    }
  }
}
