package dev.firn.io.zarr;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.zarr.CodecSpec.ShardingCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Stores for another reader: every data type with every codec chain, sharded and not, ragged. */
final class InteropStores {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Path directory;
  private final SortedMap<NodePath, NodeMetadata> members = new TreeMap<>();
  private final List<String> manifest = new ArrayList<>();
  private final Random random = new Random(20260101);

  private InteropStores(Path directory) {
    this.directory = directory;
  }

  /**
   * Writes one hierarchy with consolidated metadata to {@code store.zarr}, the elements of each
   * array beside it, and {@code manifest.txt} with lines of node path, file of elements and data
   * type.
   */
  static void write(Path directory) throws IOException {
    InteropStores stores = new InteropStores(directory);
    for (DataType dataType : ZarrFixtures.DATA_TYPES) {
      for (Map.Entry<String, List<CodecSpec>> chain : ZarrFixtures.chains(dataType, 3).entrySet()) {
        stores.writeArrays(dataType, chain.getKey(), chain.getValue());
      }
    }
    stores.writeArray("scalar", ZarrFixtures.builder(DataType.FLOAT64).build());
    stores.writeArray("empty", ZarrFixtures.builder(DataType.INT16).shape(0, 4).build());
    stores.writeLongArrays();
    stores.writeGroups();
    Files.write(directory.resolve("manifest.txt"), stores.manifest);
  }

  private void writeArrays(DataType dataType, String chain, List<CodecSpec> codecs)
      throws IOException {
    ArrayMetadata.Builder ragged = ZarrFixtures.builder(dataType).shape(5, 7, 9);
    String name = dataType.zarrName() + "/" + chain;
    writeArray(name + "/plain", ragged.chunkShape(4, 4, 4).codecs(codecs).build());
    ShardingCodec sharding = ShardingCodec.of(List.of(2, 4, 2), codecs);
    writeArray(name + "/shards", ragged.chunkShape(4, 4, 6).codecs(sharding).build());
    ShardingCodec indexFirst =
        new ShardingCodec(
            sharding.chunkShape(),
            codecs,
            sharding.indexCodecs(),
            ShardingCodec.IndexLocation.START);
    writeArray(name + "/index-first", ragged.chunkShape(4, 8, 6).codecs(indexFirst).build());
  }

  /** Blosc frames of several blocks, a block boundary within an element among them. */
  private void writeLongArrays() throws IOException {
    for (DataType dataType : List.of(DataType.INT16, DataType.FLOAT32, DataType.COMPLEX128)) {
      for (int length : new int[] {31, 32, 33, 16384, 65537, 600007}) {
        for (int blocksize : new int[] {0, 1000}) {
          CodecSpec.BloscCodec blosc =
              new CodecSpec.BloscCodec(
                  dataType.sizeBytes(),
                  CodecSpec.BloscCodec.zstd(dataType).cname(),
                  3,
                  CodecSpec.BloscCodec.zstd(dataType).shuffle(),
                  blocksize);
          writeArray(
              "long/" + dataType + "-" + length + "-" + blocksize,
              ZarrFixtures.builder(dataType)
                  .shape(length)
                  .codecs(CodecSpec.BytesCodec.of(dataType), blosc)
                  .build());
        }
      }
    }
  }

  private void writeArray(String name, ArrayMetadata metadata) throws IOException {
    NodePath node = new NodePath(name);
    int[] shape = metadata.shape().stream().mapToInt(Math::toIntExact).toArray();
    ArrayValues values = ZarrFixtures.values(metadata.dataType(), shape, random);
    put(node.metadataKey(), metadata.toBytes());
    for (Map.Entry<ObjectPath, byte[]> chunk : ArrayEncoder.encode(metadata, values).entrySet()) {
      put(node.objectPath().resolve(chunk.getKey().value()), chunk.getValue());
    }
    members.put(node, metadata);
    String file = name.replace('/', '_') + ".raw";
    ByteBuffer bytes = values.bytes();
    byte[] raw = new byte[bytes.remaining()];
    bytes.get(raw);
    Files.write(directory.resolve(file), raw);
    manifest.add(String.join("\t", name, file, metadata.dataType().zarrName()));
  }

  /** Writes a file without forcing it to the device, as a store would for each of thousands. */
  private void put(ObjectPath path, byte[] bytes) throws IOException {
    Path file = directory.resolve("store.zarr").resolve(path.value());
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private void writeGroups() throws IOException {
    SortedMap<NodePath, NodeMetadata> groups = new TreeMap<>();
    for (NodePath member : members.keySet()) {
      String path = member.value();
      for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
        ObjectNode attributes = JSON.objectNode().put("größe", 1e-5);
        groups.put(new NodePath(path.substring(0, slash)), GroupMetadata.of(attributes));
      }
    }
    for (Map.Entry<NodePath, NodeMetadata> group : groups.entrySet()) {
      put(group.getKey().metadataKey(), group.getValue().toBytes());
    }
    members.putAll(groups);
    GroupMetadata root = GroupMetadata.of(JSON.objectNode()).withConsolidated(members);
    put(NodePath.ROOT.metadataKey(), root.toBytes());
  }
}
