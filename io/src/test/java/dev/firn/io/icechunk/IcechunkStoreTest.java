package dev.firn.io.icechunk;

import static dev.firn.io.icechunk.TestRepositories.GROUP;
import static dev.firn.io.icechunk.TestRepositories.SETTINGS;
import static dev.firn.io.icechunk.TestRepositories.key;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.icechunk.format.Bytes;
import dev.firn.io.object.ByteRange;
import dev.firn.io.object.DelegatingStore;
import dev.firn.io.object.MemoryObjectStore;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.PutCondition;
import dev.firn.io.zarr.ArrayEncoder;
import dev.firn.io.zarr.ArrayMetadata;
import dev.firn.io.zarr.ArrayValues;
import dev.firn.io.zarr.ChunkKeyEncoding;
import dev.firn.io.zarr.CodecSpec.BytesCodec;
import dev.firn.io.zarr.CodecSpec.ShardingCodec;
import dev.firn.io.zarr.DataType;
import dev.firn.io.zarr.NodePath;
import dev.firn.io.zarr.ZarrArray;
import dev.firn.io.zarr.ZarrGroup;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IcechunkStoreTest {
  private final MemoryObjectStore inside = new MemoryObjectStore();

  private Session session() throws IOException {
    Session session =
        Repository.create(inside, RepositoryConfig.DEFAULT, SETTINGS).writable("main");
    session.store().put(new ObjectPath("zarr.json"), GROUP.toArray());
    return session;
  }

  private static void write(ObjectStore store, ArrayMetadata array, ArrayValues values)
      throws IOException {
    store.put(key("g/a/zarr.json"), array.toBytes());
    for (Map.Entry<ObjectPath, byte[]> chunk : ArrayEncoder.encode(array, values).entrySet()) {
      store.put(key("g/a").resolve(chunk.getKey().value()), chunk.getValue());
    }
  }

  private static ArrayValues counting(int... shape) {
    int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = i + 1;
    }
    return ArrayValues.of(shape, values);
  }

  @Test
  void arraysOfEveryKeyEncodingAreWrittenAndReadThroughTheSession() throws IOException {
    for (ChunkKeyEncoding.Scheme scheme : ChunkKeyEncoding.Scheme.values()) {
      for (char separator : "/.".toCharArray()) {
        Session session =
            Repository.create(new MemoryObjectStore(), RepositoryConfig.DEFAULT, SETTINGS)
                .writable("main");
        session.store().put(key("zarr.json"), GROUP.toArray());
        session.store().put(key("g/zarr.json"), GROUP.toArray());
        ArrayMetadata array =
            ArrayMetadata.builder(DataType.FLOAT32)
                .shape(5, 7)
                .chunkShape(2, 3)
                .chunkKeyEncoding(new ChunkKeyEncoding(scheme, separator))
                .build();
        write(session.store(), array, counting(5, 7));
        session.commit(CommitRequest.of("values"));

        ZarrGroup group = ZarrGroup.open(session.store(), ObjectPath.ROOT).orElseThrow();

        assertThat(group.array(new NodePath("g/a")).read(), equalTo(counting(5, 7)));
      }
    }
  }

  @Test
  void oneChunkOfAShardIsReadByRanges() throws IOException {
    Session session = session();
    ArrayMetadata array =
        ArrayMetadata.builder(DataType.FLOAT32)
            .shape(64, 64)
            .chunkShape(64, 64)
            .codecs(ShardingCodec.of(List.of(8, 8), List.of(BytesCodec.LITTLE_ENDIAN)))
            .build();
    write(session.store(), array, counting(64, 64));
    session.commit(CommitRequest.of("shard"));
    CountingStore counting = new CountingStore(inside);
    Session read =
        Repository.open(counting, SETTINGS).orElseThrow().readOnly(Version.branch("main"));
    ZarrArray opened = ZarrArray.open(read.store(), ObjectPath.ROOT, new NodePath("g/a"));
    counting.bytes = 0;

    ArrayValues part = opened.read(new long[] {8, 8}, new int[] {1, 2});

    assertThat(part.toFloats(), equalTo(new float[] {8 * 64 + 9, 8 * 64 + 10}));
    assertThat(counting.bytes, lessThan(2000L));
  }

  /** Counts the bytes of chunks that are read. */
  private static final class CountingStore extends DelegatingStore {
    private long bytes;

    CountingStore(ObjectStore store) {
      super(store);
    }

    @Override
    public Optional<byte[]> getRange(ObjectPath path, ByteRange range) throws IOException {
      bytes += path.value().startsWith("chunks/") ? range.lengthBytes() : 0;
      return super.getRange(path, range);
    }
  }

  @Test
  void keysAreListedBelowAPrefixInOrder() throws IOException {
    Session session = session();
    write(
        session.store(),
        ArrayMetadata.builder(DataType.FLOAT32).shape(3).chunkShape(1).build(),
        counting(3));

    assertThat(
        keys(session, ""), contains("g/a/c/0", "g/a/c/1", "g/a/c/2", "g/a/zarr.json", "zarr.json"));
    assertThat(keys(session, "g/a/c/1"), contains("g/a/c/1"));
    assertThat(keys(session, "g/a/zarr.json"), contains("g/a/zarr.json"));
    assertThat(keys(session, "other").isEmpty(), is(true));
  }

  private static List<String> keys(Session session, String prefix) throws IOException {
    return session.store().list(new ObjectPath(prefix)).stream()
        .map(ObjectStat::path)
        .map(ObjectPath::value)
        .toList();
  }

  @Test
  void deletingADocumentDeletesAllBelow() throws IOException {
    Session session = session();
    session.store().put(key("g/zarr.json"), GROUP.toArray());
    write(
        session.store(),
        ArrayMetadata.builder(DataType.FLOAT32).shape(3).chunkShape(1).build(),
        counting(3));
    session.store().delete(key("g/a/c/1"));
    boolean chunk = session.store().stat(key("g/a/c/1")).isPresent();

    session.store().delete(key("g/zarr.json"));

    assertThat(chunk, is(false));
    assertThat(keys(session, ""), contains("zarr.json"));
  }

  @Test
  void conditionsOfPutsAreKept() throws IOException {
    ObjectStore store = session().store();
    ObjectStat stat = store.stat(key("zarr.json")).orElseThrow();
    byte[] other = Bytes.utf8(GROUP.utf8().replace("}", ",\"attributes\":{}}")).toArray();

    boolean absent = store.putIf(key("zarr.json"), other, PutCondition.absent()).isPresent();
    boolean first =
        store.putIf(key("zarr.json"), other, PutCondition.matches(stat.etag())).isPresent();
    boolean second =
        store.putIf(key("zarr.json"), other, PutCondition.matches(stat.etag())).isPresent();

    assertThat(List.of(absent, first, second), contains(false, true, false));
  }

  @Test
  void otherKeysAreNeverThereAndCannotBePut() throws IOException {
    ObjectStore store = session().store();

    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> store.put(key("g/.zattrs"), new byte[] {1}));

    assertThat(refused.getMessage(), containsString("Cannot put 'g/.zattrs' into memory:@main"));
    assertThat(store.get(key("c/0/0")).isPresent(), is(false));
    assertThat(store.getRange(key(".zgroup"), new ByteRange(0, 1)).isPresent(), is(false));
  }

  @Test
  void arraysHaveNothingBelow() throws IOException {
    Session session = session();
    session.store().put(key("a/zarr.json"), TestRepositories.array(1).toArray());

    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> session.store().put(key("a/b/zarr.json"), GROUP.toArray()));

    assertThat(refused.getMessage(), equalTo("Cannot create '/a/b': '/a' is an array"));
  }
}
