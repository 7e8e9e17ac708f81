package dev.firn.update;

import dev.firn.dataset.VariableSpec;
import dev.firn.fields.Deaccumulation;
import dev.firn.fields.GridTransfer;
import dev.firn.io.CorruptInputException;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.field.Field;
import dev.firn.io.object.ByteRange;
import dev.firn.io.object.ETag;
import dev.firn.io.source.FileChangedException;
import dev.firn.io.source.FileVersion;
import dev.firn.io.source.Transfers;
import dev.firn.update.StageClock.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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

  private final JobContext context;
  private final JobResources resources;
  private final Permission permission;
  private final RegionLayout layout;
  private final RegionJob job;
  private final ExecutorService fetchThreads;
  private final ExecutorService computeThreads;
  private final GridTransfers transfers;
  private final FieldSearch search;
  private final WholeFiles wholeFiles;
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
    this.search = FieldSearch.of(context, resources.sources());
    this.wholeFiles = new WholeFiles(resources.sources());
    this.transfers = new GridTransfers(context.spec());
    this.permission = permission;
    this.layout = new RegionLayout(context.spec(), job);
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
            : clock.time(Stage.FETCH, () -> asPlanned(SourceInventory.read(file, search)));
    resources.progress().fetchedFile();
    resources.progress().finishedFields(inventory.failures().size());
    return inventory;
  }

  /**
   * A file that the archive is made of is read at the version it is made of: of a later one that
   * has not come, or not been told of, nothing is shown beside what is of the earlier.
   */
  private SourceInventory asPlanned(SourceInventory read) {
    Optional<FoundFile> found = read.found();
    ETag planned = context.plan().neighbours().get(read.file().urls().get(0));
    return planned == null
            || planned.equals(UpdatePlan.ANY_VERSION)
            || found.map(FoundFile::version).map(FileVersion::tag).equals(Optional.of(planned))
        ? read
        : SourceInventory.failed(
            read.file(),
            found,
            found.isPresent() ? FileStatus.NOT_READY : FileStatus.NOT_FOUND,
            "the archive is made of version " + planned);
  }

  private Map<VariableSpec, List<FieldRef>> refs(List<SourceInventory> inventories) {
    Map<VariableSpec, List<FieldRef>> refs = new LinkedHashMap<>();
    for (VariableSpec variable : job.variables()) {
      List<FieldRef> found = new ArrayList<>();
      for (SourceInventory inventory : inventories) {
        WantedField.of(inventory.file(), variable.path())
            .map(inventory.fields()::get)
            .filter(Objects::nonNull)
            .forEach(found::add);
      }
      refs.put(variable, found);
    }
    return refs;
  }

  private FieldPrefetch prefetch(Collection<List<FieldRef>> refs) {
    long held = FieldPrefetch.heldBytes(Runtime.getRuntime().maxMemory());
    List<List<FieldRef>> groups =
        FetchGroups.of(refs, resources.sources()::requests, held / 2); // while others are used
    wholeFiles.expect(groups);
    return new FieldPrefetch(
        refs.stream().flatMap(List::stream).toList(), groups, this::fetch, fetchThreads, held);
  }

  private List<FetchedField> fetch(List<FieldRef> refs) throws IOException {
    return clock.time(Stage.FETCH, () -> FetchedField.fetch(refs, resources.sources(), wholeFiles));
  }

  private List<WrittenShard> write(
      VariableSpec variable,
      int fields,
      FieldPrefetch prefetch,
      Map<SourceFile, FileReport> reports)
      throws IOException {
    StepLines lines = StepLines.of(layout, variable, context.spec().append()::at);
    Provenance provenance = new Provenance(layout, variable, lines);
    try (VariableValues values = new VariableValues(layout, resources.budget())) {
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
      ColumnEncoder encoder = new ColumnEncoder(context, layout, variable, lines, provenance);
      ShardWriter writer =
          new ShardWriter(context, layout, encoder, variable, clock, resources.progress());
      List<WrittenShard> written = writer.write(values, computeThreads);
      warn(variable, writer.counts());
      return written;
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
          why -> reports.get(fetched.ref().file()).failed(fetched.ref().wanted(), why));
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
      } catch (CorruptInputException | QuarantinedFieldException misled) {
        FetchedField right = fetchScanned(fetched, misled);
        if (right.failure().isPresent()) {
          return right.failure();
        }
        field = decoded(right);
      }
      GridTransfer transfer = transfers.of(ref, field.grid());
      int step = layout.step(layout.steps.position(ref.step()), layout.steps.index(ref.step()));
      values.place(step, field.values(), transfer);
      provenance.markRead(step);
      fieldsDecoded.increment();
      return Optional.empty();
    } catch (CorruptInputException corrupt) {
      return Optional.of(new FileFailure(FileStatus.CORRUPT, corrupt.getMessage()));
    } catch (QuarantinedFieldException unknown) {
      return Optional.of(new FileFailure(FileStatus.QUARANTINED, unknown.getMessage()));
    } catch (UnsupportedFeatureException unsupported) {
      return Optional.of(new FileFailure(FileStatus.READ_FAILED, unsupported.getMessage()));
    }
  }

  /**
   * The message that the file itself has for a field, where its inventory has misled; {@code
   * misled} is thrown if it has no other.
   */
  private FetchedField fetchScanned(FetchedField wrong, RuntimeException misled)
      throws IOException {
    resources.sources().transfers().wasted(wrong.bytes().orElseThrow().length);
    return fetch(List.of(scannedFor(wrong.ref(), misled))).get(0);
  }

  private FieldRef scannedFor(FieldRef ref, RuntimeException misled) throws IOException {
    if (ref.range().isEmpty()) {
      throw misled; // the whole file was searched
    }
    Optional<ByteRange> found = Optional.empty();
    try {
      found = search.scans().scan(ref).find(ref);
    } catch (FileChangedException changed) {
      throw new SourceChangedException(ref.file(), changed);
    } catch (CorruptInputException unscannable) {
      misled.addSuppressed(unscannable);
    }
    return found
        .filter(range -> !range.equals(ref.range().get()))
        .map(ref::at)
        .orElseThrow(() -> misled);
  }

  private Field decoded(FetchedField fetched) throws IOException {
    byte[] bytes = fetched.bytes().orElseThrow();
    bytesRead.add(bytes.length);
    resources.progress().read(bytes.length);
    return FieldDecoder.decode(fetched.ref(), bytes);
  }

  private void warn(VariableSpec variable, Deaccumulation.Counts counts) {
    Optional<Deaccumulation> rule = variable.steps().deaccumulation();
    if (rule.isPresent() && !rule.get().tolerance().covers(counts)) {
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
  public void close() throws IOException {
    fetchThreads.shutdownNow();
    computeThreads.shutdownNow();
    wholeFiles.close();
  }
}
