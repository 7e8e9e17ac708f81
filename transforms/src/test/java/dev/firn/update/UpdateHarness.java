package dev.firn.update;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firn.dataset.DatasetSpec;
import dev.firn.dataset.VariableSpec;
import dev.firn.io.icechunk.CommitRequest;
import dev.firn.io.icechunk.Repository;
import dev.firn.io.icechunk.Session;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import dev.firn.io.object.ObjectStores;
import dev.firn.io.zarr.ArrayValues;
import dev.firn.io.zarr.NodePath;
import dev.firn.io.zarr.ZarrGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Runs updates of a {@link TinyModel} without a runner: plan, run all jobs one after the other,
 * publish.
 */
final class UpdateHarness {
  private final TinyModel model;
  private final String base;
  private final Clock clock = Clock.systemUTC();
  long memoryBytes = 1 << 20;
  String primaryFormat = "zarr";

  /** The formats of the replicas. */
  List<String> replicas = List.of();

  Function<String, ObjectStore> opener = ObjectStores::open;

  /** What workers read, of local files: nothing to close. */
  Supplier<Sources> sources;

  UpdateHarness(TinyModel model, Path base) {
    this(model, "file://" + base);
  }

  /** The archive below the URL {@code base}. */
  UpdateHarness(TinyModel model, String base) {
    this.model = model;
    this.sources = () -> new Sources(model.mirrors());
    this.base = base;
  }

  /** The primary store's name. */
  String primary() {
    return "tiny." + primaryFormat;
  }

  /** A replica's name. */
  String replica(int number) {
    return "replica-" + number + "." + replicas.get(number);
  }

  UpdateId id(String job) {
    return new UpdateId("tiny", base + "/" + primary(), job);
  }

  UpdateOutcome backfill(String job, long end) throws IOException {
    return run(replicated(model.backfill(id(job), end)));
  }

  UpdateOutcome update(String job, long end) throws IOException {
    return run(replicated(model.update(id(job), end)));
  }

  /** The request with the replicas that this harness has, in {@code replica-N}. */
  UpdateRequest replicated(UpdateRequest request) {
    List<String> urls =
        IntStream.range(0, replicas.size())
            .mapToObj(number -> base + "/" + replica(number))
            .toList();
    return new UpdateRequest(
        request.id(),
        urls,
        request.kind(),
        request.filter(),
        request.overwriteChunks(),
        request.overwriteMetadata(),
        request.files());
  }

  UpdateOutcome run(UpdateRequest request) throws IOException {
    PlannedUpdate planned = plan(request);
    if (planned instanceof PlannedUpdate.Settled settled) {
      return settled.outcome();
    }
    return publish(request.id(), run(request.id(), ((PlannedUpdate.Ready) planned).jobs()));
  }

  /** Plans, and runs all jobs, but does not publish. */
  MergedResults runJobs(UpdateRequest request) throws IOException {
    return run(request.id(), jobs(request));
  }

  private MergedResults run(UpdateId id, List<RegionJob> jobs) throws IOException {
    MergedResults results = new MergedResults();
    for (RegionJob job : jobs) {
      results.add(run(id, job));
    }
    return results;
  }

  PlannedUpdate plan(UpdateRequest request) throws IOException {
    return new UpdatePlanner(model.template(), "test", clock, opener).plan(request);
  }

  List<RegionJob> jobs(UpdateRequest request) throws IOException {
    return ((PlannedUpdate.Ready) plan(request)).jobs();
  }

  RegionJobResult run(UpdateId id, RegionJob job) throws IOException {
    try (UpdateWorker worker = worker(id)) {
      return worker.run(job.key(), files(id).of(job));
    }
  }

  /** Of an update that has ended meanwhile nothing is read any more. */
  private SourceFilePlan files(UpdateId id) throws IOException {
    DatasetSpec spec = model.template().spec();
    try (Journal journal = Journal.open(id, opener)) {
      return journal
          .plan()
          .map(plan -> SourceFilePlan.of(spec, plan))
          .orElseGet(() -> new SourceFilePlan(spec, Instant.EPOCH));
    }
  }

  /** A worker of the run that is planned now. */
  UpdateWorker worker(UpdateId id) throws IOException {
    return UpdateWorker.open(id, model.template(), resources(), opener);
  }

