package dev.firn.io.icechunk;

import dev.firn.io.icechunk.format.NodeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Does manifest jobs at the same time, and remembers what was written: a commit that is tried again
 * on top of commits of others writes only the manifests that those changed.
 */
final class ManifestRuns {
  private final RepositoryFiles files;
  private final RepositorySettings settings;
  private final Map<ManifestJob, WrittenManifest> done = new HashMap<>();

  ManifestRuns(RepositoryFiles files, RepositorySettings settings) {
    this.files = files;
    this.settings = settings;
  }

  /** Does all jobs that were not done before: of each the changes of its part. */
  Map<ManifestJob, WrittenManifest> run(Map<ManifestJob, List<ChunkChange>> jobs)
      throws IOException {
    Map<ManifestJob, CompletableFuture<WrittenManifest>> running = new LinkedHashMap<>();
    for (Map.Entry<ManifestJob, List<ChunkChange>> job : jobs.entrySet()) {
      if (!done.containsKey(job.getKey())) {
        running.put(job.getKey(), begun(job.getKey(), job.getValue()));
      }
    }
    awaitAll(running);
    for (Map.Entry<ManifestJob, CompletableFuture<WrittenManifest>> job : running.entrySet()) {
      done.put(job.getKey(), job.getValue().join());
    }
    Map<ManifestJob, WrittenManifest> all = new HashMap<>(done);
    all.keySet().retainAll(jobs.keySet());
    return all;
  }

  private CompletableFuture<WrittenManifest> begun(ManifestJob job, List<ChunkChange> changes) {
    return CompletableFuture.supplyAsync(() -> write(job, changes), settings.executor());
  }

  private WrittenManifest write(ManifestJob job, List<ChunkChange> changes) {
    try {
      return job.write(files, changes, settings.random());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Waits for the end of all, also when one fails. */
  private static void awaitAll(Map<ManifestJob, CompletableFuture<WrittenManifest>> running)
      throws IOException {
    try {
      CompletableFuture.allOf(running.values().toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof UncheckedIOException io) {
        throw new IOException(io.getCause().getMessage(), io.getCause());
      }
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (failed.getCause() instanceof Error error) {
        throw error;
      }
      throw failed;
    }
  }

  /** The chunks of an array were changed again: its jobs are no longer done. */
  void forget(NodeId array) {
    done.keySet().removeIf(job -> job.array().equals(array));
  }
}
