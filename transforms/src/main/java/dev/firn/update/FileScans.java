package dev.firn.update;

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
  private final Map<String, FutureTask<ScannedFile>> scans = new ConcurrentHashMap<>();
  private final Set<NodePath> absent = ConcurrentHashMap.newKeySet();

  FileScans(Sources sources) {
    this.sources = sources;
  }

  /** What is in the file of a field. */
  ScannedFile scan(FieldRef ref) throws IOException {
    FutureTask<ScannedFile> scan =
        scans.computeIfAbsent(
            ref.url(),
            unknown ->
                new FutureTask<>(() -> ScannedFile.of(sources.bytes(ref.url(), ref.version()))));
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

  void noteAbsent(NodePath variable) {
    absent.add(variable);
  }
}
