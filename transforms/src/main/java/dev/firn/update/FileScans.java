package dev.firn.update;

import dev.firn.io.source.FileVersion;
import dev.firn.io.zarr.NodePath;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;

/**
 * The files of a region job that had to be scanned because their inventories do not tell what is in
 * them, each once. Safe for use by many threads.
 */
final class FileScans {
  private final Sources sources;
  private final Map<SourceFile, FutureTask<ScannedFile>> scans = new ConcurrentHashMap<>();
  private final Set<NodePath> absent = ConcurrentHashMap.newKeySet();

  FileScans(Sources sources) {
    this.sources = sources;
  }

  /** What is in {@code file}. */
  ScannedFile scan(SourceFile file, FileVersion version) throws IOException {
    FutureTask<ScannedFile> scan =
        scans.computeIfAbsent(
            file,
            unknown -> new FutureTask<>(() -> ScannedFile.of(sources.bytes(file.url(), version))));
    scan.run(); // which does nothing the second time
    return Tasks.await(scan);
  }

  /**
   * Whether a scan has shown that a variable which inventories do not name is not in the files
   * either. One file stands for the others of its job: a model that has no such field has it in
   * none.
   */
  boolean isKnownToBeAbsent(NodePath variable) {
    return absent.contains(variable);
  }

  void isAbsent(NodePath variable) {
    absent.add(variable);
  }
}
