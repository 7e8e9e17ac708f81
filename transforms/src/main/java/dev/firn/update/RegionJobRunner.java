package dev.firn.update;

import dev.firn.dataset.VariableSpec;
import dev.firn.fields.Deaccumulation;
import dev.firn.fields.GridAlignment;
import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.field.Field;
import dev.firn.io.field.Grid;
import dev.firn.io.field.LatLonGrid;
import dev.firn.io.object.ByteRange;
import dev.firn.io.source.FileChangedException;
import dev.firn.io.source.Transfers;
import dev.firn.update.StageClock.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/**
 * Runs one region job: fetch ► decode ► place ► transform ► encode ► put.
 *
 * <p>Variables are worked off one after the other, so that a job holds the decoded values of one
 * variable of one region; the messages of the following variables are fetched meanwhile, as far as
 * they fit into a bounded number of bytes. Within a variable, messages are decoded and placed in
 * parallel, then chunk columns are encoded in parallel while finished shards are put.
 */
final class RegionJobRunner implements AutoCloseable {
  private static final int FETCH_THREADS = 8;
  private static final double CLAMPED_SHARE_TOLERATED = 0.05;

  private final JobContext context;
  private final JobResources resources;
  private final Permission permission;
  private final RegionLayout layout;
  private final RegionJob job;
  private final ExecutorService fetchThreads;
  private final ExecutorService computeThreads;
  private final Map<Grid, GridAlignment> alignments = new ConcurrentHashMap<>();
  private final FileScans scans;
  private final StageClock clock = new StageClock();
  private final LongAdder fieldsDecoded = new LongAdder();
  private final LongAdder bytesRead = new LongAdder();
  private final List<String> warnings = new ArrayList<>();

  /** Whether the job may go on. */
  interface Permission {
    /** Fails if it may not. */
    void check() throws IOException;
  }

  /** A runner that asks for permission before it writes a variable's shards. */
  RegionJobRunner(
      JobContext context, RegionJob job, JobResources resources, Permission permission) {
    this.context = context;
    this.job = job;
    this.resources = resources;
    this.scans = new FileScans(resources.sources());
    this.permission = permission;
    this.layout = new RegionLayout(context.spec(), job.region());
    this.fetchThreads = Tasks.threads(FETCH_THREADS, "fetch " + job.key());
    this.computeThreads =
        Tasks.threads(Runtime.getRuntime().availableProcessors(), "compute " + job.key());
  }

  /**
   * Reads {@code files} and writes the job's shards.
   *
   * @param unsteady files that count as not ready
   * @return the result, but for what was fetched
   * @throws SourceChangedException when a file was replaced meanwhile; nothing of it is to be used
   */
  RegionJobResult run(List<SourceFile> files, Set<SourceFile> unsteady) throws IOException {
    try {
      return read(files, unsteady);
    } catch (SourceChangedException changed) {
      resources.sources().transfers().wasted(bytesRead.sum());
      resources.sources().transfers().again(bytesRead.sum()); // by the reading that follows
      throw changed;
    }
  }

  private RegionJobResult read(List<SourceFile> files, Set<SourceFile> unsteady)
      throws IOException {
    Map<SourceFile, FileReport> reports = new LinkedHashMap<>();
    List<SourceInventory> inventories = inventories(files, unsteady);
    inventories.forEach(inventory -> reports.put(inventory.file(), new FileReport(inventory)));
    Map<VariableSpec, List<FieldRef>> refs = refs(inventories);
    FieldPrefetch prefetch = prefetch(refs.values());
    List<WrittenShard> shards = new ArrayList<>();
    for (VariableSpec variable : job.variables()) {
      shards.addAll(write(variable, refs.get(variable).size(), prefetch, reports));
    }
    return new RegionJobResult(
        context.plan().runId(),
        job.key(),
        reports.values().stream().flatMap(report -> report.results().stream()).toList(),
        shards,
        fieldsDecoded.sum(),
        bytesRead.sum(),
        Transfers.Counts.NONE,
        clock.times(),
        warnings);
  }

