package dev.firn.io.zarr.codec;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class GzipTest extends CodecContract {
  @Override
  List<BytesToBytes> codecs() {
    return List.of(new Gzip(0), new Gzip(5), new Gzip(9));
  }

  @Test
  void readsWhatPythonWrites() {
    ByteBuffer encoded = ByteBuffer.wrap(GoldenVectors.bytes("gzip.bin"));

    ByteBuffer decoded = new Gzip(5).decode(encoded, OptionalInt.of(20_000), ORIGIN);

    assertThat(array(decoded), equalTo(GoldenVectors.bytes("values.bin")));
  }

  @Test
  void levelOutsideOfTheScaleIsRefused() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new Gzip(10));

    assertThat(refused.getMessage(), equalTo("Invalid gzip level 10: expected 0 to 9"));
  }
}
