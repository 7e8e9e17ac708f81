package dev.firn.update;

import dev.firn.dataset.Template;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.zarr.ArrayMetadata;
import dev.firn.io.zarr.ArrayValues;
import dev.firn.io.zarr.NodePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One store of an update, in whichever format: shards are put under deterministic keys where
 * readers do not look yet, and one conditional step shows them the new state.
 */
interface ArchiveStore extends AutoCloseable {

  /** Where a store stands between what an update found and what it wants. */
  enum Standing {
    /** It still shows readers what the plan pinned. */
    PINNED,
    /** It shows them what this update wants them to see. */
    PUBLISHED,
    /** Somebody else changed it meanwhile. */
    MOVED
  }

  /**
   * What readers are to see.
   *
   * @param template the archive's metadata
   * @param extent the length of its append dimension
   * @param ingestedSeconds the ingested forecast lengths, one a position
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  record Publication(Template template, long extent, double[] ingestedSeconds) {}

  /** What the store shows readers now. */
  PinnedStore state(Template template) throws IOException;

  /** The metadata of all published arrays; none when there is no store yet. */
  SortedMap<NodePath, ArrayMetadata> arrays() throws IOException;

  /** All values of a published array. */
  ArrayValues values(NodePath array) throws IOException;

  /** An inner chunk of the published state, empty when the store has none there. */
  Optional<ByteBuffer> chunk(NodePath array, long[] shard, int innerIndex) throws IOException;

  /** Makes a shard durable. */
  WrittenShard put(NodePath variable, ObjectPath key, List<ByteBuffer> parts) throws IOException;

  /** Whether a shard written earlier is still there, unchanged. */
  boolean holds(WrittenShard shard) throws IOException;

  /** Compares the store with what was pinned and what is wanted. */
  Standing standing(PinnedStore pinned, Publication publication) throws IOException;

  /** A hash of all that readers will be shown by {@link #publish}. */
  String fingerprint(Publication publication);

  /** Whether readers are shown what has this {@link #fingerprint}. */
  boolean shows(String fingerprint) throws IOException;

  /** Writes what the single step of {@link #publish} will refer to. Safe to repeat. */
  void prepare(Publication publication) throws IOException;

  /**
   * Shows readers the new state if the store still stands at {@code pinned}; says where it stands
   * afterwards.
   */
  Standing publish(PinnedStore pinned, Publication publication) throws IOException;

  @Override
  void close() throws IOException;
}