  private List<SourceInventory> inventories(List<SourceFile> files, Set<SourceFile> unsteady)
      throws IOException {
    List<Future<SourceInventory>> reads = new ArrayList<>();
    for (SourceFile file : files) {
      reads.add(fetchThreads.submit(() -> inventory(file, unsteady.contains(file))));
    }
    return Tasks.awaitAll(reads);
  }

  private SourceInventory inventory(SourceFile file, boolean unsteady) throws IOException {
    SourceInventory inventory =
        unsteady
            ? SourceInventory.failed(
                file, Optional.empty(), FileStatus.NOT_READY, "it is replaced again and again")
            : clock.time(
                Stage.FETCH,
                () -> SourceInventory.read(file, context.spec(), resources.sources(), scans));
    resources.progress().fetchedFile();
    resources.progress().finishedFields(inventory.failures().size());
    return inventory;
  }

  private Map<VariableSpec, List<FieldRef>> refs(List<SourceInventory> inventories) {
    Map<VariableSpec, List<FieldRef>> refs = new LinkedHashMap<>();
    for (VariableSpec variable : job.variables()) {
      List<FieldRef> found = new ArrayList<>();
      for (SourceInventory inventory : inventories) {
        Optional.ofNullable(inventory.ranges().get(variable.path()))
            .ifPresent(range -> found.add(ref(variable, inventory, range)));
      }
      refs.put(variable, found);
    }
    return refs;
  }

  private static FieldRef ref(VariableSpec variable, SourceInventory inventory, ByteRange range) {
    return new FieldRef(variable, inventory.file(), inventory.version().orElseThrow(), range);
  }

  private FieldPrefetch prefetch(Collection<List<FieldRef>> refs) {
    long held = FieldPrefetch.heldBytes(Runtime.getRuntime().maxMemory());
    return new FieldPrefetch(
        refs.stream().flatMap(List::stream).toList(),
        FetchGroups.of(refs, resources.sources()::requests, held / 2), // while others are used
        this::fetch,
        fetchThreads,
        held);
  }

  private List<FetchedField> fetch(List<FieldRef> refs) throws IOException {
    return clock.time(Stage.FETCH, () -> FetchedField.fetch(refs, resources.sources()));
  }

  private List<WrittenShard> write(
      VariableSpec variable,
      int fields,
      FieldPrefetch prefetch,
      Map<SourceFile, FileReport> reports)
      throws IOException {
    Provenance provenance = new Provenance(layout, variable, context.spec().leadTimes().values());
    VariableValues values = new VariableValues(layout, resources.budget());
    try {
      List<Future<?>> placements = new ArrayList<>();
      for (int field = 0; field < fields; field++) {
        FieldPrefetch.Coming coming = prefetch.next();
        placements.add(
            computeThreads.submit(() -> place(coming, values, provenance, prefetch, reports)));
      }
      for (Future<?> placement : placements) {
        Tasks.await(placement);
      }
      if (!provenance.hasAny() && isWhollyPublished(variable)) {
        return List.of();
      }
      permission.check();
      ShardWriter writer =
          new ShardWriter(context, layout, variable, provenance, clock, resources.progress());
      List<WrittenShard> written = writer.write(values, computeThreads);
      warn(variable, writer.counts());
      return written;
    } finally {
      values.release();
    }
  }

  private boolean isWhollyPublished(VariableSpec variable) {
    return context.isPublished(variable.path(), job.region().end() - 1);
  }

  private boolean place(
      FieldPrefetch.Coming coming,
      VariableValues values,
      Provenance provenance,
      FieldPrefetch prefetch,
      Map<SourceFile, FileReport> reports)
      throws IOException {
    FetchedField fetched = coming.await();
    try {
      Optional<FileFailure> failure =
          fetched.failure().isPresent()
              ? fetched.failure()
              : clock.time(Stage.DECODE, () -> decode(fetched, values, provenance));
      failure.ifPresent(
          why -> reports.get(fetched.ref().file()).failed(fetched.ref().variable().path(), why));
      resources.progress().finishedFields(1);
      return failure.isEmpty();
    } finally {
      prefetch.used(coming.ref());
    }
  }

