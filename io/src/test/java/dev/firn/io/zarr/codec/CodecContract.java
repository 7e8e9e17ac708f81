package dev.firn.io.zarr.codec;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link BytesToBytes} promises. */
abstract class CodecContract {
  static final Origin ORIGIN = Origin.of("a/c/0", 100);
  private static final int[] LENGTHS = {0, 1, 3, 127, 128, 129, 1000, 4099, 262_144, 300_007};

  /** The codecs to try: settings that matter. */
  abstract List<BytesToBytes> codecs();

  static byte[] compressible(int length) {
    byte[] bytes = new byte[length];
    Random random = new Random(length);
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i % 4 == 0 ? random.nextInt(16) : i % 4 == 3 ? 66 : i >>> 9);
    }
    return bytes;
  }

  static byte[] incompressible(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  static byte[] array(ByteBuffer bytes) {
    return HeapBytes.copy(bytes);
  }

  @Test
  void decodesWhatItEncodes() {
    for (BytesToBytes codec : codecs()) {
      for (int length : LENGTHS) {
        for (byte[] bytes :
            List.of(compressible(length), incompressible(length), new byte[length])) {
          byte[] encoded = codec.encode(ByteBuffer.wrap(bytes));

          ByteBuffer known = codec.decode(ByteBuffer.wrap(encoded), OptionalInt.of(length), ORIGIN);
          ByteBuffer unknown = codec.decode(ByteBuffer.wrap(encoded), OptionalInt.empty(), ORIGIN);

          assertThat(codec + " of " + length, Arrays.equals(array(known), bytes));
          assertThat(codec + " of " + length, Arrays.equals(array(unknown), bytes));
        }
      }
    }
  }

  @Test
  void takesPartsOfBuffersOfEveryKind() {
    byte[] bytes = compressible(5000);
    ByteBuffer direct = ByteBuffer.allocateDirect(5020);
    direct.put(10, bytes).position(10).limit(5010);
    ByteBuffer heap = ByteBuffer.allocate(5030);
    heap.put(20, bytes).position(20).limit(5020);
    for (BytesToBytes codec : codecs()) {
      byte[] encoded = codec.encode(ByteBuffer.wrap(bytes));
      ByteBuffer within = ByteBuffer.allocate(encoded.length + 7);
      within.put(4, encoded).position(4).limit(4 + encoded.length);

      assertThat(codec.encode(direct), equalTo(encoded));
      assertThat(codec.encode(direct.asReadOnlyBuffer()), equalTo(encoded));
      assertThat(codec.encode(heap.slice().slice()), equalTo(encoded));
      assertThat(array(codec.decode(within, OptionalInt.of(5000), ORIGIN)), equalTo(bytes));

      assertThat(
          List.of(direct.position(), heap.position(), within.position()),
          equalTo(List.of(10, 20, 4)));
    }
  }

  @Test
  void encodingIsTheSameEachTimeAndInEachThread() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (BytesToBytes codec : codecs()) {
        byte[] bytes = compressible(200_000);
        byte[] first = codec.encode(ByteBuffer.wrap(bytes));
        List<Future<byte[]>> others = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          others.add(threads.submit(() -> codec.encode(ByteBuffer.wrap(bytes))));
        }

        for (Future<byte[]> other : others) {
          assertThat(codec.toString(), Arrays.equals(other.get(), first));
        }
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void anotherLengthThanExpectedIsRefusedWithOrigin() {
    for (BytesToBytes codec : codecs()) {
      byte[] encoded = codec.encode(ByteBuffer.wrap(compressible(1000)));

      for (int expected : new int[] {0, 999, 1001}) {
        CorruptInputException refused =
            assertThrows(
                CorruptInputException.class,
                () -> codec.decode(ByteBuffer.wrap(encoded), OptionalInt.of(expected), ORIGIN));
        assertThat(refused.getMessage(), startsWith("Cannot decode "));
        assertThat(refused.getMessage(), containsString(" in a/c/0 at byte 100: "));
        assertThat(refused.getMessage(), containsString("expected " + expected));
      }
    }
  }

  @Test
  void truncatedInputIsRefused() {
    for (BytesToBytes codec : codecs()) {
      byte[] encoded = codec.encode(ByteBuffer.wrap(compressible(1000)));

      for (int length : new int[] {0, 1, 3, encoded.length / 2, encoded.length - 1}) {
        CorruptInputException refused =
            assertThrows(
                CorruptInputException.class,
                () ->
                    codec.decode(ByteBuffer.wrap(encoded, 0, length), OptionalInt.of(1000), ORIGIN),
                codec + " cut to " + length);
        assertThat(refused.getMessage(), containsString(" in a/c/0 at byte 100: "));
      }
    }
  }
}
