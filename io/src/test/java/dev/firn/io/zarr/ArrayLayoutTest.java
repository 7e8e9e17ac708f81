package dev.firn.io.zarr;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.zarr.ChunkKeyEncoding.Scheme;
import dev.firn.io.zarr.CodecSpec.BytesCodec;
import dev.firn.io.zarr.CodecSpec.ShardingCodec;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrayLayoutTest {
  private static ArrayLayout shards(List<Integer> innerShape) {
    return ArrayLayout.of(
        ArrayMetadata.builder(DataType.FLOAT32)
            .shape(10, 7)
            .chunkShape(4, 6)
            .codecs(ShardingCodec.of(innerShape, List.of(BytesCodec.LITTLE_ENDIAN)))
            .build());
  }

  @Test
  void shardsAreGridsOfInnerChunks() {
    ArrayLayout layout = shards(List.of(2, 3));

    assertThat(layout.isSharded(), equalTo(true));
    assertThat(layout.storedGrid(), equalTo(List.of(3L, 2L)));
    assertThat(layout.storedCount(), equalTo(6L));
    assertThat(layout.innerGrid(), equalTo(List.of(2, 2)));
    assertThat(layout.innerCount(), equalTo(4));
    assertThat(layout.innerPosition(2), equalTo(new int[] {1, 0}));
    assertThat(layout.innerIndex(1, 0), equalTo(2));
    assertThat(layout.innerOrigin(new long[] {1, 1}, 3), equalTo(new long[] {6, 9}));
  }

  @Test
  void innerChunksBeyondTheShapeAreNotInTheArray() {
    ArrayLayout layout = shards(List.of(2, 3));

    assertThat(layout.innerChunksInArray(0, 0), equalTo(List.of(0, 1, 2, 3)));
    assertThat(layout.innerChunksInArray(0, 1), equalTo(List.of(0, 2)));
    assertThat(layout.innerChunksInArray(2, 0), equalTo(List.of(0, 1)));
    assertThat(layout.innerChunksInArray(2, 1), equalTo(List.of(0)));
    assertThat(layout.innerChunksInArray(3, 0), equalTo(List.of()));
  }

  @Test
  void unshardedChunksAreTheirOwnInnerChunk() {
    ArrayLayout layout =
        ArrayLayout.of(ArrayMetadata.builder(DataType.INT8).shape(10).chunkShape(4).build());

    assertThat(layout.innerChunkShape(), equalTo(layout.storedChunkShape()));
    assertThat(layout.innerCount(), equalTo(1));
    assertThat(layout.innerChunksInArray(2), equalTo(List.of(0)));
  }

  @Test
  void storeKeysFollowTheEncoding() {
    ArrayMetadata.Builder scalar = ArrayMetadata.builder(DataType.INT8);
    ArrayMetadata.Builder plane =
        ArrayMetadata.builder(DataType.INT8).shape(20, 20).chunkShape(1, 1);

    assertThat(key(scalar, Scheme.DEFAULT, '/'), equalTo("c"));
    assertThat(key(scalar, Scheme.V2, '.'), equalTo("0"));
    assertThat(key(plane, Scheme.DEFAULT, '/', 10, 2), equalTo("c/10/2"));
    assertThat(key(plane, Scheme.DEFAULT, '.', 10, 2), equalTo("c.10.2"));
    assertThat(key(plane, Scheme.V2, '.', 10, 2), equalTo("10.2"));
    assertThat(key(plane, Scheme.V2, '/', 10, 2), equalTo("10/2"));
  }

  private static String key(
      ArrayMetadata.Builder array, Scheme scheme, char separator, long... index) {
    ChunkKeyEncoding encoding = new ChunkKeyEncoding(scheme, separator);
    return ArrayLayout.of(array.chunkKeyEncoding(encoding).build()).storeKey(index).value();
  }

  @Test
  void scalarsHaveOneChunkAndEmptyArraysNone() {
    ArrayLayout scalar = ArrayLayout.of(ArrayMetadata.builder(DataType.INT8).build());
    ArrayLayout empty = ArrayLayout.of(ArrayMetadata.builder(DataType.INT8).shape(0, 5).build());

    assertThat(scalar.storedCount(), equalTo(1L));
    assertThat(scalar.innerChunksInArray(), equalTo(List.of(0)));
    assertThat(empty.storedCount(), equalTo(0L));
  }

  @Test
  void innerChunksMustFillTheirShard() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> shards(List.of(3, 3)));

    assertThat(
        refused.getMessage(),
        equalTo("Invalid inner chunk shape [3, 3]: it does not fill shards of shape [4, 6]"));
  }

  @Test
  void indicesOfOtherRankAreRefused() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> shards(List.of(2, 3)).storeKey(1));

    assertThat(refused.getMessage(), equalTo("Invalid index of 1 dimensions: the array has 2"));
  }
}
