package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.ManifestRef;
import dev.firn.io.icechunk.format.Node;
import dev.firn.io.icechunk.format.Node.ArrayNode;
import dev.firn.io.icechunk.format.NodeId;
import dev.firn.io.icechunk.format.Snapshot;
import dev.firn.io.icechunk.format.SnapshotId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes the files of a commit: manifests that changed and the snapshot. Manifests that did not
 * change are kept.
 */
final class Flush {
  private final RepositoryFiles files;
  private final RepositorySettings settings;
  private final RepositoryConfig config;
  private final ManifestRuns runs;

  /** An array whose manifests may change. */
  private record Planned(ArrayPlan plan, Map<ManifestJob, WrittenManifest> written) {}

  Flush(
      RepositoryFiles files,
      RepositorySettings settings,
      RepositoryConfig config,
      ManifestRuns runs) {
    this.files = files;
    this.settings = settings;
    this.config = config;
    this.runs = runs;
  }

  /** The zstd level of what is written. */
  int zstdLevel() {
    return config.zstdLevel();
  }

  /** Writes {@code changes} on top of {@code base}: the new snapshot, which gets {@code id}. */
  Snapshot write(SnapshotId id, Snapshot base, ChangeSet changes, CommitRequest request)
      throws IOException {
    List<Node> nodes = new Hierarchy(base, changes).nodes();
    Map<ManifestJob, List<ChunkChange>> jobs = new LinkedHashMap<>();
    Map<NodeId, Planned> plans = new HashMap<>();
    for (Node node : nodes) {
      if (node instanceof ArrayNode array && mayChange(array, changes)) {
        plans.put(array.id(), plan(array, changes, jobs));
      }
    }
    Map<ManifestJob, WrittenManifest> written = runs.run(jobs);
    ManifestInfos infos = new ManifestInfos(base, files);
    List<Node> newNodes = new ArrayList<>();
    for (Node node : nodes) {
      newNodes.add(
          node instanceof ArrayNode array
              ? infos.kept(withManifests(array, plans, written, infos))
              : node);
    }
    Snapshot snapshot =
        new Snapshot(
            id,
            Optional.empty(),
            newNodes,
            settings.after(base.flushedAt()),
            request.message(),
            request.metadata(),
            infos.all());
    files.putSnapshot(snapshot, config.zstdLevel());
    return snapshot;
  }

  private static boolean mayChange(ArrayNode array, ChangeSet changes) {
    return changes.isNew(array)
        || changes.isUpdated(array.id())
        || changes.chunks(array.id()).isPresent()
        || changes.written(array.id()).isPresent();
  }

  private Planned plan(ArrayNode array, ChangeSet changes, Map<ManifestJob, List<ChunkChange>> jobs)
      throws IOException {
    ManifestSplits splits = config.splitting().splits(array.path(), array.dimensions());
    Optional<Planned> asWritten = planAsWritten(array, changes, splits, jobs);
    if (asWritten.isPresent()) {
      return asWritten.get();
    }
    new WrittenChunks(files, changes).dissolve(array.id(), array.dimensions().size());
    Optional<ChunkTable> table = changes.chunks(array.id());
    SortedMap<Long, List<ChunkChange>> byPart =
        table.isPresent() ? ChangesByPart.of(table.get(), splits) : new TreeMap<>();
    ArrayPlan plan = ArrayPlan.of(array, splits, new TreeSet<>(byPart.keySet()), config);
    for (Map.Entry<Long, ManifestJob> part : plan.changed().entrySet()) {
      jobs.put(part.getValue(), byPart.get(part.getKey()));
    }
    addCuts(plan, jobs);
    return new Planned(plan, Map.of());
  }

  /** The plan with the manifests that others wrote, if those still are what is to be written. */
  private Optional<Planned> planAsWritten(
      ArrayNode array,
      ChangeSet changes,
      ManifestSplits splits,
      Map<ManifestJob, List<ChunkChange>> jobs) {
    Map<ManifestJob, WrittenManifest> written = new HashMap<>();
    SortedSet<Long> parts = new TreeSet<>();
    for (WrittenManifest manifest : changes.writtenManifests(array.id())) {
      written.put(manifest.job(), manifest);
      parts.addAll(splits.partsOf(new Extents(manifest.job().part())));
    }
    ArrayPlan plan = ArrayPlan.of(array, splits, parts, config);
    boolean fits =
        !written.isEmpty()
            && changes.chunks(array.id()).isEmpty()
            && written.keySet().equals(new HashSet<>(plan.changed().values()));
    if (!fits) {
      return Optional.empty();
    }
    addCuts(plan, jobs);
    return Optional.of(new Planned(plan, written));
  }

  private static void addCuts(ArrayPlan plan, Map<ManifestJob, List<ChunkChange>> jobs) {
    for (ManifestJob job : plan.cut()) {
      jobs.put(job, List.of());
    }
  }

  private static ArrayNode withManifests(
      ArrayNode array,
      Map<NodeId, Planned> plans,
      Map<ManifestJob, WrittenManifest> written,
      ManifestInfos infos) {
    Planned planned = plans.get(array.id());
    if (planned == null) {
      return array;
    }
    List<ManifestRef> manifests = new ArrayList<>(planned.plan().kept());
    List<ManifestJob> jobs = new ArrayList<>(planned.plan().changed().values());
    jobs.addAll(planned.plan().cut());
    for (ManifestJob job : jobs) {
      WrittenManifest manifest = planned.written().getOrDefault(job, written.get(job));
      if (manifest.ref().isPresent()) {
        manifests.add(manifest.ref().get());
        infos.add(manifest.info().orElseThrow());
      }
    }
    return array.withManifests(manifests);
  }
}
