package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.Bytes;
import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.ChunkRef;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.object.ByteRange;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Repositories for tests: metadata documents, chunks and settings with defaults. */
final class TestRepositories {
  static final NodePath ARRAY = new NodePath("/a");

  /** Waits hardly at all between tries. */
  static final RepositorySettings SETTINGS =
      RepositorySettings.DEFAULT.withRetries(
          new Retries(50, Duration.ofMillis(1), Duration.ofMillis(20), Retries.DEFAULT.pause()));

  static final Bytes GROUP = Bytes.utf8("{\"zarr_format\":3,\"node_type\":\"group\"}");

  private TestRepositories() {}

  /** A repository with a root group and an array {@code /a} of {@code shape}, chunks of 1. */
  static Repository withArray(ObjectStore store, long... shape) throws IOException {
    Repository repository = Repository.create(store, RepositoryConfig.DEFAULT, SETTINGS);
    Session session = repository.writable("main");
    session.setMetadata(NodePath.ROOT, GROUP);
    session.setMetadata(ARRAY, array(shape));
    session.commit(CommitRequest.of("array"));
    return repository;
  }

  /** The document of an array of bytes, one element a chunk. */
  static Bytes array(long... shape) {
    String ones = Arrays.stream(shape).mapToObj(length -> "1").collect(Collectors.joining(","));
    return Bytes.utf8(
        "{\"zarr_format\":3,\"node_type\":\"array\",\"shape\":"
            + Arrays.toString(shape)
            + ",\"data_type\":\"uint8\",\"chunk_grid\":{\"name\":\"regular\",\"configuration\":"
            + "{\"chunk_shape\":["
            + ones
            + "]}},\"chunk_key_encoding\":{\"name\":\"default\"},\"fill_value\":0,"
            + "\"codecs\":[{\"name\":\"bytes\"}],\"attributes\":{}}");
  }

  static List<ByteBuffer> bytes(String text) {
    return List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  static void put(Session session, String text, long... index) throws IOException {
    session.putChunk(ARRAY, ChunkIndex.of(index), bytes(text));
  }

  /** The chunk of {@code /a}, or "-" when it is not there. */
  static String chunk(Session session, long... index) throws IOException {
    Optional<ChunkRef> ref = session.chunkRef(ARRAY, ChunkIndex.of(index));
    return ref.isEmpty()
        ? "-"
        : new String(
            session.read(ref.get(), new ByteRange(0, ref.get().lengthBytes())),
            StandardCharsets.UTF_8);
  }

  static Session main(Repository repository) throws IOException {
    return repository.readOnly(Version.branch("main"));
  }

  static ObjectPath key(String key) {
    return new ObjectPath(key);
  }
}
