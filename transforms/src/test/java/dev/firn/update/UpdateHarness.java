package dev.firn.update;

import static java.nio.charset.StandardCharsets.UTF_8;

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

  private SourceFilePlan files(UpdateId id) throws IOException {
    try (Journal journal = Journal.open(id, opener)) {
      return SourceFilePlan.of(model.template().spec(), journal.plan().orElseThrow());
    }
  }

  /** A worker of the run that is planned now. */
  UpdateWorker worker(UpdateId id) throws IOException {
    return UpdateWorker.open(
        id,
        model.template(),
        new JobResources(sources.get(), new MemoryBudget(memoryBytes), WorkProgress.ofProcess()),
        opener);
  }

  UpdateOutcome publish(UpdateId id, MergedResults results) throws IOException {
    return new Publisher(model.template(), clock, opener).publish(id, results);
  }

  /** The published values of an array. */
  ArrayValues published(String array) throws IOException {
    return group().array(new NodePath(array)).read();
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

  /** Changes a store as a stranger does, who knows nothing of journals. */
  void changeByAStranger(String store) throws IOException {
    ObjectPath root = new ObjectPath("zarr.json");
    if (!store.endsWith(".icechunk")) {
      ObjectStore objects = opener.apply(base);
      ObjectPath path = new ObjectPath(store).resolve(root.value());
      objects.put(path, renamed(objects.get(path).orElseThrow().bytes()));
      return;
    }
    Session session =
        Repository.open(opener.apply(base + "/" + store)).orElseThrow().writable("main");
    session.store().put(root, renamed(session.store().get(root).orElseThrow().bytes()));
    session.commit(CommitRequest.of("by a stranger"));
  }

  private static byte[] renamed(byte[] root) {
    return new String(root, UTF_8).replace("Tiny model", "Other model").getBytes(UTF_8);
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

  /** The content of all objects below the base, the journal aside. */
  Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (ObjectStore store = ObjectStores.open(base)) {
      for (ObjectStat found : store.list(ObjectPath.ROOT)) {
        String name = found.path().value();
        if (!name.startsWith("_internal")) {
          byte[] bytes = store.get(found.path()).orElseThrow().bytes();
          files.put(name, java.util.HexFormat.of().formatHex(bytes));
        }
      }
    }
    return files;
  }
}
