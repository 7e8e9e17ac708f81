package dev.firn.io.zarr.codec;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.UnsupportedFeatureException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BloscTest extends CodecContract {
  private static final Blosc ZSTD = zstd(4, 0);
  private static final int[] TYPE_BYTES = {1, 2, 3, 4, 5, 8, 12, 16, 17, 255, 256, 1000};

  private static Blosc zstd(int typeBytes, int blockBytes) {
    return new Blosc(BloscCompressor.ZSTD, 3, BloscShuffle.SHUFFLE, typeBytes, blockBytes);
  }

  @Override
  List<BytesToBytes> codecs() {
    List<BytesToBytes> codecs = new ArrayList<>();
    for (BloscShuffle shuffle : BloscShuffle.values()) {
      codecs.add(new Blosc(BloscCompressor.LZ4, 5, shuffle, 4, 0));
      codecs.add(new Blosc(BloscCompressor.ZSTD, 1, shuffle, 8, 4096));
    }
    codecs.add(new Blosc(BloscCompressor.ZLIB, 9, BloscShuffle.SHUFFLE, 2, 0));
    codecs.add(new Blosc(BloscCompressor.BLOSCLZ, 5, BloscShuffle.SHUFFLE, 2, 0));
    codecs.add(new Blosc(BloscCompressor.ZSTD, 0, BloscShuffle.SHUFFLE, 4, 0));
    codecs.add(ZSTD);
    return codecs;
  }

  @Test
  void readsWhatNumcodecsWrites() {
    List<String> names = new ArrayList<>(List.of("blosc-stored.bin", "blosc-zstd-split.bin"));
    for (String compressor : List.of("blosclz", "lz4", "lz4hc", "zlib", "zstd")) {
      for (BloscShuffle shuffle : BloscShuffle.values()) {
        names.add("blosc-" + compressor + "-" + shuffle.zarrName() + ".bin");
      }
    }
    for (String name : names) {
      ByteBuffer frame = ByteBuffer.wrap(GoldenVectors.bytes(name));

      ByteBuffer decoded = ZSTD.decode(frame, OptionalInt.of(20_000), ORIGIN);

      assertThat(name, Arrays.equals(array(decoded), GoldenVectors.bytes("values.bin")));
    }
  }

  @Test
  void theBloscLibraryReadsZstdFramesOfEveryTypeAndLength() {
    for (int typeBytes : TYPE_BYTES) {
      for (int length : new int[] {1, 2, 3, 127, 128, 1000, 262_143, 262_145, 400_001}) {
        for (byte[] bytes : List.of(compressible(length), incompressible(length))) {
          for (int blockBytes : new int[] {0, 1, 1001, 65_536}) {
            byte[] frame = zstd(typeBytes, blockBytes).encode(ByteBuffer.wrap(bytes));

            byte[] decoded = BloscLibrary.decompress(ByteBuffer.wrap(frame), ORIGIN);

            assertThat(typeBytes + " " + length + " " + blockBytes, Arrays.equals(decoded, bytes));
          }
        }
      }
    }
  }

  @Test
  void zstdFramesOfTheBloscLibraryAreReadHere() {
    for (int typeBytes : new int[] {1, 2, 3, 4, 8, 16}) {
      for (int length : new int[] {1, 128, 1000, 400_001}) {
        Blosc codec = zstd(typeBytes, 0);
        byte[] bytes = compressible(length);
        ByteBuffer frame = ByteBuffer.wrap(BloscLibrary.compress(codec, ByteBuffer.wrap(bytes)));

        ByteBuffer decoded = codec.decode(frame, OptionalInt.of(length), ORIGIN);

        assertThat(typeBytes + " " + length, Arrays.equals(array(decoded), bytes));
      }
    }
  }

  @Test
  void incompressibleBytesGrowByTheHeaderOnly() {
    byte[] bytes = incompressible(300_000);

    byte[] frame = ZSTD.encode(ByteBuffer.wrap(bytes));

    assertThat(frame.length, equalTo(300_016));
  }

  @Test
  void incompressibleBlocksAmongOthersAreStoredAsTheyAre() {
    byte[] bytes = Arrays.copyOf(incompressible(262_144), 524_288);

    byte[] frame = ZSTD.encode(ByteBuffer.wrap(bytes));

    assertThat(frame.length, lessThan(262_144 + 300));
    assertThat(
        array(ZSTD.decode(ByteBuffer.wrap(frame), OptionalInt.of(524_288), ORIGIN)),
        equalTo(bytes));
  }

  @Test
  void brokenHeadersAreRefused() {
    assertThat(refusal(0, 1), equalTo("its format version is 1, expected 2"));
    assertThat(
        refusal(3, 0), equalTo("its header has 20000 bytes in blocks of 4096 of elements of 0"));
    assertThat(
        refusal(8, 0), equalTo("its header has 20000 bytes in blocks of 0 of elements of 4"));
    assertThat(
        refusal(8, 20001),
        equalTo("its header has 20000 bytes in blocks of 20001 of elements of 4"));
    assertThat(refusal(8, 1), equalTo("a frame of 7372 bytes cannot hold its 20000 bytes"));
    assertThat(refusal(12, 7), equalTo("its header tells of 7 bytes, found 7372"));
    assertThat(refusal(16, 15), equalTo("block 0 starts at 15 of 7372 bytes"));
    assertThat(refusal(20, 7373), equalTo("block 1 starts at 7373 of 7372 bytes"));
    assertThat(refusal(36, -1), equalTo("a block of -1 bytes ends after 7332 bytes"));
    assertThat(refusal(36, 7333), equalTo("a block of 7333 bytes ends after 7332 bytes"));
  }

  /** Why the golden frame is refused with an integer at {@code at} (a byte below 4) replaced. */
  private static String refusal(int at, int value) {
    byte[] frame = GoldenVectors.bytes("blosc-zstd-shuffle.bin");
    ByteBuffer bytes = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
    if (at < 4) {
      bytes.put(at, (byte) value);
    } else {
      bytes.putInt(at, value);
    }
    CorruptInputException refused =
        assertThrows(
            CorruptInputException.class,
            () -> ZSTD.decode(ByteBuffer.wrap(frame), OptionalInt.of(20_000), ORIGIN));
    String start = "Cannot decode blosc frame in a/c/0 at byte 100: ";
    assertThat(refused.getMessage().substring(0, start.length()), equalTo(start));
    return refused.getMessage().substring(start.length());
  }

  @Test
  void aFlippedBitGivesOtherBytesOrARefusalWithOrigin() {
    Random random = new Random(1);
    for (String name : List.of("zstd-split", "zstd-bitshuffle", "lz4-shuffle", "zlib-noshuffle")) {
      byte[] golden = GoldenVectors.bytes("blosc-" + name + ".bin");
      for (int i = 0; i < 1000; i++) {
        byte[] frame = golden.clone();
        int at = random.nextInt(i % 2 == 0 ? 60 : frame.length);
        frame[at] ^= (byte) (1 << random.nextInt(8));
        try {
          ZSTD.decode(ByteBuffer.wrap(frame), OptionalInt.of(20_000), ORIGIN);
        } catch (CorruptInputException | UnsupportedFeatureException refused) {
          assertThat(refused.getMessage(), containsString(" in a/c/0 at byte 100"));
        }
      }
    }
  }

  @Test
  void whatTheBloscLibraryRefusesIsCorruptInput() {
    byte[] frame = GoldenVectors.bytes("blosc-lz4-shuffle.bin");
    frame[16] ^= 1;

    CorruptInputException refused =
        assertThrows(
            CorruptInputException.class,
            () -> ZSTD.decode(ByteBuffer.wrap(frame), OptionalInt.of(20_000), ORIGIN));

    assertThat(
        refused.getMessage(),
        equalTo(
            "Cannot decode blosc frame in a/c/0 at byte 100: the blosc library says: Error while"
                + " decompressing buffer"));
  }

  @Test
  void snappyIsRefusedByName() {
    byte[] frame = GoldenVectors.bytes("blosc-zstd-shuffle.bin");
    frame[2] = 2 << 5;

    UnsupportedFeatureException read =
        assertThrows(
            UnsupportedFeatureException.class,
            () -> ZSTD.decode(ByteBuffer.wrap(frame), OptionalInt.of(20_000), ORIGIN));
    UnsupportedFeatureException write =
        assertThrows(
            UnsupportedFeatureException.class,
            () ->
                new Blosc(BloscCompressor.SNAPPY, 3, BloscShuffle.SHUFFLE, 4, 0)
                    .encode(ByteBuffer.allocate(1000)));

    assertThat(
        read.getMessage(), equalTo("Unsupported blosc compressor format 2 in a/c/0 at byte 100"));
    assertThat(
        write.getMessage(), equalTo("Unsupported blosc compressor 'snappy' in codec 'blosc'"));
  }
}