  private JobResources resources() {
    return new JobResources(sources.get(), new MemoryBudget(memoryBytes), WorkProgress.ofProcess());
  }

  UpdateOutcome publish(UpdateId id, MergedResults results) throws IOException {
    return publisher().publish(id, results);
  }

  Publisher publisher() {
    return new Publisher(model.template(), clock, resources(), opener);
  }

  /** The published values of an array. */
  ArrayValues published(String array) throws IOException {
    return group().array(new NodePath(array)).read();
  }

  /** The lead times, by index, at which a forecast of the tiny model has values. */
  List<Integer> leadsWithValues(String variable, int position) throws IOException {
    float[] values = published(variable).toFloats();
    int cells = 5 * 8;
    return IntStream.range(0, 4)
        .filter(lead -> !Float.isNaN(values[(position * 4 + lead) * cells]))
        .boxed()
        .toList();
  }

  /** The published length of the append dimension. */
  long extent() throws IOException {
    return group().array(new NodePath("init_time")).metadata().shape().get(0);
  }

  private ZarrGroup group() throws IOException {
    return Shown.of(opener, base, primary()).orElseThrow().group();
  }

  /** Hashes of what readers see in the primary store, by Zarr key. */
  Map<String, String> shown() throws IOException {
    return shown(primary());
  }

  /** Hashes of what readers see in a store, by Zarr key. */
  Map<String, String> shown(String store) throws IOException {
    Optional<Shown> shown = Shown.of(opener, base, store);
    return shown.isPresent() ? shown.get().content() : Map.of();
  }

  /**
   * Changes a store as a stranger does, who knows nothing of journals, and so that no update can go
   * on from there: the root of a Zarr store, the metadata of an array in a repository.
   */
  void changeByAStranger(String store) throws IOException {
    if (!store.endsWith(".icechunk")) {
      ObjectStore objects = opener.apply(base);
      ObjectPath path = new ObjectPath(store).resolve("zarr.json");
      objects.put(path, renamed(objects.get(path).orElseThrow().bytes()));
      return;
    }
    ObjectPath wind = new ObjectPath("wind/zarr.json");
    Session session =
        Repository.open(opener.apply(base + "/" + store)).orElseThrow().writable("main");
    session.store().put(wind, renamed(session.store().get(wind).orElseThrow().bytes()));
    session.commit(CommitRequest.of("by a stranger"));
  }

  private static byte[] renamed(byte[] document) {
    return new String(document, UTF_8)
        .replace("Tiny model", "Other model")
        .replace("m s-1", "km h-1")
        .getBytes(UTF_8);
  }

  /** What the archive should hold at {@code position} if its files are of {@code edition}. */
  float[] expected(String variable, long position, int edition) {
    VariableSpec spec = model.template().spec().variable(new NodePath(variable)).orElseThrow();
    float[] expected = new float[4 * 5 * 8];
    for (int index = 0; index < expected.length; index++) {
      var lead = model.template().spec().leadTimes().values().get(index / 40);
      expected[index] =
          spec.isInSourceAt(lead)
              ? TinyModel.archived(variable, position, lead, index % 40, edition)
              : Float.NaN;
    }
    return expected;
  }

  /** The published values of one position. */
  float[] published(String variable, int position) throws IOException {
    float[] all = published(variable).toFloats();
    return java.util.Arrays.copyOfRange(all, position * 160, (position + 1) * 160);
  }

  /** The content of one store's files. */
  Map<String, String> files(String store) throws IOException {
    Map<String, String> files = new TreeMap<>();
    files()
        .forEach(
            (name, content) -> {
              if (name.startsWith(store + "/")) {
                files.put(name.substring(store.length() + 1), content);
              }
            });
    return files;
  }

  /** The content of all objects below the base, journals and ledgers aside. */
  Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (ObjectStore store = ObjectStores.open(base)) {
      for (ObjectStat found : store.list(ObjectPath.ROOT)) {
        String name = found.path().value();
        if (!name.startsWith("_internal")) {
          byte[] bytes = store.get(found.path()).orElseThrow().bytes();
          boolean isRoot = name.matches("[^/]+/zarr.json");
          files.put(
              name,
              java.util.HexFormat.of()
                  .formatHex(isRoot ? RootDocument.withoutLedger(bytes) : bytes));
        }
      }
    }
    return files;
  }
}