  private Optional<FileFailure> decode(
      FetchedField fetched, VariableValues values, Provenance provenance) throws IOException {
    FieldRef ref = fetched.ref();
    try {
      Field field;
      try {
        field = decoded(fetched);
      } catch (CorruptInputException misled) {
        FetchedField right = fetchScanned(fetched, misled);
        if (right.failure().isPresent()) {
          return right.failure();
        }
        field = decoded(right);
      }
      GridAlignment alignment = alignment(ref, field.grid());
      int position =
          Math.toIntExact(context.spec().append().floor(ref.file().init()) - job.region().start());
      int lead = context.spec().leadTimes().values().indexOf(ref.file().lead());
      values.place(layout.step(position, lead), field.values(), alignment);
      provenance.markRead(position, lead);
      fieldsDecoded.increment();
      return Optional.empty();
    } catch (CorruptInputException corrupt) {
      return Optional.of(new FileFailure(FileStatus.CORRUPT, corrupt.getMessage()));
    } catch (UnsupportedFeatureException unsupported) {
      return Optional.of(new FileFailure(FileStatus.READ_FAILED, unsupported.getMessage()));
    }
  }

  /**
   * The message that the file itself has for a field, where its inventory has misled.
   *
   * @throws CorruptInputException {@code misled}, if it has no other
   */
  private FetchedField fetchScanned(FetchedField wrong, CorruptInputException misled)
      throws IOException {
    resources.sources().transfers().wasted(wrong.bytes().orElseThrow().length);
    return fetch(List.of(scannedFor(wrong.ref(), misled))).get(0);
  }

  private FieldRef scannedFor(FieldRef ref, CorruptInputException misled) throws IOException {
    Optional<ByteRange> found = Optional.empty();
    try {
      found = scans.scan(ref.file(), ref.version()).find(ref.file(), ref.variable().match());
    } catch (FileChangedException changed) {
      throw new SourceChangedException(ref.file(), changed);
    } catch (CorruptInputException unscannable) {
      misled.addSuppressed(unscannable);
    }
    return found
        .filter(range -> !range.equals(ref.range()))
        .map(range -> new FieldRef(ref.variable(), ref.file(), ref.version(), range))
        .orElseThrow(() -> misled);
  }

  private Field decoded(FetchedField fetched) {
    byte[] bytes = fetched.bytes().orElseThrow();
    bytesRead.add(bytes.length);
    resources.progress().read(bytes.length);
    return FieldDecoder.decode(fetched.ref(), bytes);
  }

  private GridAlignment alignment(FieldRef ref, Grid grid) {
    GridAlignment known = alignments.get(grid);
    if (known != null) {
      return known;
    }
    Origin origin = Origin.of(ref.file().url(), ref.range().offset());
    if (!(grid instanceof LatLonGrid axes)) {
      throw new UnsupportedFeatureException("grid " + grid + " for " + context.spec().id(), origin);
    }
    try {
      GridAlignment alignment =
          GridAlignment.of(
              axes.latitudes(),
              axes.longitudes(),
              context.spec().rows().values(),
              context.spec().columns().values());
      alignments.put(grid, alignment);
      return alignment;
    } catch (IllegalArgumentException other) {
      throw new CorruptInputException(
          "place " + ref.variable().path(), origin, other.getMessage(), other);
    }
  }

  private void warn(VariableSpec variable, Deaccumulation.Counts counts) {
    if (counts.invalid() > 0 || counts.clamped() > counts.total() * CLAMPED_SHARE_TOLERATED) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%s in %s: of %d rates, %d were below zero and clamped, %d too far below and dropped",
              variable.path(),
              job.key(),
              counts.total(),
              counts.clamped(),
              counts.invalid()));
    }
  }

  @Override
  public void close() {
    fetchThreads.shutdownNow();
    computeThreads.shutdownNow();
  }
}
