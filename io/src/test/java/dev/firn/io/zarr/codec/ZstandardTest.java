package dev.firn.io.zarr.codec;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ZstandardTest extends CodecContract {
  @Override
  List<BytesToBytes> codecs() {
    return List.of(new Zstandard(0, false), new Zstandard(-5, true), new Zstandard(19, true));
  }

  @Test
  void readsWhatNumcodecsWrites() {
    for (String name : List.of("zstd.bin", "zstd-checksum.bin")) {
      ByteBuffer encoded = ByteBuffer.wrap(GoldenVectors.bytes(name));

      ByteBuffer decoded = new Zstandard(0, false).decode(encoded, OptionalInt.of(20_000), ORIGIN);

      assertThat(array(decoded), equalTo(GoldenVectors.bytes("values.bin")));
    }
  }

  @Test
  void brokenChecksumIsRefused() {
    byte[] encoded = GoldenVectors.bytes("zstd-checksum.bin");
    encoded[encoded.length - 1] ^= 1;

    for (OptionalInt expected : List.of(OptionalInt.of(20_000), OptionalInt.empty())) {
      CorruptInputException refused =
          assertThrows(
              CorruptInputException.class,
              () -> new Zstandard(0, true).decode(ByteBuffer.wrap(encoded), expected, ORIGIN));
      assertThat(
          refused.getMessage(), startsWith("Cannot decode zstd data in a/c/0 at byte 100: "));
    }
  }
}
