package dev.firn.io.grib;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.firn.io.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages of ecCodes against the values ecCodes reads from them; see edge/README.md. */
class EdgeFixturesTest {

  private static final int FILES = 167;

  static List<String> names() throws IOException, URISyntaxException {
    Path folder = Path.of(EdgeFixturesTest.class.getResource("edge").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".grib2"))
          .map(name -> name.substring(0, name.length() - ".grib2".length()))
          .sorted()
          .toList();
    }
  }

  @Test
  void allFixturesAreThere() throws IOException, URISyntaxException {
    assertThat(names(), hasSize(FILES));
  }

  @ParameterizedTest
  @MethodSource("names")
  void valuesAreThoseOfEcCodesRoundedToFloat(String name) throws IOException {
    byte[] bytes = resource(name + ".grib2");
    float[] expected = expected(name);

    GribMessage message = GribMessage.parse(bytes, Origin.of(name, 0));
    float[] values = message.fields().get(0).decode().values();

    assertThat(message.fields().size(), is(1));
    assertThat(values, is(expected));
  }

  @ParameterizedTest
  @MethodSource("names")
  void windowsAreCutOutOfTheField(String name) throws IOException {
    GribField field =
        GribMessage.parse(resource(name + ".grib2"), Origin.of(name, 0)).fields().get(0);
    Random random = new Random(name.hashCode());

    for (int i = 0; i < 8; i++) {
      Windows.check(field, random);
    }
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
