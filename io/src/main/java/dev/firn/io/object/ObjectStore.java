package dev.firn.io.object;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Whole objects under slash-separated paths.
 *
 * <p>Every implementation is safe for use by many threads and promises: a read after a completed
 * put sees it; a listing after a completed put holds it; a put replaces the object in one step, so
 * that a reader sees the old or the new content, never a part; of several conditional puts under
 * one condition at most one succeeds. I/O failures are {@link IOException}s that name the store and
 * the path; "not there" is an empty answer, never an exception.
 */
public interface ObjectStore extends AutoCloseable {

  /** The URL of the store's root, without a trailing slash, as errors and summaries print it. */
  String url();

  /** The whole object, or empty when there is none. */
  Optional<StoredObject> get(ObjectPath path) throws IOException;

  /**
   * Part of an object.
   *
   * @return exactly {@code range.lengthBytes()} bytes, fewer only where the object ends before;
   *     empty when there is no such object
   */
  Optional<byte[]> getRange(ObjectPath path, ByteRange range) throws IOException;

  /**
   * Part of one version of an object.
   *
   * @return as {@link #getRange(ObjectPath, ByteRange)}; empty also when the object is at another
   *     version
   */
  default Optional<byte[]> getRange(ObjectPath path, ByteRange range, ETag version)
      throws IOException {
    Optional<byte[]> bytes = getRange(path, range);
    return stat(path).map(ObjectStat::etag).filter(version::equals).flatMap(same -> bytes);
  }

  /** What the store knows of an object, or empty when there is none. */
  Optional<ObjectStat> stat(ObjectPath path) throws IOException;

  /**
   * Creates or replaces an object with the concatenation of {@code parts} (position to limit of
   * each; the buffers are not changed).
   *
   * @return the object as it is now stored; its time is as near as the store's answer tells
   */
  ObjectStat put(ObjectPath path, List<ByteBuffer> parts) throws IOException;

  /** Creates or replaces an object. */
  default ObjectStat put(ObjectPath path, byte[] bytes) throws IOException {
    return put(path, List.of(ByteBuffer.wrap(bytes)));
  }

  /**
   * Creates or replaces an object if {@code condition} holds, checked and written in one step.
   *
   * @return the object as it is now stored, its time as near as the store's answer tells; or empty
   *     when the condition does not hold. Where the answer to an earlier attempt was lost, the
   *     store finds out whether it is this put that made the condition fail
   * @throws IOException when that could not be found out: the object may have been written or not
   */
  Optional<ObjectStat> putIf(ObjectPath path, byte[] bytes, PutCondition condition)
      throws IOException;

  /**
   * All objects at or below {@code prefix} (by whole segments), in ascending order of their paths.
   */
  List<ObjectStat> list(ObjectPath prefix) throws IOException;

  /** Removes an object; nothing happens when there is none. */
  void delete(ObjectPath path) throws IOException;

  /**
   * Removes objects; nothing happens where there is none.
   *
   * @throws DeletionException naming the objects that could not be removed, when others could
   */
  default void deleteAll(Collection<ObjectPath> paths) throws IOException {
    for (ObjectPath path : paths) {
      delete(path);
    }
  }

  /**
   * Whether requests show no credentials. Then a store that may not be listed says of objects that
   * are not there what it says of those that nobody may read: that access is denied.
   */
  default boolean isAnonymous() {
    return false;
  }

  @Override
  void close() throws IOException;
}
