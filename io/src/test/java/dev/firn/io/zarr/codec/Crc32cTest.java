package dev.firn.io.zarr.codec;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class Crc32cTest extends CodecContract {
  @Override
  List<BytesToBytes> codecs() {
    return List.of(new Crc32c());
  }

  @Test
  void appendsTheChecksumThatRfc3720GivesFor32ZeroBytes() {
    byte[] encoded = new Crc32c().encode(ByteBuffer.allocate(32));

    byte[] checksum = Arrays.copyOfRange(encoded, 32, 36);
    assertThat(checksum, equalTo(new byte[] {(byte) 0xaa, 0x36, (byte) 0x91, (byte) 0x8a}));
  }

  @Test
  void oneFlippedBitIsRefused() {
    byte[] encoded = new Crc32c().encode(ByteBuffer.allocate(32));
    encoded[7] ^= 4;

    CorruptInputException refused =
        assertThrows(
            CorruptInputException.class,
            () -> new Crc32c().decode(ByteBuffer.wrap(encoded), OptionalInt.of(32), ORIGIN));

    assertThat(
        refused.getMessage(),
        equalTo(
            "Cannot decode crc32c data in a/c/0 at byte 100: its checksum is 0x324218de, expected"
                + " 0x8a9136aa"));
  }
}
