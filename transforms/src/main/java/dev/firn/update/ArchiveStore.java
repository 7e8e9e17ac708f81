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
import java.util.Optional;
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
 *   <li>{@link #standing} of all stores, and only if none has moved or was overtaken {@link
 *       #prepare} of all, then {@link #publish} of one after the other.
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
     * Others have published since. They let the archive only grow, and replaced no shard that this
     * run wrote too: the run goes on top of what they did.
     */
    ADVANCED,
    /**
     * As before, but others replaced shards that this run wrote too: their jobs are to run again,
     * on what readers see now.
     */
    OVERTAKEN,
    /**
     * It shows readers what this run publishes. A format that keeps its history says so too when
     * others went on from there.
     */
    PUBLISHED,
    /** Others changed it meanwhile in a way that this run cannot go on from. */
    MOVED;

    /** Whether the run can be published now. */
    boolean isOpen() {
      return this == PINNED || this == ADVANCED;
    }
  }

  /**
   * What readers are to see.
   *
   * @param template the archive's metadata
   * @param extent the length of its append dimension
   * @param ingestedSeconds the ingested forecast lengths, one a position
   * @param writesMetadata whether metadata and coordinates are written, or shards alone
   * @param ledger what becomes of the store's ledger
   * @param shards all shards of the run that lie in its extent; their copies in this store hold
   *     what {@link #put} returned
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  record Publication(
      Template template,
      long extent,
      double[] ingestedSeconds,
      boolean writesMetadata,
      LedgerChange ledger,
      List<WrittenShard> shards) {

    /** The root group, with the metadata of all arrays. */
    GroupMetadata root() {
      GroupMetadata root = template.root(extent);
      return new GroupMetadata(ledger.namedIn(root.attributes()), root.consolidated());
    }
  }

  /**
   * What a run adds to an archive, and what readers are to see when it is added to what they see
   * now. All attempts at one run add the same.
   */
  interface Contribution {
    /** The archive's metadata. */
    Template template();

    /** All shards of the run that are to be shown. */
    List<WrittenShard> shards();

    /** What readers are to see of a store that shows what was pinned. */
    Publication onPinned(StoreRole role) throws IOException;

    /** What readers are to see of a store of which they now see {@code base}, so long. */
    Publication on(StoreRole role, ArchiveView base, long extent) throws IOException;

    /** Makes durable what a publication names beside the store, before readers can see it. */
    void putLedger(StoreRole role, Publication publication) throws IOException;
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
   * is there is kept if its tip is that snapshot or a commit of this run, else deleted on condition
   * of its tip and created anew. A run that is published {@linkplain StoreRun#straight straight}
   * has no branch. Zarr has none: its metadata are all written in the end.
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

  /**
   * Which of these shards others have replaced: in what {@code at} found there is neither the
   * version that the copy in this store replaces nor the copy itself. None in a format that is
   * refused when others have published.
   */
  List<WrittenShard> overtaken(PinnedStore at, Collection<WrittenShard> shards) throws IOException;

  /** Whether a run of the dataset of {@code template} can go on at all, whatever it wrote. */
  boolean canGoOn(StoreRun run, Template template) throws IOException;

  /** Compares the store with what was pinned and with what the run publishes. */
  Standing standing(StoreRun run, Contribution contribution) throws IOException;

  /** What was changed, of a store that stands at {@link Standing#MOVED}, where that is known. */
  Optional<String> obstacle(StoreRun run, Contribution contribution) throws IOException;

  /**
   * Writes everything that the single step of {@link #publish} will refer to; does nothing unless
   * the store's {@linkplain Standing#isOpen standing is open}. In Icechunk: one commit on the job's
   * branch whose parent is what readers see and whose metadata has {@code firn_job} and {@code
   * firn_run}; a later attempt amends it, or begins anew where others have published since.
   */
  void prepare(StoreRun run, Contribution contribution) throws IOException;

  /**
   * Shows readers what was prepared, in one step, on the condition that they still see what that
   * was prepared for; says where the store stands afterwards.
   */
  Standing publish(StoreRun run, Contribution contribution) throws IOException;

  /** Removes what {@link #setUp} made. */
  void cleanUp(StoreRun run) throws IOException;

  @Override
  void close() throws IOException;
}
