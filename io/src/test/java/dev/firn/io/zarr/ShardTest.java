package dev.firn.io.zarr;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.object.MemoryObjectStore;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.zarr.CodecSpec.BytesCodec;
import dev.firn.io.zarr.CodecSpec.Crc32cCodec;
import dev.firn.io.zarr.CodecSpec.GzipCodec;
import dev.firn.io.zarr.CodecSpec.ShardingCodec;
import dev.firn.io.zarr.CodecSpec.ShardingCodec.IndexLocation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShardTest {
  private static final Origin ORIGIN = Origin.of("a/c/0");

  private static ArrayMetadata array(ShardingCodec sharding) {
    return ArrayMetadata.builder(DataType.INT16).shape(6).chunkShape(6).codecs(sharding).build();
  }

  private static ArrayMetadata array(IndexLocation location) {
    List<CodecSpec> bytes = List.of(BytesCodec.LITTLE_ENDIAN);
    return array(
        new ShardingCodec(
            List.of(2), bytes, List.of(BytesCodec.LITTLE_ENDIAN, new Crc32cCodec()), location));
  }

  private static byte[] joined(List<ByteBuffer> parts) {
    ByteBuffer whole = ByteBuffer.allocate(parts.stream().mapToInt(ByteBuffer::remaining).sum());
    parts.forEach(whole::put);
    return whole.array();
  }

  /** Chunks 0 and 2 of three, with the elements 1, 2 and 3, 4. */
  private static byte[] shard(ArrayMetadata array) {
    ChunkEncoder encoder = ChunkEncoder.of(array);
    byte[] first = encoder.encodeChunk(ByteBuffer.wrap(new byte[] {1, 0, 2, 0}));
    byte[] last = encoder.encodeChunk(ByteBuffer.wrap(new byte[] {3, 0, 4, 0}));
    return joined(
        encoder.assemble(List.of(Optional.of(first), Optional.empty(), Optional.of(last))));
  }

  @Test
  void chunksLieInOrderWithTheIndexBehindThem() {
    assertThat(
        HexFormat.of().formatHex(shard(array(IndexLocation.END))),
        startsWith(
            "0100020003000400"
                + "00000000000000000400000000000000"
                + "ffffffffffffffffffffffffffffffff"
                + "04000000000000000400000000000000"));
  }

  @Test
  void chunksLieInOrderWithTheIndexBeforeThem() {
    String shard = HexFormat.of().formatHex(shard(array(IndexLocation.START)));

    assertThat(
        shard,
        startsWith(
            "34000000000000000400000000000000"
                + "ffffffffffffffffffffffffffffffff"
                + "38000000000000000400000000000000"));
    assertThat(shard.substring(104), equalTo("0100020003000400"));
  }

  @Test
  void aShardWithoutChunksIsNoObject() {
    ChunkEncoder encoder = ChunkEncoder.of(array(IndexLocation.END));

    List<ByteBuffer> parts =
        encoder.assemble(List.of(Optional.empty(), Optional.empty(), Optional.empty()));

    assertThat(parts, equalTo(List.of()));
  }

  @Test
  void chunksAreReadByThemselves() throws IOException {
    for (IndexLocation location : IndexLocation.values()) {
      ArrayMetadata array = array(location);
      MemoryObjectStore store = new MemoryObjectStore();
      store.put(new ObjectPath("a/c/0"), shard(array));
      ChunkDecoder decoder = ChunkDecoder.of(array);

      for (int chunk = 0; chunk < 3; chunk++) {
        Optional<ByteBuffer> read =
            decoder.readChunk(store, new ObjectPath("a"), new long[] {0}, chunk);
        assertThat(read, equalTo(decoder.decodeChunk(shard(array), chunk, ORIGIN)));
        assertThat(
            read.map(values -> values.getShort(2)),
            equalTo(chunk == 1 ? Optional.empty() : Optional.of((short) (chunk + 2))));
      }
      assertThat(
          decoder.readChunk(store, new ObjectPath("b"), new long[] {0}, 0),
          equalTo(Optional.empty()));
    }
  }

  @Test
  void oneChunkIsReadThoughAnotherIsBroken() throws IOException {
    ArrayMetadata array =
        array(ShardingCodec.of(List.of(2), List.of(BytesCodec.LITTLE_ENDIAN, new Crc32cCodec())));
    byte[] shard = shard(array);
    shard[9] ^= 1;
    MemoryObjectStore store = new MemoryObjectStore();
    store.put(new ObjectPath("a/c/0"), shard);
    ChunkDecoder decoder = ChunkDecoder.of(array);

    Optional<ByteBuffer> first = decoder.readChunk(store, new ObjectPath("a"), new long[] {0}, 0);
    CorruptInputException refused =
        assertThrows(
            CorruptInputException.class,
            () -> decoder.readChunk(store, new ObjectPath("a"), new long[] {0}, 2));

    assertThat(first.isPresent(), equalTo(true));
    assertThat(
        refused.getMessage(),
        startsWith("Cannot decode crc32c data in memory:/a/c/0 at byte 8: its checksum is 0x"));
  }

  @Test
  void brokenIndexIsRefused() {
    byte[] shard = shard(array(IndexLocation.END));
    shard[10] ^= 1;

    CorruptInputException refused =
        assertThrows(
            CorruptInputException.class,
            () -> ChunkDecoder.of(array(IndexLocation.END)).decodeChunk(shard, 0, ORIGIN));

    assertThat(
        refused.getMessage(),
        startsWith("Cannot decode crc32c data in a/c/0 at byte 8: its checksum is 0x"));
  }

  @Test
  void truncatedShardIsRefused() {
    byte[] shard = Arrays.copyOf(shard(array(IndexLocation.END)), 51);

    CorruptInputException refused =
        assertThrows(
            CorruptInputException.class,
            () -> ChunkDecoder.of(array(IndexLocation.END)).decodeChunk(shard, 0, ORIGIN));

    assertThat(
        refused.getMessage(),
        equalTo(
            "Cannot read shard index in a/c/0 at byte 0: the shard has 51 bytes, its index alone 52"));
  }

  @Test
  void chunkOutsideOfTheShardIsRefused() {
    ArrayMetadata array =
        array(
            new ShardingCodec(
                List.of(2),
                List.of(BytesCodec.LITTLE_ENDIAN),
                List.of(BytesCodec.LITTLE_ENDIAN),
                IndexLocation.END));
    byte[] shard = shard(array);
    shard[8 + 8] = 60;

    CorruptInputException refused =
        assertThrows(
            CorruptInputException.class,
            () -> ChunkDecoder.of(array).decodeChunk(shard, 0, ORIGIN));

    assertThat(
        refused.getMessage(),
        equalTo(
            "Cannot read shard index in a/c/0 at byte 0: chunk 0 has 60 bytes at 0, the shard has"
                + " 56"));
  }

  @Test
  void compressedIndexIsRefused() {
    ShardingCodec sharding =
        new ShardingCodec(
            List.of(2),
            List.of(BytesCodec.LITTLE_ENDIAN),
            List.of(BytesCodec.LITTLE_ENDIAN, new GzipCodec(1)),
            IndexLocation.END);

    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> ChunkDecoder.of(array(sharding)));

    assertThat(
        refused.getMessage(),
        equalTo(
            "Invalid index codecs bytes, gzip(1): the length of a shard index must not depend on its"
                + " content"));
  }

  @Test
  void shardsWithinShardsAreNotWritten() {
    ShardingCodec inner = ShardingCodec.of(List.of(1), List.of(BytesCodec.LITTLE_ENDIAN));
    ArrayMetadata nested = array(ShardingCodec.of(List.of(2), List.of(inner)));

    UnsupportedFeatureException refused =
        assertThrows(UnsupportedFeatureException.class, () -> ChunkEncoder.of(nested));

    assertThat(
        refused.getMessage(),
        startsWith("Unsupported codecs sharding_indexed(sharding_indexed(bytes)) in an array"));
  }
}
