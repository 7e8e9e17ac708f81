package dev.firn.update;

import dev.firn.dataset.Template;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.zarr.GroupMetadata;
import dev.firn.io.zarr.NodePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One store of an update, in whichever format: shards become durable where readers do not look yet,
 * and one conditional step shows readers the new state.
 *
 * <p>An update goes through a store in this order; every step may be repeated, by any process, and
 * after any of them had died:
 *
 * <ol>
 *   <li>{@link #state} and {@link #view}, to be planned. The {@link StoreRun} holds what was found.
 *   <li>{@link #setUp}, before any job.
 *   <li>{@link #put} of every shard, by many workers, each shard by one of them.
 *   <li>{@link #standing} of all stores, and only if none has moved {@link #prepare} of all, then
 *       {@link #publish} of one after the other.
 *   <li>{@link #cleanUp}, when the outcome is recorded.
 * </ol>
 *
 * <p>Nothing before {@link #publish} changes what readers see, but for shards that a format keeps
 * under the keys readers know: these are replaced one by one. Whether a step was done is judged by
 * its effect in the store, never by the reply of the call that did it: a lost reply is neither a
 * conflict nor a second publication. Answers that a caller acts on are results; an {@link
 * IOException} means that trying again may help. Opening a store does no I/O.
 */
interface ArchiveStore extends AutoCloseable {

  /** Where a store stands between what an update found and what it wants. */
  enum Standing {
    /** It shows readers what the plan pinned. */
    PINNED,
    /**
     * It shows readers what this run publishes. A format that keeps its history says so too when
     * others went on from there.
     */
    PUBLISHED,
    /** Somebody else changed it meanwhile. */
    MOVED
  }

  /**
   * What readers are to see. All attempts at one run have the same.
   *
   * @param template the archive's metadata
   * @param extent the length of its append dimension
   * @param ingestedSeconds the ingested forecast lengths, one a position
   * @param writesMetadata whether metadata and coordinates are written, or shards alone
   * @param ledgers what becomes of each store's ledger; none where there is nothing about a store
   * @param shards all shards of the run that lie in the extent; their copies in this store hold
   *     what {@link #put} returned
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  record Publication(
      Template template,
      long extent,
      double[] ingestedSeconds,
      boolean writesMetadata,
      Map<StoreRole, LedgerChange> ledgers,
      List<WrittenShard> shards) {

    /** What becomes of the ledger of a store. */
    LedgerChange ledger(StoreRole role) {
      return LedgerChange.of(ledgers, role);
    }

    /** The root group of a store, with the metadata of all arrays. */
    GroupMetadata root(StoreRole role) {
      GroupMetadata root = template.root(extent);
      return new GroupMetadata(ledger(role).namedIn(root.attributes()), root.consolidated());
    }
  }

  /** The store at {@code location}, in the format that its name ends in. */
  static ArchiveStore open(StoreLocation location, Function<String, ObjectStore> opener) {
    StoreFormat format =
        StoreFormat.of(location.name())
            .orElseThrow(
                () ->
                    new UnsupportedFeatureException(
                        "store format of '" + location.name() + "'", Origin.of(location.url())));
    return switch (format) {
      case ICECHUNK -> new IcechunkArchive(opener.apply(location.url()), location);
      case ZARR -> new ZarrArchive(opener.apply(location.parentUrl()), location);
    };
  }

  /**
   * What the store shows readers now. A store is absent until something was published, whether or
   * not its place was {@linkplain #setUp set up}.
   */
  PinnedStore state(StoreRole role, Template template) throws IOException;

  /**
   * The content that {@code pinned} found; empty where it found nothing. A format that keeps no
   * past states shows the present one, which an update may only have made longer.
   */
  ArchiveView view(PinnedStore pinned) throws IOException;

  /**
   * Makes the place ready in which the run's writes are gathered. In Icechunk: creates the
   * repository where there is none, and branch {@code _job_<job>} at the pinned snapshot; one that
   * is there is kept if its tip is that snapshot or a commit of this run on top of it, else deleted
   * on condition of its tip and created anew. Zarr has none: its metadata are all written in the
   * end.
   */
  void setUp(StoreRun run) throws IOException;

  /**
   * Makes a shard durable. The same bytes again give a version that is as good as the first.
   *
   * @param key its key below the array, {@code c/…}
   * @param parts its bytes, one after the other
   */
  ShardCopy put(StoreRun run, NodePath variable, ObjectPath key, List<ByteBuffer> parts)
      throws IOException;

  /** Whether these shards' copies in the store of {@code role} are all still there, unchanged. */
  boolean holdsAll(StoreRole role, Collection<WrittenShard> shards) throws IOException;

  /** Compares the store with what was pinned and with what the run publishes. */
  Standing standing(StoreRun run, Publication publication) throws IOException;

  /**
   * Writes everything that the single step of {@link #publish} will refer to; does nothing unless
   * the store stands at {@link Standing#PINNED}. In Icechunk: one commit on the job's branch whose
   * parent is the pinned snapshot and whose metadata has {@code firn_job} and {@code firn_run}; a
   * later attempt amends it.
   */
  void prepare(StoreRun run, Publication publication) throws IOException;

  /**
   * Shows readers what was prepared, in one step, on the condition that the store still stands at
   * {@link Standing#PINNED}; says where it stands afterwards.
   */
  Standing publish(StoreRun run, Publication publication) throws IOException;

  /** Removes what {@link #setUp} made. */
  void cleanUp(StoreRun run) throws IOException;

  @Override
  void close() throws IOException;
}
