package dev.firn.io.grib;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.firn.io.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of ecCodes against the values ecCodes reads from them; see edge/README.md. */
class EdgeFixturesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "simple_b01",
        "simple_b03",
        "simple_b07",
        "simple_b08",
        "simple_b09",
        "simple_b11",
        "simple_b12",
        "simple_b13",
        "simple_b16",
        "simple_b17",
        "simple_b20",
        "simple_b24",
        "simple_b25",
        "simple_b31",
        "simple_b32",
        "simple_D2",
        "simple_neg",
        "simple_const",
        "simple_bitmap",
        "simple_const_bitmap",
        "simple_allmissing",
        "complex_b08",
        "complex_b12",
        "complex_b16",
        "complex_b20",
        "complex_b24",
        "complex_precip",
        "complex_const",
        "complex_bitmap",
        "complex_miss",
        "complex_neg",
        "sd1_b08",
        "sd1_b12",
        "sd1_b16",
        "sd1_b20",
        "sd1_b24",
        "sd1_precip",
        "sd1_const",
        "sd1_bitmap",
        "sd1_miss",
        "sd1_neg",
        "sd2_b08",
        "sd2_b12",
        "sd2_b16",
        "sd2_b20",
        "sd2_b24",
        "sd2_precip",
        "sd2_const",
        "sd2_bitmap",
        "sd2_miss",
        "sd2_neg"
      })
  void valuesAreThoseOfEcCodesRoundedToFloat(String name) throws IOException {
    byte[] bytes = resource(name + ".grib2");
    float[] expected = expected(name);

    GribMessage message = GribMessage.parse(bytes, Origin.of(name, 0));
    float[] values = message.fields().get(0).decode().values();

    assertThat(message.fields().size(), is(1));
    assertThat(values, is(expected));
  }

  private static float[] expected(String name) throws IOException {
    try (InputStream in = open(name + ".f64.gz");
        GZIPInputStream unzipped = new GZIPInputStream(in)) {
      ByteBuffer doubles = ByteBuffer.wrap(unzipped.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      float[] values = new float[doubles.remaining() / Double.BYTES];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) doubles.getDouble();
      }
      return values;
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = open(name)) {
      return in.readAllBytes();
    }
  }

  private static InputStream open(String name) {
    return EdgeFixturesTest.class.getResourceAsStream("edge/" + name);
  }
}
