package dev.firn.io.zarr;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.object.MemoryObjectStore;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.zarr.CodecSpec.BytesCodec;
import dev.firn.io.zarr.CodecSpec.Crc32cCodec;
import dev.firn.io.zarr.CodecSpec.GzipCodec;
import dev.firn.io.zarr.CodecSpec.ShardingCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ZarrArrayTest {
  private static final NodePath NODE = new NodePath("g/a");
  private static final ObjectPath ROOT = new ObjectPath("archive.zarr");

  private static MemoryObjectStore stored(ArrayMetadata array, ArrayValues values) {
    MemoryObjectStore store = new MemoryObjectStore();
    ObjectPath path = ROOT.resolve(NODE.value());
    store.put(path.resolve("zarr.json"), List.of(ByteBuffer.wrap(array.toBytes())));
    ArrayEncoder.encode(array, values)
        .forEach(
            (key, bytes) -> store.put(path.resolve(key.value()), List.of(ByteBuffer.wrap(bytes))));
    return store;
  }

  @Test
  void arraysOfEveryShapeAndChainAreReadAsWritten() throws IOException {
    Random random = new Random(11);
    for (int round = 0; round < 400; round++) {
      ArrayMetadata array = randomArray(random);
      int[] shape = array.shape().stream().mapToInt(Math::toIntExact).toArray();
      ArrayValues values = ZarrFixtures.values(array.dataType(), shape, random);

      ZarrArray read = ZarrArray.open(stored(array, values), ROOT, NODE);

      assertThat(read.metadata(), equalTo(array));
      assertThat(array.toString(), read.read(), equalTo(values));
      long[] start = new long[shape.length];
      int[] extent = new int[shape.length];
      for (int d = 0; d < shape.length; d++) {
        start[d] = random.nextInt(shape[d] + 1);
        extent[d] = random.nextInt(shape[d] - (int) start[d] + 1);
      }
      assertThat(read.read(start, extent), equalTo(box(values, start, extent)));
    }
  }

  private static ArrayMetadata randomArray(Random random) {
    int rank = random.nextInt(4);
    int[] inner = IntStream.range(0, rank).map(d -> 1 + random.nextInt(3)).toArray();
    int[] stored = IntStream.of(inner).map(length -> length * (1 + random.nextInt(3))).toArray();
    long[] shape = IntStream.of(inner).mapToLong(length -> random.nextInt(10)).toArray();
    DataType dataType = pick(ZarrFixtures.DATA_TYPES, random);
    List<List<CodecSpec>> chains = List.copyOf(ZarrFixtures.chains(dataType, rank).values());
    List<CodecSpec> chain = pick(chains, random);
    if (random.nextInt(3) > 0) {
      ShardingCodec sharding =
          new ShardingCodec(
              Shapes.listOf(inner),
              chain,
              List.of(BytesCodec.LITTLE_ENDIAN, new Crc32cCodec()),
              pick(List.of(ShardingCodec.IndexLocation.values()), random));
      chain = List.of(sharding);
    }
    return ZarrFixtures.builder(dataType).shape(shape).chunkShape(stored).codecs(chain).build();
  }

  private static <T> T pick(List<T> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static ArrayValues box(ArrayValues values, long[] start, int[] extent) {
    DataType dataType = values.dataType();
    int size = dataType.sizeBytes();
    List<Integer> shape = Shapes.listOf(values.shape());
    ByteBuffer box = ByteBuffer.allocate(Shapes.bytes(Shapes.listOf(extent), dataType));
    for (int i = 0; i < box.capacity() / size; i++) {
      int[] position = Shapes.position(i, Shapes.listOf(extent));
      for (int d = 0; d < position.length; d++) {
        position[d] += (int) start[d];
      }
      box.put(i * size, values.bytes(), Shapes.index(position, shape) * size, size);
    }
    return ArrayValues.of(dataType, extent, box);
  }

  @Test
  void whatWasNeverWrittenIsTheFillValue() throws IOException {
    ArrayMetadata array =
        ArrayMetadata.builder(DataType.INT16)
            .shape(5)
            .chunkShape(2)
            .fillValue(FillValue.of(DataType.INT16, -7))
            .build();
    MemoryObjectStore store =
        stored(
            array,
            ArrayValues.of(new int[] {5}, (short) 1, (short) 2, (short) 3, (short) 4, (short) 5));

    store.delete(ROOT.resolve("g/a/c/1"));

    assertThat(
        ZarrArray.open(store, ROOT, NODE).read().toLongs(), equalTo(new long[] {1, 2, -7, -7, 5}));
  }

  @Test
  void chunkTailsBeyondTheShapeAreTheFillValue() {
    ArrayMetadata array =
        ArrayMetadata.builder(DataType.INT64)
            .shape(1)
            .chunkShape(3)
            .fillValue(FillValue.of(DataType.INT64, -1))
            .build();

    Map<ObjectPath, byte[]> chunks = ArrayEncoder.encode(array, ArrayValues.of(new int[] {1}, 5L));

    ByteBuffer chunk =
        ChunkDecoder.of(array)
            .decodeChunk(
                chunks.get(new ObjectPath("c/0")),
                0,
                ZarrGroup.origin(new MemoryObjectStore(), ROOT))
            .orElseThrow();
    assertThat(
        ArrayValues.of(DataType.INT64, new int[] {3}, chunk).toLongs(),
        equalTo(new long[] {5, -1, -1}));
  }

  @Test
  void shardsWithOtherCodecsAroundThemAreRead() throws IOException {
    ShardingCodec inner = ShardingCodec.of(List.of(1, 2), List.of(BytesCodec.LITTLE_ENDIAN));
    ShardingCodec outer = ShardingCodec.of(List.of(2, 2), List.of(inner));
    List<List<CodecSpec>> chains = List.of(List.of(outer), List.of(outer, new GzipCodec(3)));
    for (List<CodecSpec> chain : chains) {
      ArrayMetadata array =
          ZarrFixtures.builder(DataType.FLOAT32).shape(4, 4).codecs(chain).build();
      ArrayValues values = ZarrFixtures.values(DataType.FLOAT32, new int[] {4, 4}, new Random(2));
      MemoryObjectStore store = new MemoryObjectStore();
      byte[] stored = ChunkCodec.of(List.of(4, 4), array.fillValue(), chain).encode(values.bytes());
      store.put(new ObjectPath("zarr.json"), array.toBytes());
      store.put(new ObjectPath("c/0/0"), stored);

      assertThat(ZarrArray.open(store, ObjectPath.ROOT, NodePath.ROOT).read(), equalTo(values));
    }
  }

  @Test
  void brokenChunksAreRefusedByKey() throws IOException {
    ArrayMetadata array =
        ArrayMetadata.builder(DataType.INT8)
            .shape(4)
            .chunkShape(2)
            .codecs(BytesCodec.SINGLE_BYTES, new Crc32cCodec())
            .build();
    MemoryObjectStore store = new MemoryObjectStore();
    store.put(new ObjectPath("zarr.json"), array.toBytes());
    store.put(new ObjectPath("c/1"), new byte[] {1, 2, 3, 4, 5, 6});

    CorruptInputException refused =
        assertThrows(
            CorruptInputException.class,
            () -> ZarrArray.open(store, ObjectPath.ROOT, NodePath.ROOT).read());

    assertThat(
        refused.getMessage().startsWith("Cannot decode crc32c data in memory:/c/1: "),
        equalTo(true));
  }

  @Test
  void absentArraysAreRefusedByKey() {
    CorruptInputException refused =
        assertThrows(
            CorruptInputException.class, () -> ZarrArray.open(new MemoryObjectStore(), ROOT, NODE));

    assertThat(
        refused.getMessage(),
        equalTo(
            "Cannot open array in memory:/archive.zarr/g/a/zarr.json: there is no such object"));
  }

  @Test
  void codecsThatDoNotFitTheShapeAreRefusedByKey() throws IOException {
    ArrayMetadata array =
        ArrayMetadata.builder(DataType.INT8)
            .shape(4)
            .codecs(ShardingCodec.of(List.of(3), List.of(BytesCodec.SINGLE_BYTES)))
            .build();
    MemoryObjectStore store = new MemoryObjectStore();
    store.put(new ObjectPath("zarr.json"), array.toBytes());

    CorruptInputException refused =
        assertThrows(
            CorruptInputException.class,
            () -> ZarrArray.open(store, ObjectPath.ROOT, NodePath.ROOT));

    assertThat(
        refused.getMessage(),
        equalTo(
            "Cannot open array in memory:/zarr.json: Invalid inner chunk shape [3]: it does not fill"
                + " shards of shape [4]"));
  }

  @Test
  void boxesOutsideOfTheArrayAreRefused() throws IOException {
    ArrayMetadata array = ArrayMetadata.builder(DataType.INT8).shape(4).build();
    ZarrArray read =
        ZarrArray.open(
            stored(array, ZarrFixtures.values(DataType.INT8, new int[] {4}, new Random(1))),
            ROOT,
            NODE);

    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> read.read(new long[] {2}, new int[] {3}));

    assertThat(
        refused.getMessage(), equalTo("Invalid box of shape [3] at [2]: the array has shape [4]"));
  }
}
