package dev.firn.io.zarr;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.zarr.CodecSpec.BytesCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ChunkEncoderTest {

  @Test
  void everyChainGivesTheSameBytesEachTimeAndInEachThread() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Map.Entry<String, List<CodecSpec>> chain :
          ZarrFixtures.chains(DataType.FLOAT32, 2).entrySet()) {
        ArrayMetadata array =
            ZarrFixtures.builder(DataType.FLOAT32).shape(300, 200).codecs(chain.getValue()).build();
        ByteBuffer chunk =
            ZarrFixtures.values(DataType.FLOAT32, new int[] {300, 200}, new Random(7)).bytes();
        ChunkEncoder encoder = ChunkEncoder.of(array);
        byte[] first = encoder.encodeChunk(chunk);
        List<Future<byte[]>> others = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
          ChunkEncoder other = i % 2 == 0 ? encoder : ChunkEncoder.of(array);
          others.add(threads.submit(() -> other.encodeChunk(chunk.duplicate())));
        }

        for (Future<byte[]> other : others) {
          assertThat(chain.getKey(), Arrays.equals(other.get(), first));
        }
        assertThat(chunk.position(), equalTo(0));
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void littleEndianElementsAreDecodedWithoutACopy() {
    ArrayMetadata array = ArrayMetadata.builder(DataType.INT32).shape(2).build();
    byte[] stored = {1, 0, 0, 0, 2, 0, 0, 0};

    ByteBuffer decoded =
        ChunkDecoder.of(array).decodeChunk(stored, 0, Origin.of("a/c/0")).orElseThrow();

    stored[4] = 7;
    assertThat(decoded.getInt(4), equalTo(7));
  }

  @Test
  void chunksOfAnotherLengthAreRefused() {
    ArrayMetadata array = ArrayMetadata.builder(DataType.INT32).shape(2).build();

    IllegalArgumentException written =
        assertThrows(
            IllegalArgumentException.class,
            () -> ChunkEncoder.of(array).encodeChunk(ByteBuffer.allocate(7)));
    CorruptInputException read =
        assertThrows(
            CorruptInputException.class,
            () -> ChunkDecoder.of(array).decodeChunk(new byte[7], 0, Origin.of("a/c/0")));

    assertThat(written.getMessage(), equalTo("Invalid chunk of 7 bytes: expected 8"));
    assertThat(
        read.getMessage(), equalTo("Cannot decode chunk in a/c/0: it has 7 bytes, expected 8"));
  }

  @Test
  void chunksOfOnlyFillValueAreRecognised() {
    ChunkEncoder encoder = ChunkEncoder.of(ZarrFixtures.builder(DataType.FLOAT32).shape(2).build());
    ByteBuffer chunk = ByteBuffer.allocate(8);

    FillValue.nan(DataType.FLOAT32).fill(chunk);

    assertThat(encoder.isFill(chunk), equalTo(true));
    assertThat(encoder.isFill(ByteBuffer.allocate(8)), equalTo(false));
  }

  @Test
  void unshardedArraysHaveOneChunkInEachObject() {
    ChunkEncoder encoder = ChunkEncoder.of(ArrayMetadata.builder(DataType.INT8).build());

    assertThat(
        encoder.assemble(List.of(Optional.of(new byte[] {5}))),
        equalTo(List.of(ByteBuffer.wrap(new byte[] {5}))));
    assertThat(encoder.assemble(List.of(Optional.empty())), equalTo(List.of()));
    assertThrows(IllegalArgumentException.class, () -> encoder.assemble(List.of()));
  }

  @Test
  void elementsOfSeveralBytesNeedAByteOrder() {
    ArrayMetadata array =
        ArrayMetadata.builder(DataType.INT32).codecs(BytesCodec.SINGLE_BYTES).build();

    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> ChunkEncoder.of(array));

    assertThat(
        refused.getMessage(),
        equalTo("Invalid codec 'bytes' without 'endian' for data type int32"));
  }
}
