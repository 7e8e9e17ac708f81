package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.ChunkRef;
import dev.firn.io.icechunk.format.Node;
import dev.firn.io.icechunk.format.Node.ArrayNode;
import dev.firn.io.icechunk.format.NodePath;
import dev.firn.io.object.ByteRange;
import dev.firn.io.object.ETag;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.PutCondition;
import dev.firn.io.object.StoredObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A session as a store of Zarr keys: {@code zarr.json} of its nodes, and the chunks of its arrays
 * by the key encoding that each array's {@code zarr.json} names. Nothing else can be put.
 */
final class IcechunkStore implements ObjectStore {
  private final Session session;
  private final String repository;

  IcechunkStore(Session session, String repository) {
    this.session = session;
    this.repository = repository;
  }

  @Override
  public String url() {
    return repository + "@" + session.branch().orElseGet(() -> session.snapshot().id().text());
  }

  private ZarrKey key(ObjectPath path) {
    String value = "/" + path;
    if (value.endsWith("/" + ZarrKey.DOCUMENT)) {
      String node = value.substring(0, value.length() - ZarrKey.DOCUMENT.length() - 1);
      return new ZarrKey.Document(new NodePath(node.isEmpty() ? "/" : node));
    }
    if (path.value().isEmpty()) {
      return new ZarrKey.Nothing();
    }
    Optional<NodePath> above = new NodePath(value).parent();
    while (above.isPresent()) {
      if (session.node(above.get()).orElse(null) instanceof ArrayNode array) {
        String key = value.substring(above.get().isRoot() ? 1 : above.get().value().length() + 1);
        Optional<ChunkIndex> index = session.keys(array).index(key);
        return index.isPresent()
            ? new ZarrKey.Chunk(array.path(), index.get())
            : new ZarrKey.Nothing();
      }
      above = above.get().parent();
    }
    return new ZarrKey.Nothing();
  }

  @Override
  public Optional<StoredObject> get(ObjectPath path) throws IOException {
    Optional<ObjectStat> stat = stat(path);
    if (stat.isEmpty()) {
      return Optional.empty();
    }
    return getRange(path, new ByteRange(0, stat.get().sizeBytes()))
        .map(bytes -> new StoredObject(stat.get(), bytes));
  }

  @Override
  public Optional<byte[]> getRange(ObjectPath path, ByteRange range) throws IOException {
    ZarrKey key = key(path);
    if (key instanceof ZarrKey.Document document) {
      return session.node(document.node()).map(node -> part(node.userData().asBuffer(), range));
    }
    if (key instanceof ZarrKey.Chunk chunk) {
      Optional<ChunkRef> ref = session.chunkRef(chunk.array(), chunk.index());
      return ref.isPresent() ? Optional.of(session.read(ref.get(), range)) : Optional.empty();
    }
    return Optional.empty();
  }

  private static byte[] part(ByteBuffer content, ByteRange range) {
    int from = (int) Math.min(range.offset(), content.limit());
    byte[] part = new byte[(int) Math.min(range.lengthBytes(), content.limit() - from)];
    content.get(from, part);
    return part;
  }

  @Override
  public Optional<ObjectStat> stat(ObjectPath path) throws IOException {
    ZarrKey key = key(path);
    if (key instanceof ZarrKey.Document document) {
      return session.node(document.node()).map(node -> stat(path, node));
    }
    if (key instanceof ZarrKey.Chunk chunk) {
      return session.chunkRef(chunk.array(), chunk.index()).map(ref -> stat(path, ref));
    }
    return Optional.empty();
  }

  private ObjectStat stat(ObjectPath path, Node node) {
    return stat(path, node.userData().length(), node.userData().utf8());
  }

  private ObjectStat stat(ObjectPath path, ChunkRef ref) {
    String what =
        ref instanceof ChunkRef.InlineChunk inline
            ? new String(inline.content().toArray(), StandardCharsets.ISO_8859_1)
            : ref.toString();
    return stat(path, ref.lengthBytes(), what);
  }

  private ObjectStat stat(ObjectPath path, long sizeBytes, String what) {
    byte[] hash = ChunkWriter.sha256().digest(what.getBytes(StandardCharsets.UTF_8));
    ETag tag = new ETag(HexFormat.of().formatHex(hash));
    return new ObjectStat(path, sizeBytes, tag, session.snapshot().flushedAt());
  }

  @Override
  public ObjectStat put(ObjectPath path, List<ByteBuffer> parts) throws IOException {
    ZarrKey key = key(path);
    if (key instanceof ZarrKey.Document document) {
      session.setMetadata(document.node(), ChunkStorage.concatenated(parts));
    } else if (key instanceof ZarrKey.Chunk chunk) {
      session.putChunk(chunk.array(), chunk.index(), parts);
    } else {
      throw new IllegalArgumentException(
          "Cannot put '"
              + path
              + "' into "
              + url()
              + ": it is neither a metadata document nor a chunk of an array");
    }
    return stat(path).orElseThrow();
  }

  @Override
  public Optional<ObjectStat> putIf(ObjectPath path, byte[] bytes, PutCondition condition)
      throws IOException {
    synchronized (session) {
      Optional<ETag> found = stat(path).map(ObjectStat::etag);
      boolean holds =
          condition instanceof PutCondition.Matches matches
              ? found.equals(Optional.of(matches.etag()))
              : found.isEmpty();
      return holds ? Optional.of(put(path, bytes)) : Optional.empty();
    }
  }

  @Override
  public List<ObjectStat> list(ObjectPath prefix) throws IOException {
    List<ObjectStat> found = new ArrayList<>();
    for (Node node : session.nodes()) {
      ObjectPath path = new ObjectPath(node.path().value().substring(1));
      ObjectPath document = path.resolve(ZarrKey.DOCUMENT);
      if (document.startsWith(prefix)) {
        found.add(stat(document, node));
      }
      if (node instanceof ArrayNode array && (path.startsWith(prefix) || prefix.startsWith(path))) {
        listChunks(array, path, prefix, found);
      }
    }
    found.sort(Comparator.comparing(ObjectStat::path));
    return found;
  }

  private void listChunks(
      ArrayNode array, ObjectPath path, ObjectPath prefix, List<ObjectStat> found)
      throws IOException {
    ChunkKeys keys = session.keys(array);
    session.forEachChunk(
        array.path(),
        (index, ref) -> {
          ObjectPath chunk = path.resolve(keys.key(index));
          if (chunk.startsWith(prefix)) {
            found.add(stat(chunk, ref));
          }
        });
  }

  @Override
  public void delete(ObjectPath path) throws IOException {
    ZarrKey key = key(path);
    if (key instanceof ZarrKey.Document document) {
      session.delete(document.node());
    } else if (key instanceof ZarrKey.Chunk chunk
        && session.chunkRef(chunk.array(), chunk.index()).isPresent()) {
      session.deleteChunk(chunk.array(), chunk.index());
    }
  }

  /** The session and the repository's store stay open. */
  @Override
  public void close() {}
}
